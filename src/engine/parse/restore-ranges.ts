import { simpleTraverse, type TSESTree } from "@typescript-eslint/typescript-estree";
import { lineStartsOf, positionAt } from "../base/location.ts";
import { type MendedText, originalOffset } from "./mended-text.ts";
import type { SyntaxTree } from "./parsed-file.ts";

/** Moves every range of a tree of the mended text to where it stands in the original text. */
export function restoreRanges(tree: SyntaxTree, mended: MendedText): void {
  if (mended.inserted.length === 0) return;
  // What is inserted never holds a line break, so lines stay, and the columns follow from the mended text's lines.
  const lineStarts = lineStartsOf(mended.text);
  const original = (offset: number) => originalOffset(mended, offset);
  const place = (offset: number) => {
    const { line } = positionAt(lineStarts, offset);
    return { line: line + 1, column: original(offset) - original(lineStarts[line] ?? 0) };
  };
  const restore = (node: TSESTree.Node | TSESTree.Comment): void => {
    const [start, end] = node.range;
    node.loc = { start: place(start), end: place(end) };
    node.range = [original(start), original(end)];
  };
  const seen = new Set<TSESTree.Node>();
  simpleTraverse(tree, {
    enter(node) {
      // Shorthand properties hold one node twice.
      if (seen.has(node)) return;
      seen.add(node);
      restore(node);
    },
  });
  tree.comments?.forEach(restore);
}
