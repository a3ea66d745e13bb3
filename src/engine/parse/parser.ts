// The only module that loads typescript-estree and TypeScript. Loading them takes longer than most runs, so the bundles
// keep this module in a file of its own, which the first parse loads.
import { parse } from "@typescript-eslint/typescript-estree";
import ts from "typescript";
import type { Span } from "../base/location.ts";
import type { Comment, Language, SyntaxTree } from "./parsed-file.ts";

/** A place where the text is not valid, in offsets of the original text. */
export interface SyntaxMistake extends Span {
  readonly message: string;
}

export interface ParsedText {
  readonly tree?: SyntaxTree;
  readonly comments: readonly Comment[];
  readonly mistakes: readonly SyntaxMistake[];
}

/** Plain `.js` files hold JSX in practice. */
const scriptKinds = {
  ts: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
  js: ts.ScriptKind.JSX,
  jsx: ts.ScriptKind.JSX,
};

/** Parses a text, mending what is broken. Never throws. */
export function parseText(text: string, language: Language, withComments: boolean): ParsedText {
  const file = ts.createSourceFile(
    `file.${language}`,
    text,
    { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    true,
    scriptKinds[language],
  );
  try {
    // It takes a source file in place of a text, although its types do not say so.
    const tree = parse(file as unknown as string, {
      loc: true,
      range: true,
      comment: withComments,
      jsDocParsingMode: "none",
      suppressDeprecatedPropertyWarnings: true,
      allowInvalidAST: true,
      loggerFn: false,
    });
    const comments = (tree.comments ?? []).map((comment) => ({
      start: comment.range[0],
      end: comment.range[1],
      block: comment.type === "Block",
      text: comment.value,
    }));
    return { tree, comments, mistakes: [] };
  } catch (error) {
    return { comments: [], mistakes: [{ start: 0, end: 0, message: String(error) }] };
  }
}
