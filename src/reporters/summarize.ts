import type { ProblemCode, Report } from "../engine/index.ts";

/** A report in numbers. */
export interface Summary {
  /** Findings that count, by severity. */
  readonly error: number;
  readonly warning: number;
  readonly information: number;
  /** Findings that a directive, an approval or an official channel keeps from counting. */
  readonly suppressed: number;
  readonly files: number;
  readonly lines: number;
  /** Files that were not analysed, by the reason's problem code; codes in alphabetical order. */
  readonly skipped: Readonly<Record<string, number>>;
  /** Files of which a part was not analysed because its syntax is broken. */
  readonly partlyAnalysed: number;
  /** Files and folders that could not even be listed among the files. */
  readonly unreadable: number;
  readonly gaps: number;
  /** Calls that send personal data through a client whose place could not be told. */
  readonly unknownPlaces: number;
  /** Whether everything that was asked for was looked at. */
  readonly sawEverything: boolean;
}

/** Counts; says nothing in words. */
export function summarize(report: Report): Summary {
  const counts = { error: 0, warning: 0, information: 0, suppressed: 0 };
  for (const { severity, suppressed } of report.findings) counts[suppressed ? "suppressed" : severity]++;
  const reasons = report.stats.skipped.map(({ reason }) => reason).sort();
  const skipped: Record<string, number> = {};
  for (const reason of reasons) skipped[reason] = (skipped[reason] ?? 0) + 1;
  const counted = new Set(report.stats.skipped.map(({ file }) => file));
  const filesWith = (...codes: ProblemCode[]): number => {
    const found = report.problems.filter(({ code }) => codes.includes(code)).map(({ file }) => file);
    return new Set(found.filter((file) => file !== undefined && !counted.has(file))).size;
  };
  const partlyAnalysed = filesWith("syntax-error", "analysis-failed");
  const unreadable = filesWith("file-unreadable");
  const { files, lines } = report.stats;
  const sawEverything = reasons.length + partlyAnalysed + unreadable === 0;
  return {
    ...counts,
    files,
    lines,
    skipped,
    partlyAnalysed,
    unreadable,
    gaps: report.gaps.length,
    unknownPlaces: report.unknownPlaces.length,
    sawEverything,
  };
}
