import { AST_NODE_TYPES as T } from "@typescript-eslint/types";
import type { Condition, ValueId } from "./facts.ts";
import type { Lowering } from "./lowering.ts";
import { unwrap } from "./syntax.ts";
import type { Node } from "./variables.ts";

/** What has to be so of parameters for a path to be taken where `test` holds: `kind === "mail"`, also beside others. */
export function conditionsOf(c: Lowering, test: Node): readonly Condition[] {
  const node = unwrap(test);
  if (node.type === T.LogicalExpression && node.operator === "&&")
    return [...conditionsOf(c, node.left), ...conditionsOf(c, node.right)];
  if (node.type !== T.BinaryExpression || (node.operator !== "===" && node.operator !== "==")) return [];
  const [subject, other] = isLiteral(node.left) ? [node.right, node.left] : [node.left, node.right];
  const inner = unwrap(subject);
  if (!isLiteral(other) || (inner.type !== T.Identifier && inner.type !== T.MemberExpression)) return [];
  return caseCondition(c, c.expression(inner), [other]);
}

/** What has to be so for one of some `case`s to be taken. */
export function caseCondition(c: Lowering, value: ValueId, tests: readonly Node[]): readonly Condition[] {
  const among: (string | number)[] = [];
  for (const test of tests) {
    const constant = c.builder.values.constant(c.expression(test));
    if (typeof constant !== "string" && typeof constant !== "number") return [];
    among.push(constant);
  }
  return among.length > 0 && isOfParameter(c, value) ? [{ value, among }] : [];
}

/** Only callers know it. */
function isOfParameter(c: Lowering, id: ValueId): boolean {
  let draft = c.builder.values.draft(id);
  while (draft.op === "load" || draft.op === "typed")
    draft = c.builder.values.draft(draft.op === "load" ? draft.object : draft.value);
  return draft.op === "param";
}

function isLiteral(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === T.Literal || (inner.type === T.TemplateLiteral && inner.expressions.length === 0);
}

/** Lowers what is reached only under some conditions. */
export function under(c: Lowering, conditions: readonly Condition[], lower: () => void): void {
  const { conditions: open } = c.builder;
  open.push(...conditions);
  lower();
  open.length -= conditions.length;
}
