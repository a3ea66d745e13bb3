// Takes: the text of one file.
// Gives: a `ParsedFile`: its tree (or none), its comments, and what went wrong.
// Never: throws; looks at another file.
// Start reading at: parse-file.ts
export { languageOf, parseFile } from "./parse-file.ts";
export type { Comment, Language, ParsedFile, SyntaxTree } from "./parsed-file.ts";
