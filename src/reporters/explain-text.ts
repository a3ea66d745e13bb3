import { createColors } from "picocolors";
import type { Finding, FunctionDescription, Location } from "../engine/index.ts";

type Colors = ReturnType<typeof createColors>;

export interface ExplainInput {
  readonly finding: Finding;
  /** The functions that the way leads through, in its order. */
  readonly functions: readonly FunctionDescription[];
  /** The text of a line of code; nothing when it cannot be read. */
  readonly lineOf: (location: Location) => string | undefined;
}

/** One finding, hop by hop: the place, the line of code, and what happens there; then what each function contributes. */
export function explainText(
  { finding, functions, lineOf }: ExplainInput,
  { color }: { readonly color: boolean },
): string {
  const colors = createColors(color);
  const { rule, severity, confidence, id, suppressed } = finding;
  const blocks = [
    [
      colors.bold(finding.message),
      `${where(finding.location)}  ${colors.dim(`${rule}, ${severity}, ${confidence} confidence, id ${id}`)}`,
      ...(suppressed ? [`It does not count: ${suppressed.by}, ${suppressed.reason}.`] : []),
    ].join("\n"),
    ...finding.data.map((data) => {
      const hops = data.trace.map((step, index) =>
        hopText(step.location, `${index + 1}. ${step.text}`, lineOf, colors),
      );
      return [colors.underline(`${data.title}, because ${data.because}`), ...hops].join("\n");
    }),
    ...(finding.places ?? []).map(({ jurisdiction, because, trace }) => {
      const hops = trace.map((step, index) =>
        hopText(step.location, `${index + 1}. ${step.text}`, lineOf, colors),
      );
      return [colors.underline(`Place ${jurisdiction}: ${because}`), ...hops].join("\n");
    }),
  ];
  if (functions.length > 0) blocks.push(functionsText(functions, colors));
  return `${blocks.join("\n\n")}\n`;
}

/** What functions contribute, one block each. */
export function describeText(
  functions: readonly FunctionDescription[],
  { color }: { readonly color: boolean },
): string {
  return `${functionsText(functions, createColors(color))}\n`;
}

function functionsText(functions: readonly FunctionDescription[], colors: Colors): string {
  const blocks = functions.map(({ name, location, lines }) =>
    [`  ${colors.bold(name)}  ${colors.dim(where(location))}`, ...lines.map((line) => `    ${line}`)].join(
      "\n",
    ),
  );
  return [colors.underline("What each function contributes"), ...blocks].join("\n");
}

function hopText(location: Location, text: string, lineOf: ExplainInput["lineOf"], colors: Colors): string {
  const line = lineOf(location);
  const code = line === undefined ? [] : [`       ${marked(line, location, colors)}`];
  return [`  ${text}`, `     ${colors.dim(where(location))}`, ...code].join("\n");
}

/** The line without its indent, the place in it made bold. */
function marked(line: string, { start, end }: Location, colors: Colors): string {
  const indent = line.length - line.trimStart().length;
  const until = end.line === start.line ? end.character : line.length;
  const [before, at, after] = [
    line.slice(indent, start.character),
    line.slice(start.character, until),
    line.slice(until),
  ];
  return `${before}${colors.bold(at)}${after}`.trimEnd();
}

function where({ file, start }: Location): string {
  return `${file}:${start.line + 1}:${start.character + 1}`;
}
