/** How a sliced run is told to stop and what it reports. */
export interface SliceOptions<Progress> {
  /** Asked before every slice. True abandons the run. */
  readonly isStale: () => boolean;
  /** The last progress of each slice. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Longest stretch, in milliseconds, for which a run may keep the event loop from reading the next message. */
const sliceLength = 15;

/**
 * Runs a generator to its end in short slices, so that messages are read between them.
 * Gives its result, or undefined when the run was abandoned. Rejects when the generator throws.
 */
export async function runInSlices<Progress, Result>(
  run: Generator<Progress, Result, void>,
  options: SliceOptions<Progress>,
): Promise<Result | undefined> {
  for (;;) {
    await nextTurn();
    if (options.isStale()) {
      run.return(undefined as Result);
      return undefined;
    }
    const end = performance.now() + sliceLength;
    let last: Progress | undefined;
    do {
      const next = run.next();
      if (next.done) return next.value;
      last = next.value;
    } while (performance.now() < end);
    options.onProgress?.(last);
  }
}

/** Resolves after the events that already wait have been handled. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
