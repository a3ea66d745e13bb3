// Takes: a `Program`, the `Catalog` and the policy.
// Gives: `Flow[]`, gaps, a summary per function, how often each limit was hit in which file, and outlines of summaries on request.
// Never: reads text; words a message; knows severities.
// Start reading at: solve-program.ts
export type * from "./flow.ts";
export type { FunctionOutline, Passage } from "./outline.ts";
export { solveAgain } from "./solve-again.ts";
export { type Solution, solveProgram } from "./solve-program.ts";
export type { Summary } from "./summary.ts";
export type { UnmatchedRow } from "./unmatched-rows.ts";
