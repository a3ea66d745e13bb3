import type ts from "typescript";
import type { Span } from "../base/location.ts";
import { closeByIndentation, dropStrayCloser } from "./close-by-indentation.ts";
import type { Edit } from "./mended-text.ts";
import { removableUnits } from "./removable-units.ts";
import type { Complaint } from "./source-file.ts";
import { endOfTokenBefore } from "./token-before.ts";
import { closeUnended } from "./unended-literals.ts";

/** TypeScript's numbers for what its parser complains of. */
const code = {
  identifierExpected: 1003,
  tokenExpected: 1005,
  expressionExpected: 1109,
  typeExpected: 1110,
  variableExpected: 1134,
  specifierExpected: 1141,
  conflictMarker: 1185,
  catchExpected: 1472,
} as const;

const wordExpected = new Set<number>([
  code.identifierExpected,
  code.expressionExpected,
  code.typeExpected,
  code.variableExpected,
]);

/**
 * What could mend the first complaint, best guess first: complete what is half-typed, then leave out what is too much.
 * Whether it helps is for the caller to find out. The last resort, blanking whole pieces, is in `blankings`.
 */
export function* repairsOf(
  file: ts.SourceFile,
  first: Complaint,
  all: readonly Complaint[],
): Generator<Edit> {
  const { text } = file;
  yield* specialRepairs(file, first);
  yield* closeUnended(file, all);
  yield* closeByIndentation(file, (all.at(-1) ?? first).end);
  if (text[first.start] === "}") yield* dropStrayCloser(file, first.start);
  const token = first.code === code.tokenExpected ? /^'(.+)' expected/.exec(first.message)?.[1] : undefined;
  const insert = token === "{" ? "{}" : (token ?? (wordExpected.has(first.code) ? " _ " : undefined));
  if (insert !== undefined) yield { at: endOfTokenBefore(text, first.start), insert };
  if (token === ":") yield { at: endOfTokenBefore(text, first.start), insert: ": _" };
  if (first.code === code.catchExpected)
    yield { at: endOfTokenBefore(text, first.start), insert: " finally {}" };
  if (first.end > first.start) yield { blank: first };
}

/** The pieces around the complaint, smallest first: leaving one out costs what is in it. */
export function blankings(file: ts.SourceFile, { start, end }: Complaint): Edit[] {
  const { text } = file;
  const before = Math.max(0, endOfTokenBefore(text, start) - 1);
  const spans = [start, before].flatMap((offset) => removableUnits(file, offset));
  const firstLines = spans.map((span) => ({
    start: span.start,
    end: lineSpan(text, span.start, span.start).end,
  }));
  spans.push(...firstLines, lineSpan(text, start, end), lineSpan(text, before, before));
  return spans.sort((a, b) => a.end - a.start - (b.end - b.start)).map((blank) => ({ blank }));
}

function lineSpan(text: string, start: number, end: number): Span {
  const lineEnd = text.indexOf("\n", end);
  return { start: text.lastIndexOf("\n", start - 1) + 1, end: lineEnd < 0 ? text.length : lineEnd };
}

function* specialRepairs(file: ts.SourceFile, first: Complaint): Generator<Edit> {
  if (first.code === code.conflictMarker) yield { blank: conflictSpan(file.text, first.start) };
  if (first.code !== code.specifierExpected) return;
  const statement = file.statements.find(({ pos, end }) => pos <= first.start && first.start <= end);
  if (statement) yield { blank: { start: statement.getStart(file), end: first.start } };
}

/** A conflict's first marker line, or from `=======` on all that was theirs: what was ours is kept. */
function conflictSpan(text: string, start: number) {
  const endOfLine = (from: number) => {
    const end = text.indexOf("\n", from);
    return end < 0 ? text.length : end;
  };
  if (text[start] === "<" || text[start] === ">") return { start, end: endOfLine(start) };
  const closing = text.indexOf("\n>>>>>>>", start);
  return { start, end: closing < 0 ? endOfLine(start) : endOfLine(closing + 1) };
}
