/** What a fixture says beside its code. Lines and columns are zero-based; `end` is exclusive, as in `Range`. */
export interface MarkedSpan {
  readonly file: string;
  /** The line of the code, not of the marker. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** `// ^^^^ [MISSING|SPURIOUS] rule-id data-type… [<- #label…] [key=value…] -- why` */
export interface FindingMarker extends MarkedSpan {
  readonly rule: string;
  readonly dataTypes: readonly string[];
  /** Labels of the sources at which the finding's traces must start. */
  readonly from: readonly string[];
  readonly facts: Readonly<Partial<Record<FactName, string>>>;
  /** `missing`: a known false negative. `spurious`: a known false positive. */
  readonly known?: "missing" | "spurious";
  readonly why?: string;
}

/** Things that a marker may assert about a finding besides its rule and data types. */
export const factNames = ["confidence", "severity", "kind", "place", "suppressed", "bulk"] as const;
export type FactName = (typeof factNames)[number];

/** `// ^^^^ source#label [data-type]` */
export interface SourceLabel extends MarkedSpan {
  readonly label: string;
  readonly dataType?: string;
}

/** `// options: min-confidence=low problems=syntax-error` among the first lines of a file. */
export interface FixtureOptions {
  readonly minConfidence: "low" | "medium" | "high";
  /** Codes of the problems that the analysis must report, and no others. */
  readonly problems: readonly string[];
}

export interface MarkedFile {
  readonly file: string;
  readonly lines: readonly string[];
  /** The first comment line: one sentence that says why the case exists. */
  readonly reason?: string;
  readonly options: FixtureOptions;
  readonly markers: readonly FindingMarker[];
  readonly labels: readonly SourceLabel[];
  /** Mistakes in the markers themselves. */
  readonly mistakes: readonly string[];
}
