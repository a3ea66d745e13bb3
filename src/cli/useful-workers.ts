/** Files that keep one worker busy for longer than it takes to load the parser once more. */
const filesWorthAWorker = 400;

/** More find nothing to do: this thread takes their answers one by one. */
const most = 8;

/**
 * How many threads should parse. On two cores none but the main one: collecting garbage and compiling already take the
 * second, and two workers were measured to be no faster.
 */
export function usefulWorkers(cores: number, files: number): number {
  if (cores <= 2) return 1;
  return Math.max(1, Math.min(cores - 1, Math.floor(files / filesWorthAWorker), most));
}
