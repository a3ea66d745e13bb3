import type { Finding } from "../../src/engine/index.ts";
import type { FindingMarker, MarkedFile, MarkedSpan } from "./marker.ts";

/** One difference, for a person: the line of code, the place in it, what was expected there and what was found. */
export function showMismatch(
  files: readonly MarkedFile[],
  span: MarkedSpan,
  expected: string,
  found: string,
): string {
  const code = files.find((file) => file.file === span.file)?.lines[span.line] ?? "";
  const carets = " ".repeat(span.start) + "^".repeat(Math.max(1, span.end - span.start));
  return [
    `${span.file}:${span.line + 1}`,
    `  | ${code}`,
    `  | ${carets}`,
    `  expected ${expected}`,
    `  found ${found}`,
  ].join("\n");
}

/** A marker in its own words. */
export function describeMarker(marker: FindingMarker): string {
  const facts = Object.entries(marker.facts).map(([name, value]) => `${name}=${value}`);
  const from = marker.from.length > 0 ? ["<-", ...marker.from.map((label) => `#${label}`)] : [];
  const known = marker.known ? [marker.known.toUpperCase()] : [];
  return [...known, marker.rule, ...marker.dataTypes, ...from, ...facts].join(" ");
}

/** A finding in the words of a marker, with its columns (from 1) and its sentence. */
export function describeFinding(finding: Finding): string {
  const types = finding.data.map((data) => data.dataType).join(" ");
  const { start, end } = finding.location;
  const columns = `columns ${start.character + 1} to ${end.character + 1}`;
  const suppressed = finding.suppressed ? ` suppressed=${finding.suppressed.by}` : "";
  return `${finding.rule} ${types} (${finding.confidence}${suppressed}) at ${columns}: ${finding.message}`;
}
