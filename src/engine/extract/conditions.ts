import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import type { Condition, Constant, Test, ValueId } from "./facts.ts";
import { isPath } from "./guard-places.ts";
import type { Lowering } from "./lowering.ts";
import { unwrap } from "./syntax.ts";
import type { Draft } from "./value-list.ts";
import type { Node } from "./variables.ts";

/**
 * What has to be so, of values that only callers know, for a path to be taken where `test` holds, or does not: `logging`,
 * `kind === "mail"`, `!options.user`, also beside others.
 */
export function conditionsOf(c: Lowering, test: Node, holds: boolean): readonly Condition[] {
  const node = unwrap(test);
  if (node.type === T.UnaryExpression && node.operator === "!") return conditionsOf(c, node.argument, !holds);
  if (node.type === T.LogicalExpression) {
    if (node.operator === "??" || (node.operator === "&&") !== holds) return [];
    return [...conditionsOf(c, node.left, holds), ...conditionsOf(c, node.right, holds)];
  }
  if (node.type === T.BinaryExpression) return comparisonCondition(c, node, holds);
  return tested(c, node, { truthy: holds });
}

function comparisonCondition(
  c: Lowering,
  node: TSESTree.BinaryExpression,
  holds: boolean,
): readonly Condition[] {
  const equal = node.operator === "===" || node.operator === "==";
  if (!equal && node.operator !== "!==" && node.operator !== "!=") return [];
  const loose = node.operator === "==" || node.operator === "!=";
  const [left, right] = [unwrap(node.left), unwrap(node.right)];
  const [subject, other] = toldConstant(c, left) ? [right, left] : [left, right];
  const not = equal === holds ? {} : ({ not: true } as const);
  if (subject.type === T.UnaryExpression && subject.operator === "typeof")
    return other.type === T.Literal && other.value === "undefined"
      ? tested(c, unwrap(subject.argument), { among: [], missing: true, ...not })
      : [];
  const told = toldConstant(c, other);
  if (!told) return [];
  const missing = told.constant === undefined || (loose && told.constant === null);
  const among = told.constant === undefined ? (loose ? [null] : []) : [told.constant];
  return tested(c, subject, { among, ...(missing && { missing: true }), ...not });
}

/** What has to be so for one of some `case`s to be taken, or (`not`) none of them. */
export function caseCondition(
  c: Lowering,
  value: ValueId,
  tests: readonly Node[],
  not = false,
): readonly Condition[] {
  const among: Constant[] = [];
  for (const test of tests) {
    const constant = c.builder.values.constant(c.expression(test));
    if (constant === undefined) return [];
    among.push(constant);
  }
  return among.length > 0 && isCallers(c, value)
    ? [{ value, test: { among, ...(not && { not: true as const }) } }]
    : [];
}

function tested(c: Lowering, node: Node, test: Test): readonly Condition[] {
  if (!isPath(node)) return [];
  const value = c.expression(node);
  if (isCallers(c, value)) return [{ value, test }];
  return [];
}

/** Steps from a value to the parameter that it is a part of, at most. */
const longestWay = 12;

/** Whether callers may know it: a part of a parameter, or of a variable of a function around, or what stands in for one. */
function isCallers(c: Lowering, id: ValueId): boolean {
  let draft = c.builder.values.draft(id);
  for (let steps = 0; steps < longestWay; steps++) {
    if (draft.op === "param") return true;
    if (draft.op === "cell") return draft.cell.owner !== 0;
    const inner = insideOf(draft);
    if (inner === undefined) return false;
    draft = c.builder.values.draft(inner);
  }
  return false;
}

function insideOf(draft: Draft): ValueId | undefined {
  switch (draft.op) {
    case "load":
    case "store":
      return draft.object;
    case "typed":
    case "narrowed":
    case "judged":
    case "listed":
    case "instance-of":
      return draft.value;
    case "post":
      return draft.before;
    case "phi":
      return draft.inputs[0];
    default:
      return undefined;
  }
}

function toldConstant(c: Lowering, node: Node): { readonly constant: Constant | undefined } | undefined {
  if (node.type === T.Identifier)
    return node.name === "undefined" && !c.file.names.variableOf.has(node)
      ? { constant: undefined }
      : undefined;
  if (node.type !== T.Literal && !(node.type === T.TemplateLiteral && node.expressions.length === 0))
    return undefined;
  const constant = c.builder.values.constant(c.expression(node));
  return constant === undefined ? undefined : { constant };
}

/** Lowers what is reached only under some conditions; more may come to hold on the way. */
export function under(c: Lowering, conditions: readonly Condition[], lower: () => void): void {
  const { conditions: open } = c.builder;
  const before = open.length;
  open.push(...conditions);
  lower();
  open.length = before;
}
