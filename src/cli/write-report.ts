import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { CannotRun } from "./cannot-run.ts";

/** Writes to a file, whose folder is made when it is missing, or else to standard output. Resolves when all is out. */
export async function writeReport(text: string, output: string | undefined): Promise<void> {
  if (output === undefined) {
    await new Promise<void>((done) => process.stdout.write(text, () => done()));
    return;
  }
  try {
    await mkdir(dirname(output), { recursive: true });
    await writeFile(output, text);
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new CannotRun(
      `the report cannot be written to ${output} (${why}). Give another path with --output.`,
    );
  }
}
