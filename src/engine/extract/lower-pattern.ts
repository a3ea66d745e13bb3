import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import type { Span } from "../base/location.ts";
import type { ValueId } from "./facts.ts";
import type { Lowering } from "./lowering.ts";
import { spanOf, staticMemberName, unwrap } from "./syntax.ts";
import { isIteratorKey, qualifiedName } from "./type-refs.ts";
import type { Node } from "./variables.ts";

/** A property's name: constant, or a value. */
export type Key =
  | { readonly constant: string; readonly span: Span }
  | { readonly dynamic: ValueId; readonly span: Span };

/** Lowers the key of a property, a member or a pattern's part. */
export function lowerKey(c: Lowering, key: Node, computed: boolean): Key {
  const span = spanOf(key);
  if (key.type === T.PrivateIdentifier) return { constant: `#${key.name}`, span };
  if (!computed && key.type === T.Identifier) return { constant: key.name, span };
  if (computed && isIteratorKey(key)) return { constant: qualifiedName(key), span };
  const dynamic = c.expression(key);
  const constant = c.builder.values.constant(dynamic);
  if (constant === undefined || constant === null || typeof constant === "boolean") return { dynamic, span };
  return { constant: String(constant), span };
}

/** `object[key]` as a value. */
export function lowerLoad(c: Lowering, object: ValueId, key: Key, span: Span): ValueId {
  if ("constant" in key) {
    const pinned = c.builder.environment.pinnedField(object, key.constant);
    return pinned ?? c.builder.load(object, key.constant, key.span, span);
  }
  return c.builder.emit({ op: "load-dynamic", object, key: key.dynamic, span });
}

/** `object[key] = value`: whatever holds the object sees it change. */
export function lowerStore(c: Lowering, object: ValueId, key: Key, value: ValueId, span: Span): void {
  const newest = c.builder.newest(object);
  const stored = c.builder.emit(
    "constant" in key
      ? { op: "store", object: newest, key: key.constant, value, span }
      : { op: "store-dynamic", object: newest, key: key.dynamic, value, span },
  );
  c.builder.change(newest, stored, span);
  if ("constant" in key) c.builder.noteHeld(newest, key.constant, value);
  c.builder.noteStore(stored);
}

/** Evaluates the object and the key of a member access that is to be assigned to. */
export function lowerMemberTarget(
  c: Lowering,
  node: TSESTree.MemberExpression,
): { object: ValueId; key: Key } {
  return { object: c.expression(node.object), key: lowerKey(c, node.property, node.computed) };
}

/** Binds what a pattern names, in a declaration or an assignment, to a value's parts. */
export function bindPattern(c: Lowering, pattern: Node, value: ValueId, span: Span): void {
  const target = unwrap(pattern);
  const variable = c.file.names.variableOf.get(target);
  if (variable) c.builder.assign(variable, value, span);
  else if (target.type === T.MemberExpression) {
    const { object, key } = lowerMemberTarget(c, target);
    lowerStore(c, object, key, value, span);
  } else if (target.type === T.ObjectPattern) bindObject(c, target, value);
  else if (target.type === T.ArrayPattern) bindArray(c, target, value);
  else if (target.type === T.AssignmentPattern)
    bindPattern(c, target.left, lowerDefault(c, value, target), span);
  else if (target.type === T.TSParameterProperty) bindPattern(c, target.parameter, value, span);
}

/** A value, or what stands in for it when it is undefined. */
function lowerDefault(c: Lowering, value: ValueId, pattern: TSESTree.AssignmentPattern): ValueId {
  const { builder } = c;
  let otherwise = value;
  const name = pattern.left.type === T.Identifier ? pattern.left.name : undefined;
  const path = builder.path(() => {
    otherwise = c.expression(pattern.right, name);
  });
  builder.environment.join([path, new Map()], spanOf(pattern));
  return builder.values.join([value, otherwise], spanOf(pattern), "default");
}

function bindObject(c: Lowering, pattern: TSESTree.ObjectPattern, value: ValueId): void {
  const taken: string[] = [];
  for (const property of pattern.properties) {
    const span = spanOf(property);
    if (property.type === T.RestElement) {
      bindPattern(
        c,
        property.argument,
        c.builder.emit({ op: "rest", object: value, without: [...taken], span }),
        span,
      );
      continue;
    }
    const key = lowerKey(c, property.key, property.computed);
    if ("constant" in key) taken.push(key.constant);
    bindPattern(c, property.value, lowerLoad(c, value, key, span), span);
  }
}

/** Notes that two names stand side by side: `[key, value]`, `(key, value)`. */
export function notePair(
  c: Lowering,
  first: Node | null | undefined,
  second: Node | null | undefined,
  both: boolean,
): void {
  const [one, two] = [first, second].map((each) => each && c.file.names.variableOf.get(each));
  if (!one || !two) return;
  c.builder.beside.set(one, two);
  if (both) c.builder.beside.set(two, one);
}

function bindArray(c: Lowering, pattern: TSESTree.ArrayPattern, value: ValueId): void {
  notePair(c, pattern.elements[0], pattern.elements[1], false);
  pattern.elements.forEach((element, index) => {
    if (!element) return;
    const span = spanOf(element);
    const part =
      element.type === T.RestElement
        ? c.builder.emit({ op: "slice", array: value, from: index, span })
        : c.builder.load(value, String(index), span, span);
    bindPattern(c, element.type === T.RestElement ? element.argument : element, part, span);
  });
}

/** The name that a function or class gets from the place it is assigned to. */
export function nameOfTarget(target: Node): string | undefined {
  const inner = unwrap(target);
  if (inner.type === T.Identifier) return inner.name;
  return inner.type === T.MemberExpression ? staticMemberName(inner) : undefined;
}
