/** A reason for not running at all that the user can mend. Its message is shown as it is, and the exit code is 2. */
export class CannotRun extends Error {
  override readonly name = "CannotRun";
}
