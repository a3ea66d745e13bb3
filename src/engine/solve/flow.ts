import type { Confidence } from "../base/kinds.ts";
import type { FileId, Span } from "../base/location.ts";

/** A place in one file's text. */
export interface Site extends Span {
  readonly file: FileId;
}

/** One source→sink path. `report` groups the flows that meet at one sink call into findings. */
export interface Flow {
  readonly sink: SinkSite;
  readonly source: SourceSite;
  /** From the source to the sink, both included, in execution order. */
  readonly steps: readonly Step[];
  /** Where the client, host or vendor of the sink stands. Empty: the sink has no place (a log, a file). */
  readonly places: readonly Place[];
  /** The sink's client has a place, but it could not be told. */
  readonly placeUnknown: boolean;
  /** What arrives only stands for the person, as a hash does: it matters at a border alone. */
  readonly pseudonym?: true;
  /** The official channel that the data passed through. */
  readonly channel?: string;
}

export interface SinkSite {
  /** The whole call where the data enters the sink, or the wrapper that leads to it. */
  readonly call: Site;
  /** The argument that carries the data, inside the call: where the squiggle goes. */
  readonly argument: Site;
  readonly kind: string;
  /** As a person would name it: `console.log`, `pino Logger.info`. */
  readonly name: string;
  readonly confidence: Confidence;
  /** The data is a collection of records, not one. */
  readonly bulk: boolean;
}

export interface SourceSite {
  readonly site: Site;
  readonly dataType: string;
  /** What the code calls it: `user.email`. */
  readonly expression: string;
  readonly confidence: Confidence;
  /** Why it is taken for personal data: "`email` of `Customer`". */
  readonly because: string;
  /** Where the people are whose data it is, when something closer than the policy's default says so. */
  readonly residency?: string;
  /** The jurisdiction of the database that it was read from: its people live there. */
  readonly readFrom?: string;
  /** It is among what a model says that a whole value holds. */
  readonly whole?: boolean;
  /** It stands behind accessors: JSON of the value has nothing of it. */
  readonly accessors?: boolean;
}

export type StepKind =
  | "source"
  | "passed"
  | "returned"
  | "stored"
  | "captured"
  | "thrown"
  | "caught"
  | "through"
  | "sink";

export interface Step {
  readonly kind: StepKind;
  readonly site: Site;
  /**
   * The callee for `passed`, `returned` and `through`; the field for `stored`; the variable for `caught`; the inner
   * function for `captured`; the expression for `source`; the sink's name for `sink`.
   */
  readonly name: string;
  /** The parameter for `passed`. */
  readonly as?: string;
}

export interface Place {
  readonly jurisdiction: string;
  /** What a person wrote: `cn-north-1`, `oss-cn-hangzhou.aliyuncs.com`. */
  readonly written: string;
  readonly evidence: Site;
  /** How it was told: `region "cn-north-1" of aws`, `host "*.aliyuncs.com"`. */
  readonly because: string;
  /** `high`: the catalog or the policy knows it; `medium`: a word in its name says so; `low`: a word in a setting's name. */
  readonly confidence: Confidence;
  /** The policy's region that told it. */
  readonly region?: string;
  /** The way of what told it to the client, in execution order; empty when it is written where the client is made. */
  readonly steps: readonly Step[];
  /** Where the client is made. */
  readonly made?: Site;
  /** It stands in for another place that may be configured: a default. */
  readonly fallback?: true;
}

/** A call that makes a client of a sort that stands somewhere. */
export interface MadeAt {
  readonly site: Site;
  /** What is called: `S3Client`, `axios.create`. */
  readonly name: string;
  /** The package, or the file of a user's own model. */
  readonly library: string;
  /** Several when callers pass several. Empty and not `unknown`: on this machine, or where the program is. */
  readonly places: readonly Place[];
  /** At least once, no place could be told. */
  readonly unknown: boolean;
}

/** What the analysis could not see, where personal data went. */
export interface Gap {
  readonly site: Site;
  readonly callee: string;
  /** The npm package, when the callee comes from one. */
  readonly library?: string;
  readonly reason: "no-model" | "unresolved" | "place-unknown";
  readonly dataTypes: readonly string[];
  /** Places in the code whose personal data reaches the call. */
  readonly sources: number;
}
