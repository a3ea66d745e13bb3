/** Progress that comes faster than this, in milliseconds, only costs messages. */
const interval = 50;

/** Lets through the first value and then at most one in each interval. Values in between are dropped. */
export function throttle<Value>(receive: (value: Value) => void): (value: Value) => void {
  let next = 0;
  return (value) => {
    const now = performance.now();
    if (now < next) return;
    next = now + interval;
    receive(value);
  };
}
