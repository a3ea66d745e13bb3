import { count } from "./count.ts";
import type { ReporterInput } from "./reporter-input.ts";
import { type Summary, summarize } from "./summarize.ts";

export interface SummaryOptions {
  /** How long the scan took, when that is to be said. */
  readonly milliseconds?: number;
}

const reasons: Readonly<Record<string, string>> = {
  "file-unreadable": "could not be read",
  "file-too-large": "too large",
  "file-minified": "minified",
  "syntax-error": "with syntax errors",
  "analysis-failed": "on which the analysis failed",
};

/**
 * The last lines of a scan. The first says what was found, the second what was looked at; further ones what was not.
 * Never claims that there is nothing when something was not looked at.
 */
export function wordSummary({ report, hidden }: ReporterInput, options: SummaryOptions = {}): string {
  const summary = summarize(report);
  const lines = [verdictOf(summary), sizeOf(summary, options)];
  const unseen = unseenOf(summary);
  if (unseen.length > 0) lines.push(`Not seen: ${unseen.join("; ")}.`);
  if (hidden > 0) {
    const them = hidden === 1 ? "it" : "them";
    lines.push(
      `${count(hidden, "finding")} of lower confidence left out; show ${them} with --min-confidence low.`,
    );
  }
  return lines.join("\n");
}

function verdictOf(summary: Summary): string {
  const { error, warning, information, suppressed, sawEverything } = summary;
  const total = error + warning + information;
  const kept = suppressed === 0 ? "" : ` ${count(suppressed, "finding")} suppressed.`;
  if (total > 0) {
    const parts = [
      ...(error > 0 ? [count(error, "error")] : []),
      ...(warning > 0 ? [count(warning, "warning")] : []),
      ...(information > 0 ? [`${information} for information`] : []),
    ];
    return `${count(total, "finding")}: ${parts.join(", ")}.${kept}`;
  }
  if (summary.files === 0) return "Nothing was scanned: no TypeScript or JavaScript files were found here.";
  return sawEverything
    ? `No findings.${kept}`
    : `No findings in what could be analysed, which is not everything.${kept}`;
}

function sizeOf({ files, lines }: Summary, { milliseconds }: SummaryOptions): string {
  const time = milliseconds === undefined ? "" : ` in ${(milliseconds / 1000).toFixed(1)} s`;
  return `Scanned ${count(files, "file")} with ${count(lines, "line")}${time}.`;
}

function unseenOf({ skipped, partlyAnalysed, unreadable, gaps, unknownPlaces }: Summary): string[] {
  const unseen: string[] = [];
  for (const [reason, amount] of Object.entries(skipped)) {
    unseen.push(`${count(amount, "file")} skipped (${reasons[reason] ?? reason})`);
  }
  if (unreadable > 0)
    unseen.push(
      `${unreadable} ${unreadable === 1 ? "file or folder" : "files or folders"} could not be read`,
    );
  if (partlyAnalysed > 0) unseen.push(`a part of ${count(partlyAnalysed, "file")} (see the problems)`);
  if (gaps > 0)
    unseen.push(`${count(gaps, "call")} that personal data flows into and that could not be followed`);
  if (unknownPlaces > 0)
    unseen.push(
      `where in the world ${count(unknownPlaces, "call")} ${unknownPlaces === 1 ? "goes" : "go"} that ${unknownPlaces === 1 ? "sends" : "send"} personal data`,
    );
  return unseen;
}
