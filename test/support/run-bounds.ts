/**
 * How long a property is tried: the same cases each time, and no longer than `npm test` can bear. With
 * BORDERLINE_SEED=<number>, others, for as many seconds as BORDERLINE_SECONDS says.
 */
export function runBounds(seconds: number) {
  const { BORDERLINE_SEED: seed, BORDERLINE_SECONDS: longer } = process.env;
  return {
    seed: Number(seed ?? 7),
    numRuns: longer === undefined ? 60 : 100_000,
    interruptAfterTimeLimit: Number(longer ?? seconds) * 1_000,
    markInterruptAsFailure: false,
  };
}
