import type { TSESTree } from "@typescript-eslint/typescript-estree";
import type { FileId, Span } from "../base/location.ts";
import type { Problem } from "../base/problem.ts";

export type SyntaxTree = TSESTree.Program;

export type Language = "ts" | "tsx" | "js" | "jsx";

export interface Comment extends Span {
  readonly block: boolean;
  /** Without the comment marks. */
  readonly text: string;
}

export interface ParsedFile {
  readonly file: FileId;
  readonly language: Language;
  /** The original text's line starts, also when `tree` was parsed from a repaired text of the same length. */
  readonly lineStarts: readonly number[];
  /** Absent when nothing could be parsed, or when the file was passed over (too large, minified). */
  readonly tree?: SyntaxTree;
  /** Only comments that can hold one of our directives or tags. */
  readonly comments: readonly Comment[];
  /** Syntax errors (the tree then lacks the broken statements), and reasons for passing the file over. */
  readonly problems: readonly Problem[];
}
