import type { ScanProgress, ScanWorkspaceResult } from "../protocol/index.ts";

/** How far a scan is: "1,234 of 5,678 files". */
export function describeProgress({ done, total, stage }: ScanProgress): string {
  const count = `${done.toLocaleString("en")} of ${total.toLocaleString("en")} files`;
  return stage === "flows" ? `${count}, following personal data between them` : count;
}

/** What a scan found, in a sentence; and whether it could not see everything, which must not be silent. */
export function describeResult(result: ScanWorkspaceResult): { message: string; isPartial: boolean } {
  const scanned = `${count(result.scanned, "file")} scanned`;
  const found =
    result.findings === 0
      ? `Borderline: no findings, ${scanned}.`
      : `Borderline: ${count(result.findings, "finding")} in ${count(result.files, "file")}, ${scanned}.`;
  const missing = result.policyMissing === undefined ? "" : ` ${result.policyMissing}`;
  const [first] = result.problems;
  if (first === undefined) return { message: `${found}${missing}`, isPartial: false };
  const all = result.problems.reduce((sum, problem) => sum + problem.count, 0);
  const others = all === 1 ? "" : ` And ${count(all - 1, "other problem")}.`;
  return {
    message: `${found} Not everything could be seen. ${first.example}${others}${missing}`,
    isPartial: true,
  };
}

function count(n: number, one: string): string {
  return `${n.toLocaleString("en")} ${one}${n === 1 ? "" : "s"}`;
}
