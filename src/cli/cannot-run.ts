/** A reason for not running at all that the user can mend. Its message is shown as it is, and the exit code is 2. */
export class CannotRun extends Error {
  override readonly name = "CannotRun";
}

/** By name: bundles that are loaded late have a class of their own. */
export function isCannotRun(error: unknown): error is CannotRun {
  return error instanceof Error && error.name === "CannotRun";
}
