import { type ExitCode, exitCode } from "./exit-code.ts";
import { createProgressBar, type ProgressBar } from "./progress-bar.ts";

/** What a run that may take long is given: a signal that says that the user wants it to end, and the bar. */
export interface Watched {
  readonly signal: AbortSignal;
  readonly progress: ProgressBar;
}

/** Shows a bar while it runs; an interrupt ends it with a line that says so, and nothing else is written. */
export async function watchedRun(
  { bar }: { readonly bar: boolean },
  run: (watched: Watched) => Promise<ExitCode>,
): Promise<ExitCode> {
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once("SIGINT", onInterrupt);
  const progress = createProgressBar(bar && process.stderr.isTTY === true);
  try {
    return await run({ signal: interrupt.signal, progress });
  } catch (error) {
    progress.stop();
    if (!interrupt.signal.aborted) throw error;
    process.stderr.write("borderline: interrupted before the scan was done; nothing is reported.\n");
    return exitCode.interrupted;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}
