import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { type Confidence, isAtLeast } from "../engine/index.ts";
import { type ReporterInput, wordProblem, wordSummary } from "../reporters/index.ts";
import { analyzeWorkspace } from "./analyze-workspace.ts";
import { CannotRun } from "./cannot-run.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { type FailOn, failsOn } from "./fails-on.ts";
import { type Format, formatReport } from "./format-report.ts";
import { createProgressBar } from "./progress-bar.ts";
import { writeReport } from "./write-report.ts";

/** The options of `borderline scan`, as commander gives them. */
export interface ScanOptions {
  readonly format: Format;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly minConfidence: Confidence;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly stats?: boolean;
  readonly workers?: number;
}

/** `borderline scan`: analyses a folder, writes the report, and answers the exit code. */
export async function scan(dir: string, options: ScanOptions, version: string): Promise<ExitCode> {
  const root = resolve(dir);
  await assertFolder(root, dir);
  const started = performance.now();
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once("SIGINT", onInterrupt);
  const progress = createProgressBar(options.quiet !== true && process.stderr.isTTY === true);
  try {
    const { report, catalog } = await analyzeWorkspace(root, {
      ...(options.workers === undefined ? {} : { workers: options.workers }),
      signal: interrupt.signal,
      onProgress: progress.show,
    });
    progress.stop();
    const findings = report.findings.filter(({ confidence }) => isAtLeast(confidence, options.minConfidence));
    const input: ReporterInput = {
      report: { ...report, findings },
      rules: catalog.rules,
      version,
      hidden: report.findings.length - findings.length,
    };
    const code = failsOn(findings, options.failOn) ? exitCode.findings : exitCode.clean;
    await deliver(input, options, performance.now() - started, code);
    return code;
  } catch (error) {
    progress.stop();
    if (!interrupt.signal.aborted) throw error;
    process.stderr.write("borderline: interrupted before the scan was done; nothing is reported.\n");
    return exitCode.interrupted;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

async function assertFolder(root: string, dir: string): Promise<void> {
  const found = await stat(root).catch(() => undefined);
  if (found === undefined)
    throw new CannotRun(`there is no folder ${dir}. Give the path of the folder to scan.`);
  if (!found.isDirectory())
    throw new CannotRun(`${dir} is a file. Give the path of the folder that it is in.`);
}

/** The report to where it was asked for; the summary to where people look. */
async function deliver(
  input: ReporterInput,
  options: ScanOptions,
  milliseconds: number,
  code: ExitCode,
): Promise<void> {
  const { format, output, quiet } = options;
  const text = formatReport(input, options, milliseconds);
  // Known before the last byte is out: whoever closes the pipe early still gets the right answer.
  process.exitCode = code;
  await writeReport(text, output);
  if (quiet === true || (format === "text" && output === undefined)) return;
  const lines = [wordSummary(input, { milliseconds })];
  if (format !== "text" && input.report.problems.length > 0)
    lines.unshift(...input.report.problems.map(wordProblem));
  if (output !== undefined) lines.push(`The report is in ${output}.`);
  process.stderr.write(`${lines.join("\n")}\n`);
}
