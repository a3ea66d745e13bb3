import type { Finding } from "../../src/engine/index.ts";
import { describeFinding, describeMarker, showMismatch } from "./describe-mismatch.ts";
import type { FindingMarker, MarkedFile, MarkedSpan, SourceLabel } from "./marker.ts";

/**
 * Compares what was found with what the fixture says, and tells each difference in a text of its own.
 * Markers of one rule at one span speak of one finding: its data types are those of the plain and the SPURIOUS markers
 * together, and none of the MISSING ones.
 */
export function matchFindings(files: readonly MarkedFile[], findings: readonly Finding[]): string[] {
  const labels = new Map(files.flatMap((file) => file.labels.map((label) => [label.label, label])));
  const left = new Set(findings);
  const mismatches: string[] = [];
  for (const group of groupMarkers(files.flatMap((file) => file.markers))) {
    const span = group[0] as FindingMarker;
    const show = (expected: string, found: string) =>
      mismatches.push(showMismatch(files, span, expected, found));
    const exact = findings.find((finding) => isAt(files, finding, span) && finding.rule === span.rule);
    if (exact) left.delete(exact);
    for (const marker of group) {
      if (!exact && marker.known === "missing") continue;
      if (!exact) show(describeMarker(marker), describeNearest(findings, marker));
      else for (const text of compare(marker, exact, labels)) show(describeMarker(marker), text);
    }
    if (exact) {
      const extra = extraTypes(group, exact);
      if (extra.length > 0) show(`no ${extra.join(" ")}`, describeFinding(exact));
    }
  }
  for (const finding of left) {
    mismatches.push(showMismatch(files, spanOf(files, finding), "nothing", describeFinding(finding)));
  }
  return mismatches;
}

function groupMarkers(markers: readonly FindingMarker[]): FindingMarker[][] {
  const groups = new Map<string, FindingMarker[]>();
  for (const marker of markers) {
    const key = [marker.file, marker.line, marker.start, marker.end, marker.rule].join(" ");
    groups.set(key, [...(groups.get(key) ?? []), marker]);
  }
  return [...groups.values()];
}

/** A finding that spans several lines is marked on its first: to the end of the code there. */
function spanOf(files: readonly MarkedFile[], { location }: Pick<Finding, "location">): MarkedSpan {
  const { file, start, end } = location;
  const line = files.find((each) => each.file === file)?.lines[start.line] ?? "";
  const last = end.line === start.line ? end.character : line.length;
  return { file, line: start.line, start: start.character, end: last };
}

function isAt(files: readonly MarkedFile[], found: Pick<Finding, "location">, span: MarkedSpan): boolean {
  const place = spanOf(files, found);
  const keys = ["file", "line", "start", "end"] as const;
  return keys.every((key) => place[key] === span[key]);
}

function compare(
  marker: FindingMarker,
  finding: Finding,
  labels: ReadonlyMap<string, SourceLabel>,
): readonly string[] {
  const found = new Set(finding.data.map((data) => data.dataType));
  const absent = marker.dataTypes.filter((type) => !found.has(type));
  if (marker.known === "missing") {
    return absent.length > 0 ? [] : [`it; the miss is fixed: remove MISSING (${describeFinding(finding)})`];
  }
  if (absent.length > 0) return [describeFinding(finding)];
  return [...compareFacts(marker, finding), ...compareTraces(marker, finding, labels)];
}

function compareFacts(marker: FindingMarker, finding: Finding): string[] {
  const actual = {
    confidence: finding.confidence,
    severity: finding.severity,
    kind: finding.sinkKind,
    place: [...new Set((finding.places ?? []).map((place) => place.jurisdiction))].join(","),
    suppressed: finding.suppressed?.by ?? "no",
    bulk: String(finding.bulk),
  };
  // An exposure that is let through must be said to be: a marker that does not say so asks for one that counts.
  const expected = { suppressed: "no", ...marker.facts };
  return Object.entries(expected).flatMap(([name, value]) => {
    const is = actual[name as keyof typeof actual];
    return is === value ? [] : [`${name}=${is} (${describeFinding(finding)})`];
  });
}

function compareTraces(
  marker: FindingMarker,
  finding: Finding,
  labels: ReadonlyMap<string, SourceLabel>,
): string[] {
  return marker.from.flatMap((name) => {
    const label = labels.get(name);
    if (!label) return [];
    const starts = finding.data.filter((data) => !label.dataType || data.dataType === label.dataType);
    const begins = starts.some(({ trace }) => {
      const at = trace[0]?.location;
      return at?.file === label.file && at.start.line === label.line && at.start.character === label.start;
    });
    if (begins) return [];
    const places = starts.map(({ trace }) => trace[0]?.location);
    const words = places.map((at) =>
      at ? `${at.file}:${at.start.line + 1}:${at.start.character + 1}` : "nowhere",
    );
    return [
      `traces from ${words.join(" and ") || "nowhere"}, not from ${label.file}:${label.line + 1}:${label.start + 1}`,
    ];
  });
}

function extraTypes(group: readonly FindingMarker[], finding: Finding): string[] {
  if (group.every((marker) => marker.known === "missing")) {
    const missed = new Set(group.flatMap((marker) => marker.dataTypes));
    return finding.data.map((data) => data.dataType).filter((type) => !missed.has(type));
  }
  const expected = new Set(group.flatMap((marker) => marker.dataTypes));
  return finding.data.map((data) => data.dataType).filter((type) => !expected.has(type));
}

function describeNearest(findings: readonly Finding[], marker: FindingMarker): string {
  const near = findings.filter(
    ({ location }) => location.file === marker.file && location.start.line === marker.line,
  );
  if (near.length === 0)
    return marker.known === "spurious" ? "nothing; it is fixed: remove SPURIOUS" : "nothing";
  return near.map(describeFinding).join("; ");
}
