import { SingleBar } from "cli-progress";

export interface ProgressBar {
  readonly show: (what: string, done: number, total: number) => void;
  /** Takes the bar away. May be called again. */
  readonly stop: () => void;
}

/** A bar on standard error, so that a report on standard output stays whole. Off, it does nothing at all. */
export function createProgressBar(on: boolean): ProgressBar {
  if (!on) return { show: () => {}, stop: () => {} };
  const bar = new SingleBar({
    format: "{what} [{bar}] {value}/{total}",
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    // The scan ends on interrupt by its own handler, which stops the bar.
    gracefulExit: false,
  });
  let started = false;
  return {
    show(what, done, total) {
      if (started) {
        bar.setTotal(total);
        bar.update(done, { what });
      } else {
        bar.start(total, done, { what });
        started = true;
      }
    },
    stop() {
      if (started) bar.stop();
    },
  };
}
