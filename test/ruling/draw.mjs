/**
 * Some of the items, drawn without putting back: the same ones for the same seed. In the items' own order.
 *
 * @template T
 * @param {readonly T[]} items
 * @param {number} count
 * @param {number} seed
 * @returns {T[]}
 */
export function draw(items, count, seed) {
  const random = randomNumbers(seed);
  const order = items.map((_, index) => index);
  const drawn = Math.min(count, items.length);
  for (let at = 0; at < drawn; at++) {
    const other = at + Math.floor(random() * (order.length - at));
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order
    .slice(0, drawn)
    .sort((a, b) => a - b)
    .map((index) => items[index]);
}

/** Mulberry32: numbers from 0 to 1. */
function randomNumbers(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
