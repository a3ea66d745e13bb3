// Takes: one `ParsedFile`.
// Gives: `FileFacts`, plain data about that file alone.
// Never: resolves an import; knows what personal data or a sink is.
// Start reading at: extract-file.ts
export { extractFile } from "./extract-file.ts";
export type * from "./facts.ts";
