import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import type { Accepted, Narrowed, ValueId } from "./facts.ts";
import { isPath, type Pin, type Place, placeOf } from "./guard-places.ts";
import { foundPins, listedPins, whenFound, withoutCase } from "./listed-guards.ts";
import type { Lowering } from "./lowering.ts";
import { ownerPins } from "./owner-pins.ts";
import { rootOf, spanOf, staticMemberName, unwrap } from "./syntax.ts";
import { isStillObject } from "./value-list.ts";
import type { Node } from "./variables.ts";

/** Conditions inside conditions that are looked at, at most. */
const deepest = 12;

/** Within the current path a condition holds (or not): what it compares with constants is one of those constants. */
export function applyGuard(c: Lowering, condition: Node, holds: boolean): void {
  for (const pin of pinsOf(c, condition, holds, 0)) applyPin(c, pin);
}

/** What a parameter is where a condition of its own holds: as far as the condition speaks of keys in it. */
export function acceptedBy(c: Lowering, condition: Node, param: ValueId | undefined): Accepted | undefined {
  if (param === undefined) return undefined;
  for (const { place, value } of pinsOf(c, condition, true, 0)) {
    const listed = listedIn(c, value);
    if (!("variable" in place) || listed === undefined) continue;
    const held = c.builder.environment.get(place.variable);
    if (held === undefined) continue;
    if (c.builder.values.resolve(held) === param) return { value: listed };
    const draft = c.builder.values.draft(held);
    if (draft.op === "load" && c.builder.values.resolve(draft.object) === param)
      return { value: listed, at: draft.key };
  }
  return undefined;
}

/** What was told of a key before it was found to be one of some constants. */
function listedIn(c: Lowering, id: ValueId): ValueId | undefined {
  const draft = c.builder.values.draft(id);
  if (draft.op === "narrowed") return listedIn(c, draft.value);
  return draft.op === "listed" ? id : undefined;
}

/** Names of functions that come back only where something holds. */
const asserting = /^(assert|ensure|check|validate|verify|require|must|guard|invariant|is[A-Z])/i;

/** A call that came back has shown something: `assertUser(value)`, `assert(value.kind === "user")`. */
export function applyAssertion(c: Lowering, expression: Node): void {
  let node = unwrap(expression);
  if (node.type === T.AwaitExpression) node = unwrap(node.argument);
  if (node.type !== T.CallExpression) return;
  const callee = unwrap(node.callee);
  const name =
    callee.type === T.Identifier
      ? callee.name
      : callee.type === T.MemberExpression
        ? staticMemberName(callee)
        : undefined;
  if (name === undefined || !asserting.test(name)) return;
  const [condition] = node.arguments;
  if (condition && callee.type === T.Identifier && /^(assert|invariant)$/.test(name))
    applyGuard(c, condition, true);
  else for (const pin of judgedPins(c, node, "returns")) applyPin(c, pin);
}

/** Within the current path, an expression is equal to one of some others. */
export function pinTo(c: Lowering, subject: Node, others: readonly Node[]): void {
  let known: readonly Pin[] | undefined;
  for (const other of others) {
    const pins = equalPins(c, subject, other);
    known = known ? known.flatMap((pin) => joinPins(c, pin, pins, other)) : pins;
  }
  for (const pin of known ?? []) applyPin(c, pin);
}

function applyPin(c: Lowering, { place, value }: Pin): void {
  if ("variable" in place) {
    c.builder.values.bindName(value, place.variable.name);
    c.builder.environment.pin(place.variable, value);
  } else c.builder.environment.pinField(place.object, place.key, value);
}

function pinsOf(c: Lowering, condition: Node, outcome: boolean, depth: number): readonly Pin[] {
  let holds = outcome;
  let node = unwrap(condition);
  for (; node.type === T.UnaryExpression && node.operator === "!"; node = unwrap(node.argument))
    holds = !holds;
  if (depth > deepest) return [];
  if (node.type === T.AwaitExpression) node = unwrap(node.argument);
  if (node.type === T.LogicalExpression && node.operator !== "??") {
    const operands = operandsOf(node);
    return (node.operator === "&&") === holds
      ? chainPins(
          c,
          operands.flatMap((operand) => pinsOf(c, operand, holds, depth + 1)),
        )
      : alternatives(c, operands, holds, depth + 1);
  }
  if (node.type === T.BinaryExpression) return comparisonPins(c, node, holds);
  if (node.type === T.CallExpression)
    return chainPins(c, [
      ...judgedPins(c, node, holds),
      ...listedPins(c, node, holds),
      ...(holds ? memberPins(c, node) : []),
    ]);
  if (node.type === T.MemberExpression && node.computed)
    return [...listedPins(c, node, holds), ...falsyPins(c, node, holds)];
  const answered = node.type === T.Identifier ? answeredPins(c, node, holds, depth) : [];
  return [...answered, ...falsyPins(c, node, holds)];
}

/** Nothing of the data is in what is false: an empty text, `undefined`. */
function falsyPins(c: Lowering, node: Node, holds: boolean): readonly Pin[] {
  const place = holds ? undefined : placeOf(c, node);
  return place ? [{ place, value: c.builder.opaque(spanOf(node)) }] : [];
}

/** A constant that holds the answer to a question: it still holds of what has not changed since. */
function answeredPins(c: Lowering, node: TSESTree.Identifier, holds: boolean, depth: number): readonly Pin[] {
  const variable = c.file.names.variableOf.get(node);
  const answer = variable && c.builder.answers.get(variable);
  if (!answer || c.builder.environment.openLoops().some(({ start }) => start > answer.range[0])) return [];
  const since = (at: number) => at > answer.range[1] && at < node.range[0];
  return pinsOf(c, answer, holds, depth + 1).filter(({ place }) =>
    "variable" in place ? !place.variable.assignments.some(since) : !place.root.mutations.some(since),
  );
}

/** What a call judges by its answer: its arguments, and the object that it is a method of. */
function judgedPins(c: Lowering, node: TSESTree.CallExpression, holds: boolean | "returns"): readonly Pin[] {
  const call = c.builder.calls.get(node);
  if (call === undefined) return [];
  const callee = unwrap(node.callee);
  const judged = node.arguments.map((argument, index) => [argument, index] as const);
  const all: (readonly [Node, number])[] =
    callee.type === T.MemberExpression ? [[callee.object, -1], ...judged] : [...judged];
  return all.flatMap(([subject, argument]) => {
    const inner = unwrap(subject);
    const place = placeOf(c, inner);
    if (!place) return [];
    const value = c.expression(inner);
    const judgement = c.builder.emit({ op: "judged", value, call, argument, holds, span: spanOf(inner) });
    c.builder.values.setObject(judgement, c.builder.values.objectOf(value));
    return [{ place, value: judgement }];
  });
}

/** Of several conditions that hold at once, what one says of a place is said of what the others left of it. */
function chainPins(c: Lowering, pins: readonly Pin[]): readonly Pin[] {
  const chained: Pin[] = [];
  for (const pin of pins) {
    const at = chained.findIndex((each) => samePlace(c, each.place, pin.place));
    const before = chained[at];
    if (!before) {
      chained.push(pin);
      continue;
    }
    const draft = c.builder.values.draft(pin.value);
    // A constant says more than any judgement.
    const isNext = draft.op === "judged" || draft.op === "instance-of" || draft.op === "listed";
    if (!isNext && draft.op !== "narrowed") chained[at] = pin;
    else if (isJudgement(c, before.value)) {
      const value = c.builder.emit({ ...draft, value: before.value });
      if (isNext || isStillObject(draft))
        c.builder.values.setObject(value, c.builder.values.objectOf(before.value));
      chained[at] = { place: pin.place, value };
    }
  }
  return chained;
}

function isJudgement(c: Lowering, id: ValueId): boolean {
  const draft = c.builder.values.draft(id);
  if (draft.op === "narrowed") return draft.to === "primitive" || isStillObject(draft);
  return draft.op === "judged" || draft.op === "instance-of" || draft.op === "listed";
}

function operandsOf(node: TSESTree.LogicalExpression): Node[] {
  const operands: Node[] = [];
  let first: Node = node;
  while (first.type === T.LogicalExpression && first.operator === node.operator) {
    operands.push(first.right);
    first = unwrap(first.left);
  }
  return [first, ...operands.reverse()];
}

/** One of some conditions holds: only a place that they all speak of is known, as what one or the other says. */
function alternatives(c: Lowering, operands: readonly Node[], holds: boolean, depth: number): readonly Pin[] {
  let known: readonly Pin[] | undefined;
  for (const operand of operands) {
    const pins = pinsOf(c, operand, holds, depth);
    known = known ? known.flatMap((pin) => joinPins(c, pin, pins, operand)) : pins;
    if (known.length === 0) return [];
  }
  return known ?? [];
}

function joinPins(c: Lowering, pin: Pin, others: readonly Pin[], node: Node): readonly Pin[] {
  const same = others.filter((other) => samePlace(c, pin.place, other.place));
  if (same.length === 0) return [];
  const values = [pin.value, ...same.map((other) => other.value)];
  return [{ place: pin.place, value: c.builder.values.join(values, spanOf(node)) }];
}

function samePlace(c: Lowering, a: Place, b: Place): boolean {
  if ("variable" in a) return "variable" in b && a.variable === b.variable;
  const { values } = c.builder;
  return "key" in b && a.key === b.key && values.objectOf(a.object) === values.objectOf(b.object);
}

function comparisonPins(c: Lowering, node: TSESTree.BinaryExpression, holds: boolean): readonly Pin[] {
  if (node.operator === "instanceof") return classPins(c, node, holds);
  const equal = node.operator === "===" || node.operator === "==";
  const unequal = node.operator === "!==" || node.operator === "!=";
  const found = [...foundPins(c, node, holds), ...indexPins(c, node, holds)];
  if (!(holds ? equal : unequal)) return [...found, ...(equal || unequal ? unequalPins(c, node) : [])];
  return [...equalPins(c, node.left, node.right), ...equalPins(c, node.right, node.left), ...found];
}

/** `["a", "b"].indexOf(x) >= 0` */
function indexPins(c: Lowering, node: TSESTree.BinaryExpression, holds: boolean): readonly Pin[] {
  const search = unwrap(node.left);
  return search.type === T.CallExpression && whenFound(node) === holds
    ? memberPins(c, search, ["indexOf"])
    : [];
}

/** `typeof x !== "object"`, `typeof x !== "string"`. */
function unequalPins(c: Lowering, node: TSESTree.BinaryExpression): readonly Pin[] {
  const subject = unwrap(node.left);
  const type = unwrap(node.right);
  if (subject.type !== T.UnaryExpression || subject.operator !== "typeof") return [];
  if (type.type !== T.Literal) return [];
  if (type.value === "string") return narrowedTo(c, subject.argument, "no-text");
  return type.value === "object" ? narrowedTo(c, subject.argument, "primitive") : [];
}

/** `error instanceof HttpError` */
function classPins(c: Lowering, node: TSESTree.BinaryExpression, holds: boolean): readonly Pin[] {
  const subject = unwrap(node.left);
  const place = placeOf(c, subject);
  if (!place || !isPath(node.right)) return [];
  const value = c.expression(subject);
  const span = spanOf(subject);
  const shown = c.builder.emit({ op: "instance-of", value, class: c.expression(node.right), holds, span });
  c.builder.values.setObject(shown, c.builder.values.objectOf(value));
  return [{ place, value: shown }];
}

function equalPins(c: Lowering, subject: Node, other: Node): readonly Pin[] {
  const inner = unwrap(subject);
  if (inner.type === T.UnaryExpression && inner.operator === "typeof") return typePins(c, inner, other);
  if (!mayBeConstant(c, other)) return [];
  const place = placeOf(c, inner);
  if (!place) return [];
  const told = { place, value: narrowed(c, inner, c.expression(unwrap(other)), other) };
  return [...ownerPins(c, inner, c.expression(unwrap(other))), told];
}

/** `typeof x === "number"`, `typeof x === "string"`, `typeof x === "object"`. */
function typePins(c: Lowering, node: TSESTree.UnaryExpression, other: Node): readonly Pin[] {
  const type = unwrap(other);
  if (type.type !== T.Literal) return [];
  const span = spanOf(node);
  if (type.value === "boolean" || type.value === "undefined") {
    const place = placeOf(c, unwrap(node.argument));
    return place ? [{ place, value: c.builder.opaque(span) }] : [];
  }
  const to = type.value;
  if (to === "bigint") return narrowedTo(c, node.argument, "primitive");
  return to === "number" || to === "string" || to === "object" ? narrowedTo(c, node.argument, to) : [];
}

function narrowedTo(c: Lowering, subject: Node, to: Narrowed): readonly Pin[] {
  const place = placeOf(c, unwrap(subject));
  if (!place) return [];
  const { values } = c.builder;
  const value = c.expression(subject);
  const narrow = c.builder.emit({ op: "narrowed", value, to, span: spanOf(subject) });
  if (isStillObject(values.draft(narrow))) values.setObject(narrow, values.objectOf(value));
  return [{ place, value: narrow }];
}

/** `["a", "b"].includes(x)`, `kinds.has(x)`. */
function memberPins(
  c: Lowering,
  node: TSESTree.CallExpression,
  methods: readonly (string | undefined)[] = ["includes", "has"],
): readonly Pin[] {
  const callee = unwrap(node.callee);
  const [argument] = node.arguments;
  if (callee.type !== T.MemberExpression || !argument || node.arguments.length > 1) return [];
  if (!methods.includes(staticMemberName(callee)) || !mayBeConstant(c, callee.object)) return [];
  const subject = unwrap(argument);
  const place = placeOf(c, subject);
  const span = spanOf(callee.object);
  const element = c.builder.emit({ op: "element", iterable: c.expression(callee.object), span });
  const owner = ownerPins(c, withoutCase(subject).node, element);
  return place ? [...owner, { place, value: narrowed(c, subject, element, callee.object) }] : owner;
}

/** The value of a place that equals another value: that one where it is constant, now or as other modules tell. */
function narrowed(c: Lowering, subject: Node, to: ValueId, node: Node): ValueId {
  const { builder } = c;
  const constant = builder.values.constant(to);
  const span = spanOf(node);
  if (typeof constant === "string" || typeof constant === "number")
    return builder.emit({ op: "const", value: constant, span });
  if (constant !== undefined || builder.values.draft(to).op === "opaque") return builder.opaque(span);
  return builder.emit({ op: "narrowed", value: c.expression(subject), to, span });
}

/** Literals, lists of them, and names or members of what a module declares once. */
function mayBeConstant(c: Lowering, node: Node): boolean {
  const inner = unwrap(node);
  if (inner.type === T.ArrayExpression) {
    return inner.elements.every((element) => element !== null && mayBeConstant(c, element));
  }
  if (inner.type === T.Literal) return true;
  if (inner.type === T.TemplateLiteral) return inner.expressions.length === 0;
  if (inner.type === T.Identifier && inner.name === "undefined") return true;
  if (!isPath(inner)) return false;
  const root = rootOf(inner);
  const variable = root && c.file.names.variableOf.get(root);
  if (!variable || variable.kind === "let" || variable.kind === "param") return false;
  return (
    variable.imported !== undefined || variable.owner === c.file.names.module || inner.type === T.Identifier
  );
}
