import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import type { Lowering } from "./lowering.ts";
import { spanOf, unwrap } from "./syntax.ts";
import type { Node } from "./variables.ts";

/** Within the current path a condition holds (or not): variables that it compares with a constant are that constant. */
export function applyGuard(c: Lowering, condition: Node, holds: boolean): void {
  const pending: { node: Node; holds: boolean }[] = [{ node: condition, holds }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const node = unwrap(next.node);
    if (node.type === T.UnaryExpression && node.operator === "!") {
      pending.push({ node: node.argument, holds: !next.holds });
    } else if (node.type === T.LogicalExpression && node.operator === (next.holds ? "&&" : "||")) {
      pending.push({ node: node.right, holds: next.holds }, { node: node.left, holds: next.holds });
    } else if (node.type === T.BinaryExpression) applyComparison(c, node, next.holds);
  }
}

function applyComparison(c: Lowering, node: TSESTree.BinaryExpression, holds: boolean): void {
  const equal = node.operator === "===" || node.operator === "==";
  const unequal = node.operator === "!==" || node.operator === "!=";
  if (!(holds ? equal : unequal)) return;
  pinTo(c, node.left, node.right);
  pinTo(c, node.right, node.left);
}

/** Pins a variable to a literal; other expressions are left alone. */
export function pinTo(c: Lowering, subject: Node, literal: Node): void {
  const identifier = unwrap(subject);
  const value = unwrap(literal);
  if (identifier.type !== T.Identifier || value.type !== T.Literal) return;
  if (typeof value.value !== "string" && typeof value.value !== "number") return;
  const variable = c.file.names.variableOf.get(identifier);
  if (!variable || variable.imported) return;
  const constant = c.builder.emit({ op: "const", value: value.value, span: spanOf(value) });
  c.builder.values.bindName(constant, variable.name);
  c.builder.environment.pin(variable, constant);
}
