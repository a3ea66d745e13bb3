import { AST_NODE_TYPES as T } from "@typescript-eslint/types";
import { visitorKeys } from "@typescript-eslint/visitor-keys";
import { positionAt } from "../base/location.ts";
import type { Comment, ParsedFile, SyntaxTree } from "../parse/index.ts";
import type { DocTag } from "./facts.ts";
import type { Node } from "./variables.ts";

/** What a tag can stand before. */
const declarations: ReadonlySet<string> = new Set([
  T.AccessorProperty,
  T.ClassDeclaration,
  T.ExportDefaultDeclaration,
  T.ExportNamedDeclaration,
  T.FunctionDeclaration,
  T.Identifier,
  T.MethodDefinition,
  T.Property,
  T.PropertyDefinition,
  T.TSAbstractMethodDefinition,
  T.TSAbstractPropertyDefinition,
  T.TSEnumDeclaration,
  T.TSInterfaceDeclaration,
  T.TSMethodSignature,
  T.TSParameterProperty,
  T.TSPropertySignature,
  T.TSTypeAliasDeclaration,
  T.VariableDeclaration,
  T.VariableDeclarator,
]);

/** Lines between the end of a tag's comment and its declaration, at most: decorators or other comments may stand there. */
const farthest = 3;

/** Reads the JSDoc tags of ours, and gives those that stand right before a declaration that starts at an offset. */
export function readDocTags(parsed: ParsedFile, tree: SyntaxTree): (start: number) => readonly DocTag[] {
  const tagged = parsed.comments
    .map((comment) => ({ comment, tags: tagsOf(comment) }))
    .filter(({ tags }) => tags.length > 0);
  if (tagged.length === 0) return () => [];
  const starts = declarationStarts(tree);
  const byStart = new Map<number, readonly DocTag[]>();
  const lineOf = (offset: number) => positionAt(parsed.lineStarts, offset).line;
  for (const { comment, tags } of tagged) {
    const start = starts.find((candidate) => candidate >= comment.end);
    if (start === undefined || lineOf(start) - lineOf(comment.end) > farthest) continue;
    byStart.set(start, [...(byStart.get(start) ?? []), ...tags]);
  }
  for (const [declaration, exported] of exportedAt(tree)) {
    const tags = byStart.get(exported);
    if (tags) byStart.set(declaration, tags);
  }
  return (start) => byStart.get(start) ?? [];
}

function tagsOf(comment: Comment): DocTag[] {
  if (!comment.block) return [];
  const tags: DocTag[] = [];
  for (const match of comment.text.matchAll(/@(pii|residency|sanitizes|channel)\b([^\r\n@]*)/g)) {
    const [whole, name, rest] = match;
    const start = comment.start + 2 + match.index;
    const written = whole.trimEnd();
    tags.push({
      name: name as DocTag["name"],
      text: (rest ?? "").trim(),
      span: { start, end: start + written.length },
    });
  }
  return tags;
}

/** Where exported declarations start, and where their `export` does: what is said before it, is said of them. */
function exportedAt(tree: SyntaxTree): Map<number, number> {
  const exported = new Map<number, number>();
  for (const node of tree.body) {
    if (node.type !== T.ExportNamedDeclaration && node.type !== T.ExportDefaultDeclaration) continue;
    if (node.declaration) exported.set(startOf(node.declaration), startOf(node));
  }
  return exported;
}

function declarationStarts(tree: SyntaxTree): number[] {
  const starts = new Set<number>();
  const stack: Node[] = [tree];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (declarations.has(node.type)) starts.add(startOf(node));
    for (const key of visitorKeys[node.type] ?? []) {
      const child = (node as unknown as Record<string, Node | (Node | null)[] | null | undefined>)[key];
      for (const item of Array.isArray(child) ? child : [child]) if (item) stack.push(item);
    }
  }
  return [...starts].sort((a, b) => a - b);
}

/** Where a declaration starts, its decorators included. */
export function startOf(node: Node): number {
  const decorators = "decorators" in node ? node.decorators : undefined;
  return Math.min(node.range[0], ...(decorators ?? []).map((decorator) => decorator.range[0]));
}
