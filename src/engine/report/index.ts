// Takes: `Flow[]` and gaps of `solve`, the rules, the policy, the directives in the files.
// Gives: a `Report`: findings with severity, message, trace, stable id and suppression, in a fixed order.
// Never: follows data; touches VS Code or the language server protocol.
// Start reading at: report-findings.ts

export { describeFunction, type FunctionDescription } from "./describe-function.ts";
export type * from "./finding.ts";
export type { ReportFile } from "./report-file.ts";
export type { ReportInput } from "./report-findings.ts";
export { reportFindings } from "./report-findings.ts";
export { createWording } from "./wording.ts";
