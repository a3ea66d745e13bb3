import type { Finding } from "../engine/index.ts";

/** The severity from which findings fail a pipeline. */
export type FailOn = Finding["severity"] | "never";

const weights: Readonly<Record<Finding["severity"], number>> = { information: 0, warning: 1, error: 2 };

/** Whether a finding that counts is at or above a severity. */
export function failsOn(findings: readonly Finding[], failOn: FailOn): boolean {
  if (failOn === "never") return false;
  return findings.some(
    ({ severity, suppressed }) => suppressed === undefined && weights[severity] >= weights[failOn],
  );
}
