// Takes: all `FileFacts` and the `ProjectFiles`.
// Gives: a `Program`: imports resolved, symbols, classes and types joined.
// Never: parses again; knows what a sink is.
// Start reading at: link-program.ts
export { linkProgram } from "./link-program.ts";
export type * from "./program.ts";
