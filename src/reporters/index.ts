/**
 * Reports as text, for people and for other tools. Pure functions: the same report gives the same bytes.
 */

export { count } from "./count.ts";
export { describeText, type ExplainInput, explainText } from "./explain-text.ts";
export { gapPackages, type PackageGaps } from "./gap-packages.ts";
export { gapsText } from "./gaps-text.ts";
export { type JsonReport, jsonReport } from "./json-report.ts";
export { mapCsv } from "./map/map-csv.ts";
export { mapHtml } from "./map/map-html.ts";
export { mapJson } from "./map/map-json.ts";
export type { MapInput } from "./map/map-lanes.ts";
export { mapMermaid } from "./map/map-mermaid.ts";
export { policyText } from "./policy-text.ts";
export type { ReporterInput } from "./reporter-input.ts";
export { sarifReport } from "./sarif-report.ts";
export { type RoomTime, statsBlocks } from "./stats-blocks.ts";
export { type Summary, summarize } from "./summarize.ts";
export { type TextOptions, textReport } from "./text-report.ts";
export { wordProblem } from "./word-problem.ts";
export { type SummaryOptions, wordSummary } from "./word-summary.ts";
