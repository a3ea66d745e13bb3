// The door to typescript-estree and TypeScript: loading them takes longer than most runs, so the bundles keep this
// module, and what only it imports, in a file of its own that the first parse loads. It may export functions only.
import { parse, TSError } from "@typescript-eslint/typescript-estree";
import type ts from "typescript";
import { type Mending, mendAt, mendText, type SyntaxMistake } from "./mend-text.ts";
import type { Comment, Language, SyntaxTree } from "./parsed-file.ts";
import { restoreRanges } from "./restore-ranges.ts";
import { type Complaint, complaintsOf, createSourceFile, forgetComplaints } from "./source-file.ts";

export type { SyntaxMistake } from "./mend-text.ts";

export interface ParsedText {
  readonly tree?: SyntaxTree;
  readonly comments: readonly Comment[];
  readonly mistakes: readonly SyntaxMistake[];
}

/** Pieces that are left out because the tree cannot be converted with them. */
const mostRefusals = 6;

/** Parses a text, mending what is broken. Never throws. */
export function parseText(text: string, language: Language, withComments: boolean): ParsedText {
  try {
    const file = createSourceFile(text, language);
    let mending: Mending =
      complaintsOf(file).length === 0
        ? { mended: { text, inserted: [] }, file, complaints: [], mistakes: [] }
        : mendText(text, language, file);
    for (let refusals = 0; refusals < mostRefusals; refusals++) {
      if (mending.complaints.length > 0) break;
      const converted = convert(mending.file, withComments);
      if (!("message" in converted)) return parsed(converted, mending);
      const next = mendAt(mending, language, converted);
      if (!next) break;
      mending = next;
    }
    return { comments: [], mistakes: mending.mistakes };
  } catch (error) {
    // TypeScript's parser overflows the stack on expressions nested thousands deep.
    const message = error instanceof RangeError ? "it is nested too deeply." : "the parser gave up.";
    return { comments: [], mistakes: [{ start: 0, end: 0, message }] };
  }
}

function parsed(tree: SyntaxTree, { mended, mistakes }: Mending): ParsedText {
  restoreRanges(tree, mended);
  const comments = (tree.comments ?? []).map((comment) => ({
    start: comment.range[0],
    end: comment.range[1],
    block: comment.type === "Block",
    text: comment.value,
  }));
  return { tree, comments, mistakes };
}

function convert(file: ts.SourceFile, withComments: boolean): SyntaxTree | Complaint {
  try {
    forgetComplaints(file);
    // It takes a source file in place of a text, although its types do not say so.
    return parse(file as unknown as string, {
      loc: true,
      range: true,
      comment: withComments,
      jsDocParsingMode: "none",
      suppressDeprecatedPropertyWarnings: true,
      // What only a type checker complains of does not keep us from reading the rest.
      allowInvalidAST: true,
      loggerFn: false,
    });
  } catch (error) {
    if (!(error instanceof TSError)) throw error;
    const { start, end } = error.location;
    return { code: 0, start: start.offset, end: end.offset, message: error.message };
  }
}
