import { isCannotRun } from "./cannot-run.ts";
import { createProgram } from "./create-program.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";

// A reader that has seen enough (`| head`) closes the pipe. That is no failure of ours, and nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
}

void main();

async function main(): Promise<void> {
  // Set, and not exited with: a long report may still be on its way into a pipe.
  process.exitCode = await run();
}

/** The only `try` of this process: nothing that goes wrong may look like a clean scan. */
async function run(): Promise<ExitCode> {
  // The code that is seen when something ends the process half-way.
  process.exitCode = exitCode.couldNotRun;
  let code: ExitCode = exitCode.clean;
  const program = createProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync(process.argv);
    return code;
  } catch (error) {
    // Commander has printed its own messages, and throws for --help and --version too.
    if (isCommanderError(error)) return error.exitCode === 0 ? exitCode.clean : exitCode.couldNotRun;
    if (isCannotRun(error)) process.stderr.write(`borderline: ${error.message}\n`);
    else
      process.stderr.write(
        `borderline: stopped by a mistake of its own; please report it.\n${stackOf(error)}\n`,
      );
    return exitCode.couldNotRun;
  }
}

function isCommanderError(error: unknown): error is Error & { readonly exitCode: number } {
  return error instanceof Error && "code" in error && String(error.code).startsWith("commander.");
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
