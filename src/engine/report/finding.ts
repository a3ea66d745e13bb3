import type { Severity } from "../base/catalog.ts";
import type { Confidence } from "../base/kinds.ts";
import type { FileId, Location } from "../base/location.ts";

/** One exposure that breaks one rule: one sink call, with the data types and traces inside it. */
export interface Finding {
  /** Stable across unrelated edits: made of rule, file, enclosing function, sink and data types, not of line numbers. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Exclude<Severity, "off">;
  readonly confidence: Confidence;
  /** Where the squiggle goes. */
  readonly location: Location;
  /** One sentence for a person. */
  readonly message: string;
  readonly sinkKind: string;
  readonly sink: string;
  readonly bulk: boolean;
  readonly data: readonly ExposedData[];
  /** Other sinks that the same call leads to, which no trace of `data` ends at. */
  readonly alsoReaches?: readonly TraceStep[];
  /** For `pii-cross-region`. */
  readonly places?: readonly FindingPlace[];
  readonly residency?: string;
  /** Nothing leads to the code that it stands in, and its confidence is low for that alone. */
  readonly uncalled?: Uncalled;
  /** Why it does not count: a directive, an approval or an official channel. Suppressed findings are kept, and recorded. */
  readonly suppressed?: Suppression;
}

export interface Uncalled {
  /** The function that nothing calls: the one that the finding stands in, or one around it. */
  readonly function: string;
  /** What the confidence would be if something called it. */
  readonly otherwise: Confidence;
}

export interface ExposedData {
  readonly dataType: string;
  readonly title: string;
  readonly confidence: Confidence;
  readonly because: string;
  readonly trace: readonly TraceStep[];
}

export interface TraceStep {
  readonly location: Location;
  /** "passed to `toRow` as `u`" */
  readonly text: string;
}

export interface FindingPlace {
  readonly jurisdiction: string;
  readonly written: string;
  readonly because: string;
  readonly location: Location;
  /** From what told the place to where the client is made. */
  readonly trace: readonly TraceStep[];
  /** It is a default: it counts when no other place is configured. */
  readonly fallback?: true;
}

export interface Suppression {
  readonly by: "directive" | "approval" | "channel";
  readonly reason: string;
  readonly until?: string;
}

/** A call that personal data goes into, and that the analysis could not look into. */
export interface ReportedGap {
  readonly location: Location;
  readonly text: string;
  /** What is called, as a person would name it. */
  readonly callee: string;
  /** The npm package that it comes from, when that is known. */
  readonly library?: string;
  readonly dataTypes: readonly string[];
  /** Places in the code whose personal data reaches it. */
  readonly sources: number;
}

/** A call that makes a client, or that names its address itself. */
export interface ReportedClient {
  readonly location: Location;
  /** What is called: `S3Client`, `fetch`. */
  readonly name: string;
  /** The package that makes it. */
  readonly library?: string;
  /** Several when callers pass several. Empty and not `unknown`: on this machine, or where the program is. */
  readonly places: readonly FindingPlace[];
  /** At least once, no place could be told. */
  readonly unknown: boolean;
}

/** Personal data of one type at one call of one sink kind. */
export interface DataMapEntry {
  readonly dataType: string;
  readonly title: string;
  readonly sinkKind: string;
  readonly sink: string;
  /** The call. */
  readonly location: Location;
  /** The function of the workspace that sends it, where that is another one and exported: `src/mail.ts#send`. */
  readonly through?: string;
  /** Where its client stands; empty: it has no place, or none that could be told. */
  readonly jurisdictions: readonly string[];
  readonly placeUnknown: boolean;
  readonly bulk: boolean;
  readonly confidence: Confidence;
  /** `unruled`: no rule minds. */
  readonly status: "finding" | "approved" | "unruled";
  /** Their ids, the suppressed ones too. */
  readonly findings: readonly string[];
  readonly approvals: readonly Suppression[];
}

/** What one analysis gives: the answer to `analyze()` and to `session.analyze()`. */
export interface Report {
  /** In the order of file, line, character and rule. Suppressed ones included. */
  readonly findings: readonly Finding[];
  readonly problems: readonly import("../base/problem.ts").Problem[];
  readonly gaps: readonly ReportedGap[];
  /** Calls that send personal data through a client of which it could not be told where it stands. */
  readonly unknownPlaces: readonly ReportedGap[];
  /** Clients of a sort that stands somewhere, whether or not personal data reaches them. */
  readonly clients: readonly ReportedClient[];
  readonly dataMap: readonly DataMapEntry[];
  readonly stats: Stats;
}

export interface Stats {
  readonly files: number;
  readonly lines: number;
  readonly functions: number;
  /** Files that were passed over or could not be parsed at all, with the reason's problem code. */
  readonly skipped: readonly { readonly file: FileId; readonly reason: string }[];
  /** Times that each limit cut an analysis short. */
  readonly limits: Readonly<Record<string, number>>;
  /** The same by file, most hits first. */
  readonly limitsByFile: readonly {
    readonly file: FileId;
    readonly limits: Readonly<Record<string, number>>;
  }[];
  /** Ways from a source to a sink, before they are judged and grouped. */
  readonly flows: number;
}
