import { stat } from "node:fs/promises";
import { CannotRun } from "./cannot-run.ts";

/** @throws {CannotRun} when there is no such folder; `dir` is how the user wrote it */
export async function assertFolder(root: string, dir: string): Promise<void> {
  const found = await stat(root).catch(() => undefined);
  if (found === undefined)
    throw new CannotRun(`there is no folder ${dir}. Give the path of the folder to scan.`);
  if (!found.isDirectory())
    throw new CannotRun(`${dir} is a file. Give the path of the folder that it is in.`);
}
