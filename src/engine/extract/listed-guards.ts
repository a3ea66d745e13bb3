import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import type { ListedHow, ValueId } from "./facts.ts";
import { isPath, type Pin, placeOf } from "./guard-places.ts";
import type { Lowering } from "./lowering.ts";
import { spanOf, staticMemberName, unwrap } from "./syntax.ts";
import type { Node, Variable } from "./variables.ts";

/**
 * What conditions say of keys: `hidden.has(key)`, `key in hidden`, `hidden[key]`, `/secret/.test(key)`. They speak of the
 * variable that holds the key, and of the one that holds the value beside it.
 */
interface Search {
  readonly subject: Node;
  readonly list: ValueId;
  readonly how: ListedHow;
}

/** What a key is, and what stands beside it, where a call or an index has found it in a list, or has not. */
export function listedPins(
  c: Lowering,
  node: TSESTree.CallExpression | TSESTree.MemberExpression,
  holds: boolean,
): readonly Pin[] {
  const search = node.type === T.CallExpression ? searchOf(c, node) : indexOf(c, node);
  return search ? pinsOf(c, search, holds) : [];
}

/** The same of operators: `key in list`, `list.indexOf(key) >= 0`, `key === "email"`. */
export function foundPins(c: Lowering, node: TSESTree.BinaryExpression, outcome: boolean): readonly Pin[] {
  if (node.operator === "in") {
    if (!isPath(node.right)) return [];
    return pinsOf(c, { subject: node.left, list: c.expression(node.right), how: "keys" }, outcome);
  }
  const left = unwrap(node.left);
  if (left.type === T.CallExpression) {
    const found = whenFound(node);
    const search = found === undefined ? undefined : searchOf(c, left, "indexOf");
    if (search) return pinsOf(c, search, outcome === found);
  }
  const equal = node.operator === "===" || node.operator === "==";
  if (!equal && node.operator !== "!==" && node.operator !== "!=") return [];
  return [
    ...equalPins(c, node.left, node.right, outcome === equal),
    ...equalPins(c, node.right, node.left, outcome === equal),
  ];
}

/** Whether the comparison of an index with a number holds where something was found. */
export function whenFound({ operator, right }: TSESTree.BinaryExpression): boolean | undefined {
  const limit = unwrap(right);
  const isZero = limit.type === T.Literal && limit.value === 0;
  const isNegative = limit.type === T.UnaryExpression && limit.operator === "-";
  if (isZero && operator === ">=") return true;
  if (isZero && operator === "<") return false;
  if (isNegative && (operator === "!==" || operator === "!=" || operator === ">")) return true;
  return isNegative && (operator === "===" || operator === "==") ? false : undefined;
}

function equalPins(c: Lowering, subject: Node, other: Node, holds: boolean): readonly Pin[] {
  const constant = unwrap(other);
  if (constant.type !== T.Literal || typeof constant.value !== "string") return [];
  const inner = withoutCase(subject);
  const variable = c.file.names.variableOf.get(inner.node);
  if (!variable || !(holds ? c.builder.beside.has(variable) : mayBeKey(c, variable))) return [];
  const pins = pinsOf(c, { subject, list: c.expression(constant), how: "equal" }, holds);
  // The key itself is that constant.
  return holds && !inner.ignoreCase ? pins.slice(1) : pins;
}

const keyOps: ReadonlySet<string> = new Set(["key", "element", "listed", "judged"]);

/** One of two names, what a loop goes through, or what a callback gets. */
function mayBeKey(c: Lowering, variable: Variable): boolean {
  if (c.builder.beside.has(variable) || (variable.kind === "param" && variable.owner.arrow)) return true;
  const held = c.builder.environment.get(variable);
  return held !== undefined && keyOps.has(c.builder.values.draft(held).op);
}

function searchOf(c: Lowering, node: TSESTree.CallExpression, method?: string): Search | undefined {
  const callee = unwrap(node.callee);
  const [subject] = node.arguments;
  const call = c.builder.calls.get(node);
  if (callee.type !== T.MemberExpression || !subject || node.arguments.length > 1 || call === undefined)
    return undefined;
  const draft = c.builder.values.draft(call);
  const list = draft.op === "call" ? draft.receiver : undefined;
  if (list === undefined) return undefined;
  const name = staticMemberName(callee);
  if (method !== undefined) return name === method ? { subject, list, how: "elements" } : undefined;
  if (name === "includes" || name === "has") return { subject, list, how: "elements" };
  if (name === "test") return { subject, list, how: "pattern" };
  return name === "hasOwnProperty" ? { subject, list, how: "keys" } : undefined;
}

function indexOf(c: Lowering, node: TSESTree.MemberExpression): Search | undefined {
  if (!node.computed || !isPath(node.object) || withoutCase(node.property).node.type !== T.Identifier)
    return undefined;
  return { subject: node.property, list: c.expression(node.object), how: "keys" };
}

function pinsOf(c: Lowering, { subject, list, how }: Search, holds: boolean): readonly Pin[] {
  const { builder } = c;
  const { node, ignoreCase } = withoutCase(subject);
  const place = placeOf(c, node);
  if (!place || !("variable" in place)) return [];
  const span = spanOf(node);
  const key = c.expression(node);
  const pin = (value: ValueId) => {
    const listed = builder.emit({ op: "listed", value, key, list, how, holds, ignoreCase, span });
    builder.values.setObject(listed, builder.values.objectOf(value));
    return listed;
  };
  const other = builder.beside.get(place.variable);
  const pins: Pin[] = [{ place, value: pin(key) }];
  if (other && !other.assignedInside)
    pins.push({ place: { variable: other }, value: pin(builder.read(other, span)) });
  return pins;
}

const caseMethods: ReadonlySet<string | undefined> = new Set([
  "toLowerCase",
  "toUpperCase",
  "trim",
  "toString",
]);

/** `key.toLowerCase()`, `String(key)`: what is told of that is told of the key. */
export function withoutCase(subject: Node): { readonly node: Node; readonly ignoreCase: boolean } {
  let node = unwrap(subject);
  let ignoreCase = false;
  while (node.type === T.CallExpression) {
    const callee = unwrap(node.callee);
    const [argument] = node.arguments;
    if (callee.type === T.MemberExpression && caseMethods.has(staticMemberName(callee))) {
      ignoreCase ||= staticMemberName(callee)?.endsWith("Case") === true;
      node = unwrap(callee.object);
    } else if (callee.type === T.Identifier && callee.name === "String" && argument) node = unwrap(argument);
    else break;
  }
  return { node, ignoreCase };
}
