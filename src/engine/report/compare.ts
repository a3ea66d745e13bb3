import type { FileId, Location, Position } from "../base/location.ts";
import type { Problem } from "../base/problem.ts";
import type { Finding } from "./finding.ts";

/** By UTF-16 code units, never by locale: the order must be the same on every machine. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** By file, then by where they begin, then by where they end. */
export function compareLocations(a: Location, b: Location): number {
  return compareTexts(a.file, b.file) || comparePositions(a.start, b.start) || comparePositions(a.end, b.end);
}

/** File, line, character, rule; the id settles what is left. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareTexts(a.location.file, b.location.file) ||
    comparePositions(a.location.start, b.location.start) ||
    compareTexts(a.rule, b.rule) ||
    compareTexts(a.id, b.id)
  );
}

/** Problems without a file come first, and those without a range before the others of their file. */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    compareTexts(a.file ?? ("" satisfies FileId), b.file ?? "") ||
    comparePositions(a.range?.start ?? beforeAll, b.range?.start ?? beforeAll) ||
    compareTexts(a.code, b.code) ||
    compareTexts(a.message, b.message)
  );
}

const beforeAll: Position = { line: -1, character: -1 };

function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}
