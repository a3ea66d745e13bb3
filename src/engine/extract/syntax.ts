import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import type { Span } from "../base/location.ts";
import type { Node } from "./variables.ts";

export function spanOf(node: Node): Span {
  return { start: node.range[0], end: node.range[1] };
}

/** The expression without the wrappers that only the type checker (or `?.`) cares for. */
export function unwrap(node: Node): Node {
  let inner = node;
  for (;;) {
    if (
      inner.type === T.TSNonNullExpression ||
      inner.type === T.TSAsExpression ||
      inner.type === T.TSSatisfiesExpression ||
      inner.type === T.TSTypeAssertion ||
      inner.type === T.TSInstantiationExpression ||
      inner.type === T.ChainExpression
    ) {
      inner = inner.expression;
    } else return inner;
  }
}

/** The variable, `this` or `super` at the start of a chain of member accesses; `o` of `o.user.email`. */
export function rootOf(
  node: Node,
): TSESTree.Identifier | TSESTree.ThisExpression | TSESTree.Super | undefined {
  let inner = unwrap(node);
  while (inner.type === T.MemberExpression) inner = unwrap(inner.object);
  return inner.type === T.Identifier || inner.type === T.ThisExpression || inner.type === T.Super
    ? inner
    : undefined;
}

/** The root of a chain of calls: `query` of `query.where(a).limit(1)`. */
export function chainRootOf(node: Node): ReturnType<typeof rootOf> {
  let inner = unwrap(node);
  while (inner.type === T.MemberExpression || inner.type === T.CallExpression)
    inner = unwrap(inner.type === T.CallExpression ? inner.callee : inner.object);
  return rootOf(inner);
}

/** The variables that an expression's value is, or is a part of, when nothing is made anew: `a` and `b` of `a.x ?? b`. */
export function sourcesOf(node: Node): Node[] {
  const found: Node[] = [];
  const pending: Node[] = [node];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const inner = unwrap(next);
    if (inner.type === T.LogicalExpression) pending.push(inner.left, inner.right);
    else if (inner.type === T.ConditionalExpression) pending.push(inner.consequent, inner.alternate);
    else {
      const root = rootOf(inner);
      if (root) found.push(root);
    }
  }
  return found;
}

/** The name of a member access that is plain from the syntax: `email` of `o.email`. */
export function staticMemberName(node: TSESTree.MemberExpression): string | undefined {
  if (node.property.type === T.PrivateIdentifier) return `#${node.property.name}`;
  if (!node.computed) return node.property.type === T.Identifier ? node.property.name : undefined;
  return node.property.type === T.Literal && typeof node.property.value === "string"
    ? node.property.value
    : undefined;
}

/** Whether the syntax shows that the value is nothing a call could change. */
export function isPlainExpression(node: Node): boolean {
  const inner = unwrap(node);
  switch (inner.type) {
    case T.Literal:
    case T.TemplateLiteral:
    case T.ArrowFunctionExpression:
    case T.FunctionExpression:
    case T.ClassExpression:
    case T.UnaryExpression:
      return true;
    case T.CallExpression:
      return inner.callee.type === T.Identifier && inner.callee.name === "require";
    default:
      return false;
  }
}

export type FunctionNode =
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression
  | TSESTree.ArrowFunctionExpression;

export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** A function's parameters; the `this` that TypeScript lets one declare is none. */
export function paramsOf(node: FunctionNode | undefined): TSESTree.Parameter[] {
  return (node?.params ?? []).filter((param) => param.type !== T.Identifier || param.name !== "this");
}

export function isFunctionNode(node: Node): node is FunctionNode {
  return (
    node.type === T.ArrowFunctionExpression ||
    node.type === T.FunctionExpression ||
    node.type === T.FunctionDeclaration
  );
}
