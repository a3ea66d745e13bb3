import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import type { Span } from "../base/location.ts";
import { conditionsOf, under } from "./conditions.ts";
import type { State } from "./environment.ts";
import type { ValueId } from "./facts.ts";
import { applyGuard } from "./guards.ts";
import { bindPattern, lowerLoad, lowerMemberTarget, lowerStore, nameOfTarget } from "./lower-pattern.ts";
import type { Lowering } from "./lowering.ts";
import { spanOf, unwrap } from "./syntax.ts";
import type { Node } from "./variables.ts";

/** Longer texts are not folded: what counts in them is that they are constant parts. */
const longestConstant = 4_000;

/** `a + b + …` and other binary operators. Chains are walked in a loop: generated code has thousands of operands. */
export function lowerBinary(c: Lowering, node: TSESTree.BinaryExpression): ValueId {
  const spine: TSESTree.BinaryExpression[] = [];
  let first: Node = node;
  while (first.type === T.BinaryExpression) {
    spine.push(first);
    first = first.left;
  }
  let spans = [spanOf(first)];
  let parts = [first.type === T.PrivateIdentifier ? c.builder.opaque(spanOf(first)) : c.expression(first)];
  for (const operation of spine.reverse()) {
    const right = c.expression(operation.right);
    parts =
      operation.operator === "+"
        ? addPart(c, parts, right, spanOf(operation))
        : [c.builder.number(spanOf(operation))];
    spans = parts.length > 1 ? [...spans, spanOf(operation.right)] : [spanOf(operation)];
  }
  return joinParts(c, parts, spanOf(node), spans);
}

/** The parts of a text with one more at its end. Sums of numbers hold no text. */
function addPart(c: Lowering, parts: ValueId[], right: ValueId, span: Span): ValueId[] {
  const { builder } = c;
  const isText = (id: ValueId) =>
    builder.values.draft(id).op === "concat" || typeof builder.values.constant(id) === "string";
  const text = parts.length > 1 || parts.some(isText) || isText(right);
  // What a number is added to counts; what is added to a number may be a text.
  if (!text && builder.isNumber(right)) return [builder.number(span)];
  parts.push(right);
  return parts;
}

/** The text that some parts make: constant when they all are. */
export function joinParts(
  c: Lowering,
  parts: readonly ValueId[],
  span: Span,
  partSpans?: readonly Span[],
): ValueId {
  const { builder } = c;
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return only;
  const constants = parts.map((part) => builder.values.constant(part));
  if (constants.every((constant) => constant !== undefined)) {
    const value = constants.join("");
    if (value.length <= longestConstant) return builder.emit({ op: "const", value, span });
  }
  return builder.emit({ op: "concat", parts, ...(partSpans && { partSpans }), span });
}

/** `&&`, `||` and `??`: each operand but the first is lowered as a path of its own. */
export function lowerLogical(c: Lowering, node: TSESTree.LogicalExpression, name?: string): ValueId {
  const operands: Node[] = [];
  let first: Node = node;
  while (first.type === T.LogicalExpression && first.operator === node.operator) {
    operands.push(first.right);
    first = first.left;
  }
  const values = [c.expression(first, name)];
  let last: Node = first;
  under(c, [], () => {
    for (const operand of operands.reverse()) {
      const conditions = node.operator === "??" ? [] : conditionsOf(c, last, node.operator === "&&");
      c.builder.environment.fork();
      if (node.operator !== "??") applyGuard(c, last, node.operator === "&&");
      c.builder.conditions.push(...conditions);
      values.push(c.expression(operand, name));
      last = operand;
    }
  });
  closeForks(
    c,
    operands.map(() => new Map()),
    spanOf(node),
  );
  if (node.operator === "&&") return values.at(-1) as ValueId;
  return c.builder.values.join(values, spanOf(node), node.operator);
}

/** Closes forks that were opened one inside the other, joining each with the path beside it. */
export function closeForks(c: Lowering, beside: readonly (State | undefined)[], span: Span): void {
  for (const other of beside.toReversed()) {
    const state = c.builder.environment.endFork();
    c.builder.environment.join([other, state], span);
  }
}

/** `test ? a : b`. Chains of `:` are walked in a loop. */
export function lowerConditional(c: Lowering, node: TSESTree.ConditionalExpression, name?: string): ValueId {
  const values: ValueId[] = [];
  const beside: (State | undefined)[] = [];
  let rest: Node = node;
  under(c, [], () => {
    while (rest.type === T.ConditionalExpression) {
      const { test, consequent } = rest;
      c.expression(test);
      const [holds, fails] = [conditionsOf(c, test, true), conditionsOf(c, test, false)];
      beside.push(
        c.builder.path(() => {
          applyGuard(c, test, true);
          under(c, holds, () => values.push(c.expression(consequent, name)));
        }),
      );
      c.builder.environment.fork();
      applyGuard(c, test, false);
      c.builder.conditions.push(...fails);
      rest = rest.alternate;
    }
    values.push(c.expression(rest, name));
  });
  closeForks(c, beside, spanOf(node));
  return c.builder.values.join(values, spanOf(node));
}

export function lowerUnary(c: Lowering, node: TSESTree.UnaryExpression): ValueId {
  const { builder } = c;
  const span = spanOf(node);
  const argument = unwrap(node.argument);
  if (node.operator === "delete" && argument.type === T.MemberExpression) {
    const { object, key } = lowerMemberTarget(c, argument);
    if ("constant" in key) {
      const newest = builder.newest(object);
      const deleted = builder.emit({ op: "delete", object: newest, key: key.constant, span });
      builder.change(newest, deleted, span);
    }
    return builder.opaque(span);
  }
  const operand = c.expression(node.argument);
  if (node.operator === "-" || node.operator === "+") {
    const constant = builder.values.constant(operand);
    if (typeof constant !== "number") return builder.number(span);
    // Not `-0`, which is lost on the way through a cache.
    return builder.emit({ op: "const", value: (node.operator === "-" ? -constant : constant) || 0, span });
  }
  return node.operator === "~" ? builder.number(span) : builder.opaque(span);
}

export function lowerUpdate(c: Lowering, node: TSESTree.UpdateExpression): ValueId {
  const span = spanOf(node);
  const changed = c.builder.number(span);
  bindPattern(c, node.argument, changed, span);
  return changed;
}

export function lowerAssignment(c: Lowering, node: TSESTree.AssignmentExpression): ValueId {
  const span = spanOf(node);
  const target = unwrap(node.left);
  const member = target.type === T.MemberExpression && !c.file.names.variableOf.has(target);
  if (!member) {
    const value = lowerAssigned(c, node, () => c.expression(node.left));
    bindPattern(c, node.left, value, span);
    return value;
  }
  const { object, key } = lowerMemberTarget(c, target);
  const value = lowerAssigned(c, node, () => lowerLoad(c, c.builder.newest(object), key, spanOf(target)));
  lowerStore(c, object, key, value, span);
  return value;
}

/** What an assignment assigns; the compound ones start from the old value. */
function lowerAssigned(c: Lowering, node: TSESTree.AssignmentExpression, old: () => ValueId): ValueId {
  const span = spanOf(node);
  const name = nameOfTarget(node.left);
  if (node.operator === "=") return c.expression(node.right, name);
  if (node.operator === "+=") {
    const before = old();
    return joinParts(c, addPart(c, [before], c.expression(node.right), span), span);
  }
  if (node.operator !== "??=" && node.operator !== "||=" && node.operator !== "&&=") {
    old();
    c.expression(node.right);
    return c.builder.number(span);
  }
  const before = old();
  let right = before;
  const path = c.builder.path(() => {
    right = c.expression(node.right, name);
  });
  c.builder.environment.join([path, new Map()], span);
  return node.operator === "&&=" ? right : c.builder.values.join([before, right], span);
}
