import { resolve } from "node:path";
import { type Confidence, type FunctionDescription, isAtLeast } from "../engine/index.ts";
import { describeText, type ReporterInput, summarize, wordProblem, wordSummary } from "../reporters/index.ts";
import { assertFolder } from "./assert-folder.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { functionsNamed } from "./explain.ts";
import { type FailOn, failsOn } from "./fails-on.ts";
import { type Format, formatReport, type Timing, wantsColor } from "./format-report.ts";
import { profiled } from "./profiled.ts";
import { RoomClock, timingText } from "./room-clock.ts";
import { type CacheOptions, scanWorkspace } from "./scan-workspace.ts";
import { watchedRun } from "./watched-run.ts";
import { writeReport } from "./write-report.ts";

/** The options of `borderline scan`, as commander gives them. */
export interface ScanOptions extends CacheOptions {
  readonly format: Format;
  readonly output?: string;
  readonly failOn: FailOn;
  readonly minConfidence: Confidence;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly stats?: boolean;
  readonly workers?: number;
  /** Lists the packages that get personal data and that are unknown, instead of the findings. */
  readonly gaps?: boolean;
  /** A scan that did not see everything is no clean one. */
  readonly strict?: boolean;
  /** Says also what functions of this name contribute. */
  readonly traceFunction?: string;
  /** Says what each room took. */
  readonly timing?: boolean;
  /** Where to write what the processor was busy with. */
  readonly profile?: string;
}

/** `borderline scan`: analyses a folder, writes the report, and answers the exit code. */
export async function scan(dir: string, options: ScanOptions, version: string): Promise<ExitCode> {
  const { profile } = options;
  const run = () => scanFolder(dir, options, version);
  return profile === undefined ? run() : profiled(profile, run);
}

async function scanFolder(dir: string, options: ScanOptions, version: string): Promise<ExitCode> {
  const root = resolve(dir);
  await assertFolder(root, dir);
  const started = performance.now();
  const clock = new RoomClock();
  return watchedRun({ bar: options.quiet !== true }, async ({ signal, progress }) => {
    const scanned = await scanWorkspace(root, options, {
      ...(options.workers === undefined ? {} : { workers: options.workers }),
      signal,
      onProgress: progress.show,
      keepSummaries: options.traceFunction !== undefined,
      clock,
    });
    progress.stop();
    clock.enter("output");
    const { report, rules } = scanned;
    const findings = report.findings.filter(({ confidence }) => isAtLeast(confidence, options.minConfidence));
    const input: ReporterInput = {
      report: { ...report, findings },
      rules,
      version,
      hidden: report.findings.length - findings.length,
    };
    const code = codeOf(input, options);
    await deliver(input, options, { milliseconds: performance.now() - started, rooms: clock.rooms() }, code);
    if (options.traceFunction !== undefined && scanned.analyzed)
      await deliverFunctions(functionsNamed(scanned.analyzed, options.traceFunction), options);
    clock.enter("save");
    await scanned.save();
    clock.enter("end");
    if (options.timing === true) process.stderr.write(timingText(clock.spent()));
    return code;
  });
}

async function deliverFunctions(
  functions: readonly FunctionDescription[],
  options: ScanOptions,
): Promise<void> {
  const text = describeText(functions, { color: wantsColor(options) });
  // Beside a report on standard output that other programs read, it goes to where people look.
  if (options.format === "text" && options.output === undefined) await writeReport(`\n${text}`, undefined);
  else process.stderr.write(text);
}

/** Findings weigh more than what was not seen: both are reported. */
function codeOf({ report }: ReporterInput, { failOn, strict }: ScanOptions): ExitCode {
  if (failsOn(report.findings, failOn)) return exitCode.findings;
  if (strict !== true) return exitCode.clean;
  const { sawEverything, gaps } = summarize(report);
  const cut = Object.values(report.stats.limits).some((hits) => hits > 0);
  return sawEverything && gaps === 0 && !cut ? exitCode.clean : exitCode.sawTooLittle;
}

/** The report to where it was asked for; the summary to where people look. */
async function deliver(
  input: ReporterInput,
  options: ScanOptions,
  timing: Timing,
  code: ExitCode,
): Promise<void> {
  const { format, output, quiet } = options;
  const text = formatReport(input, options, timing);
  // Known before the last byte is out: whoever closes the pipe early still gets the right answer.
  process.exitCode = code;
  await writeReport(text, output);
  if (quiet === true || (format === "text" && output === undefined)) return sayTooLittle(code);
  const lines = [wordSummary(input, { milliseconds: timing.milliseconds })];
  if (format !== "text" && input.report.problems.length > 0)
    lines.unshift(...input.report.problems.map(wordProblem));
  if (output !== undefined) lines.push(`The report is in ${output}.`);
  process.stderr.write(`${lines.join("\n")}\n`);
  sayTooLittle(code);
}

function sayTooLittle(code: ExitCode): void {
  if (code === exitCode.sawTooLittle)
    process.stderr.write(
      "borderline: no findings, but not everything was seen, so --strict does not call it clean.\n",
    );
}
