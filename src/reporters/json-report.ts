import type { Confidence, FindingPlace, Location, Problem, Range, Severity, Stats } from "../engine/index.ts";
import type { ReporterInput } from "./reporter-input.ts";
import { type Summary, summarize } from "./summarize.ts";

/** Lines and columns count from 1, columns in UTF-16 code units; `end` is just behind the last character. */
export interface JsonRange {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

export interface JsonLocation extends JsonRange {
  /** Relative to the folder that was scanned, with `/`. */
  readonly file: string;
}

/**
 * The shape of `--format json`. `version` grows when a field goes away or changes its meaning; new fields may come at any
 * time. What is absent in a finding (`places`, `suppressed`, …) is left out, never null.
 */
export interface JsonReport {
  readonly version: 1;
  readonly tool: { readonly name: "borderline"; readonly version: string };
  readonly summary: Summary & { readonly hiddenForLowConfidence: number };
  readonly findings: readonly JsonFinding[];
  readonly problems: readonly JsonProblem[];
  readonly gaps: readonly JsonGap[];
  /** Calls that send personal data through clients whose place could not be told. */
  readonly unknownPlaces: readonly JsonGap[];
  /** Clients of a sort that stands somewhere, whether or not personal data reaches them. */
  readonly clients: readonly JsonClient[];
  readonly stats: Stats;
}

export interface JsonGap {
  readonly location: JsonLocation;
  readonly text: string;
  readonly callee: string;
  readonly library?: string;
  readonly dataTypes: readonly string[];
  /** Places in the code whose personal data reaches the call. */
  readonly sources: number;
}

export interface JsonPlace {
  readonly jurisdiction: string;
  readonly written: string;
  readonly because: string;
  readonly location: JsonLocation;
  /** From what told the place to where the client is made. */
  readonly trace: readonly { readonly location: JsonLocation; readonly text: string }[];
  /** It is a default: it counts when no other place is configured. */
  readonly fallback?: true;
}

export interface JsonClient {
  /** The call that makes it, or that names its address itself. */
  readonly location: JsonLocation;
  readonly name: string;
  readonly library?: string;
  /** Empty and not `unknown`: on this machine, or where the program is. */
  readonly places: readonly JsonPlace[];
  readonly unknown: boolean;
}

export interface JsonFinding {
  /** The same from run to run: made of rule, file, function, sink and data types, not of line numbers. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Exclude<Severity, "off">;
  readonly confidence: Confidence;
  readonly location: JsonLocation;
  readonly message: string;
  readonly sinkKind: string;
  readonly sink: string;
  /** Whether it is the data of many people at once. */
  readonly bulk: boolean;
  readonly data: readonly {
    readonly dataType: string;
    readonly title: string;
    readonly confidence: Confidence;
    readonly because: string;
    /** From the source to the sink. */
    readonly trace: readonly { readonly location: JsonLocation; readonly text: string }[];
  }[];
  /** Other sinks that the same call leads to, which no trace of `data` ends at. */
  readonly alsoReaches?: readonly { readonly location: JsonLocation; readonly text: string }[];
  readonly places?: readonly JsonPlace[];
  readonly residency?: string;
  /** Nothing in the workspace calls this function, around the finding; it would have the confidence `otherwise`. */
  readonly uncalled?: { readonly function: string; readonly otherwise: Confidence };
  readonly suppressed?: {
    readonly by: "directive" | "approval" | "channel";
    readonly reason: string;
    readonly until?: string;
  };
}

export interface JsonProblem {
  readonly code: Problem["code"];
  readonly message: string;
  readonly hint: string;
  readonly file?: string;
  readonly range?: JsonRange;
}

/** The report for other programs, as indented JSON with a line break at its end. */
export function jsonReport(input: ReporterInput): string {
  const { report, version, hidden } = input;
  const json: JsonReport = {
    version: 1,
    tool: { name: "borderline", version },
    summary: { ...summarize(report), hiddenForLowConfidence: hidden },
    findings: report.findings.map(({ places, alsoReaches, ...finding }) => ({
      ...finding,
      location: locationOf(finding.location),
      data: finding.data.map((data) => ({ ...data, trace: data.trace.map(located) })),
      ...(alsoReaches === undefined ? {} : { alsoReaches: alsoReaches.map(located) }),
      ...(places === undefined ? {} : { places: places.map(placed) }),
    })),
    problems: report.problems.map(({ range, ...problem }) => ({
      ...problem,
      ...(range === undefined ? {} : { range: rangeOf(range) }),
    })),
    gaps: report.gaps.map(located),
    unknownPlaces: report.unknownPlaces.map(located),
    clients: report.clients.map((client) => ({ ...located(client), places: client.places.map(placed) })),
    stats: report.stats,
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function placed(place: FindingPlace): JsonPlace {
  return { ...located(place), trace: place.trace.map(located) };
}

function located<T extends { readonly location: Location }>(
  thing: T,
): Omit<T, "location"> & { location: JsonLocation } {
  return { ...thing, location: locationOf(thing.location) };
}

function locationOf(location: Location): JsonLocation {
  return { file: location.file, ...rangeOf(location) };
}

function rangeOf({ start, end }: Range): JsonRange {
  return {
    start: { line: start.line + 1, column: start.character + 1 },
    end: { line: end.line + 1, column: end.character + 1 },
  };
}
