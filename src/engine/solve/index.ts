// Takes: a `Program`, the `Catalog` and the policy.
// Gives: `Flow[]`, gaps, a summary per function, and how often each limit was hit.
// Never: reads text; words a message; knows severities.
// Start reading at: solve-program.ts
export type * from "./flow.ts";
export { type Solution, solveProgram } from "./solve-program.ts";
export type { Summary } from "./summary.ts";
