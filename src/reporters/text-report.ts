import { createColors } from "picocolors";
import type { ExposedData, Finding, Location, Report, TraceStep } from "../engine/index.ts";
import { count } from "./count.ts";
import type { ReporterInput } from "./reporter-input.ts";
import { type RoomTime, statsBlocks } from "./stats-blocks.ts";
import { wordProblem } from "./word-problem.ts";
import { type SummaryOptions, wordSummary } from "./word-summary.ts";

export interface TextOptions extends SummaryOptions {
  readonly color: boolean;
  /** Findings only: no problems, gaps or summary. */
  readonly quiet?: boolean;
  /** List every gap and suppressed finding too, and the limits that were hit. */
  readonly stats?: boolean;
  /** How long each room worked, for the statistics. */
  readonly rooms?: readonly RoomTime[];
}

type Colors = ReturnType<typeof createColors>;

/** The report for a person at a terminal: by file, each finding with the way that the data took. */
export function textReport(input: ReporterInput, options: TextOptions): string {
  const { report } = input;
  const colors = createColors(options.color);
  const active = report.findings.filter(({ suppressed }) => suppressed === undefined);
  const blocks = byFile(active).map(([file, findings]) =>
    [colors.underline(file), ...findings.map((finding) => findingBlock(finding, colors))].join("\n"),
  );
  if (options.quiet !== true) {
    if (report.problems.length > 0) blocks.push(problemsBlock(report, colors));
    if (options.stats === true) blocks.push(...statsBlocks(report, options.rooms ?? [], colors));
    blocks.push(colors.bold(wordSummary(input, options)));
  }
  return blocks.length === 0 ? "" : `${blocks.join("\n\n")}\n`;
}

function byFile(findings: readonly Finding[]): [string, Finding[]][] {
  const files = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { file } = finding.location;
    files.set(file, [...(files.get(file) ?? []), finding]);
  }
  return [...files];
}

function findingBlock(finding: Finding, colors: Colors): string {
  const paint = { error: colors.red, warning: colors.yellow, information: colors.cyan }[finding.severity];
  const head = `  ${place(finding.location)}  ${paint(finding.severity)}  ${finding.message}`;
  const tail = colors.dim(`${finding.rule}, ${finding.confidence} confidence, id ${finding.id}`);
  const places = (finding.places ?? []).flatMap(({ jurisdiction, because, trace }) => [
    `    ${colors.bold(`Place ${jurisdiction}`)}: ${because}`,
    ...traceLines(trace, colors),
  ]);
  const others = (finding.alsoReaches ?? []).map(
    ({ location, text }) => `    ${colors.bold("Also")}: ${text}  ${colors.dim(where(location))}`,
  );
  const data = finding.data.flatMap((each) => dataLines(each, colors));
  return [head, `    ${tail}`, ...data, ...others, ...places].join("\n");
}

function dataLines({ title, because, trace }: ExposedData, colors: Colors): string[] {
  return [`    ${colors.bold(title)}: ${because}`, ...traceLines(trace, colors)];
}

function traceLines(trace: readonly TraceStep[], colors: Colors): string[] {
  const width = Math.max(0, ...trace.map(({ location }) => where(location).length));
  return trace.map(({ location, text }) => `      ${colors.dim(where(location).padEnd(width))}  ${text}`);
}

function problemsBlock({ problems }: Report, colors: Colors): string {
  const lines = problems.map((problem) => indent(wordProblem(problem)));
  return [colors.underline(count(problems.length, "problem")), ...lines].join("\n");
}

function place({ start }: Location): string {
  return `${start.line + 1}:${start.character + 1}`;
}

function where(location: Location): string {
  return `${location.file}:${place(location)}`;
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
