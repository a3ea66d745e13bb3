import { AST_NODE_TYPES as T } from "@typescript-eslint/types";
import type { SyntaxTree } from "../parse/index.ts";
import { nameVisitors } from "./name-visitors.ts";
import { NameWalk } from "./name-walk.ts";
import type { Node, Scope } from "./variables.ts";

/** TypeScript's nodes that hold expressions; all others are types, and types name no values. */
const typescriptWithValues: ReadonlySet<string> = new Set([
  T.TSAsExpression,
  T.TSSatisfiesExpression,
  T.TSNonNullExpression,
  T.TSTypeAssertion,
  T.TSInstantiationExpression,
  T.TSEnumDeclaration,
  T.TSModuleDeclaration,
  T.TSModuleBlock,
  T.TSExportAssignment,
  T.TSImportEqualsDeclaration,
]);

/** Goes over a tree in source order. It keeps its own stack: code may nest deeper than the machine's. */
export function walkNames(tree: SyntaxTree): NameWalk {
  const walk = new NameWalk(tree);
  const stack: { node: Node; scope: Scope }[] = [];
  for (const statement of tree.body.toReversed()) stack.push({ node: statement, scope: walk.root });
  for (let next = stack.pop(); next; next = stack.pop()) {
    visit(walk, next.node, next.scope);
    for (const item of walk.takeFound().reverse()) stack.push(item);
  }
  return walk;
}

function visit(walk: NameWalk, node: Node, scope: Scope): void {
  const visitor = nameVisitors[node.type];
  if (visitor) visitor(walk, node, scope);
  else if (!node.type.startsWith("TS") || typescriptWithValues.has(node.type)) walk.children(node, scope);
}
