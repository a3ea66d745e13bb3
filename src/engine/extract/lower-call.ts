import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import type { Span } from "../base/location.ts";
import type { Item, TypeRef, ValueId } from "./facts.ts";
import { lowerKey, lowerLoad } from "./lower-pattern.ts";
import type { Lowering } from "./lowering.ts";
import { pureMethods } from "./pure-methods.ts";
import {
  chainRootOf,
  isFunctionNode,
  isPlainExpression,
  rootOf,
  spanOf,
  staticMemberName,
  unwrap,
} from "./syntax.ts";
import { qualifiedName, toTypeRef } from "./type-refs.ts";
import type { Node } from "./variables.ts";

export function lowerMember(c: Lowering, node: TSESTree.MemberExpression): ValueId {
  const variable = c.file.names.variableOf.get(node);
  if (variable) return c.builder.read(variable, spanOf(node));
  const object = c.expression(node.object);
  return lowerLoad(c, object, lowerKey(c, node.property, node.computed), spanOf(node));
}

interface Callee {
  readonly callee: ValueId;
  readonly receiver?: ValueId;
  /** The syntax of what the call may change as its `this`. */
  readonly self?: Node;
  readonly pure: boolean;
}

function lowerCallee(c: Lowering, node: TSESTree.CallExpression): Callee {
  const callee = unwrap(node.callee);
  if (callee.type === T.Super) {
    const own = c.file.names.variableOf.get(callee);
    const receiver = own && c.builder.read(own, spanOf(callee));
    return {
      callee: c.expression(callee),
      ...(receiver !== undefined && { receiver }),
      self: callee,
      pure: false,
    };
  }
  if (callee.type !== T.MemberExpression || c.file.names.variableOf.has(callee)) {
    return { callee: c.expression(callee), pure: false };
  }
  const object = c.expression(callee.object);
  const key = lowerKey(c, callee.property, callee.computed);
  const own = callee.object.type === T.Super ? c.file.names.variableOf.get(callee.object) : undefined;
  return {
    callee: lowerLoad(c, object, key, spanOf(callee)),
    // `super.save()` runs the parent's method on this very object.
    receiver: own ? c.builder.read(own, spanOf(callee.object)) : object,
    self: callee.object,
    pure: pureMethods.has(staticMemberName(callee) ?? ""),
  };
}

export function lowerCall(c: Lowering, node: TSESTree.CallExpression): ValueId {
  const required = lowerRequire(c, node);
  if (required !== undefined) return required;
  const { callee, receiver, self, pure } = lowerCallee(c, node);
  const args = lowerItems(c, node.arguments);
  const call = c.builder.emitThrowing({
    op: "call",
    callee,
    ...(receiver !== undefined && { receiver }),
    args,
    ...(node.typeArguments && { typeArgs: typeArguments(c, node.typeArguments) }),
    span: spanOf(node),
  });
  c.builder.calls.set(node, call);
  if (pure) return call;
  if (calledName(node.callee) === "inherits") afterInherits(c, call, args, spanOf(node));
  if (self) afterCall(c, call, self, receiver, "this", node.arguments.some(mayBeKept));
  if (self?.type === T.CallExpression) afterChain(c, call, self, receiver);
  if (self && isGet(self) && receiver !== undefined) afterEntry(c, call, receiver, spanOf(self));
  node.arguments.forEach((argument, index) => {
    afterCall(c, call, argument, args[index]?.value, index);
  });
  const put = args.at(-1);
  if (receiver !== undefined && put && !put.spread && puts.has(calledName(node.callee) ?? ""))
    c.builder.notePut(receiver, call, put.value);
  return call;
}

/** Methods of collections that keep their last argument. */
const puts: ReadonlySet<string> = new Set(["add", "push", "set", "unshift"]);

/** `map.get(key)` */
function isGet(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === T.CallExpression && calledName(inner.callee) === "get";
}

/** `map.get(key).add(value)`: what was got has changed. */
function afterEntry(c: Lowering, call: ValueId, got: ValueId, span: Span): void {
  const { builder } = c;
  if (builder.values.isPlain(got)) return;
  const before = builder.newest(got);
  builder.change(before, builder.emit({ op: "post", call, port: "this", before, span }), span);
}

function calledName(node: Node): string | undefined {
  const callee = unwrap(node);
  if (callee.type === T.Identifier) return callee.name;
  return callee.type === T.MemberExpression ? staticMemberName(callee) : undefined;
}

function typeArguments(c: Lowering, node: TSESTree.TSTypeParameterInstantiation): TypeRef[] {
  return node.params.map((each) => toTypeRef(each, c.file.tagsAt));
}

/** `require("x")`, where `require` is the module system's. */
function lowerRequire(c: Lowering, node: TSESTree.CallExpression): ValueId | undefined {
  const callee = unwrap(node.callee);
  const [argument] = node.arguments;
  if (callee.type !== T.Identifier || callee.name !== "require" || c.file.names.variableOf.has(callee))
    return undefined;
  if (argument?.type !== T.Literal || typeof argument.value !== "string" || node.arguments.length !== 1)
    return undefined;
  return lowerModule(c, argument.value, node);
}

function lowerModule(c: Lowering, specifier: string, node: Node): ValueId {
  const span = spanOf(node);
  c.file.imports.push({ specifier, bindings: [], span });
  return c.builder.emit({ op: "import", specifier, imported: "*", span });
}

/** `import("x")` */
export function lowerDynamicImport(c: Lowering, node: TSESTree.ImportExpression): ValueId {
  const source = c.expression(node.source);
  if (node.options) c.expression(node.options);
  const specifier = c.builder.values.constant(source);
  return typeof specifier === "string" ? lowerModule(c, specifier, node) : c.builder.opaque(spanOf(node));
}

export function lowerNew(c: Lowering, node: TSESTree.NewExpression): ValueId {
  const callee = c.expression(node.callee);
  const args = lowerItems(c, node.arguments);
  const made = c.builder.emitThrowing({
    op: "new",
    callee,
    args,
    ...(node.typeArguments && { typeArgs: typeArguments(c, node.typeArguments) }),
    span: spanOf(node),
  });
  node.arguments.forEach((argument, index) => {
    afterCall(c, made, argument, args[index]?.value, index);
  });
  const name = node.typeArguments ? qualifiedName(unwrap(node.callee)) : "";
  if (!node.typeArguments || name === "") return made;
  // `new Store<User>()` is a `Store<User>`.
  const type: TypeRef = { kind: "name", name, args: typeArguments(c, node.typeArguments) };
  return c.builder.typed(made, type, spanOf(node));
}

export function lowerTagged(c: Lowering, node: TSESTree.TaggedTemplateExpression): ValueId {
  const callee = unwrap(node.tag);
  const receiver = callee.type === T.MemberExpression ? c.expression(callee.object) : undefined;
  const tag =
    callee.type === T.MemberExpression && receiver !== undefined
      ? lowerLoad(c, receiver, lowerKey(c, callee.property, callee.computed), spanOf(callee))
      : c.expression(callee);
  const args = node.quasi.expressions.map((expression) => c.expression(expression));
  return c.builder.emitThrowing({
    op: "tagged",
    tag,
    ...(receiver !== undefined && { receiver }),
    args,
    ...statement(node.quasi),
    span: spanOf(node),
  });
}

/** What a database or a server may be asked: other templates are not looked into. */
function statement({ quasis }: TSESTree.TemplateLiteral): { readonly text?: string } {
  const text = quasis.map(({ value }) => value.cooked).join("?");
  return isSql.test(text) || isGraphql.test(text) ? { text } : {};
}

const isSql = /^\s*(?:select|with|insert|update|delete|replace)\s/i;
/** Fragments may be put in before the operation that names them. */
const isGraphql = /^(?:[\s?]|#[^\n]*\n)*(?:(?:query|mutation|subscription|fragment)\b|\{)/;

/** Arguments, or the items of an array. */
export function lowerItems(c: Lowering, nodes: readonly Node[]): Item[] {
  return nodes.map((node) =>
    node.type === T.SpreadElement
      ? { value: c.expression(node.argument), spread: true, span: spanOf(node) }
      : { value: c.expression(node), spread: false, span: spanOf(node) },
  );
}

/**
 * The start of a chain of member accesses; `module.exports` is a variable itself. `uses[name] ??= []`, and what stands left
 * of `||`, may be what the chain leads to.
 */
function variableRootOf(c: Lowering, node: Node): Node | undefined {
  let inner = unwrap(node);
  for (;;) {
    if (inner.type === T.MemberExpression && !c.file.names.variableOf.has(inner))
      inner = unwrap(inner.object);
    else if (inner.type === T.AssignmentExpression || inner.type === T.LogicalExpression)
      inner = unwrap(inner.left);
    else return inner.type === T.MemberExpression ? inner : rootOf(inner);
  }
}

/** Whether an object that another module declares may be worth looking at after a call: it may keep such an argument. */
function mayBeKept(argument: Node): boolean {
  return !isPlainExpression(argument) || isFunctionNode(argument) || argument.type === T.ClassExpression;
}

/** `query.where(a).limit(1)`: where the calls before it return their receiver, the last one changes that object too. */
function afterChain(c: Lowering, call: ValueId, self: Node, receiver: ValueId | undefined): void {
  const { builder } = c;
  const root = chainRootOf(self);
  const variable = root && c.file.names.variableOf.get(root);
  if (!variable || variable.imported || variable.plain) return;
  const chained: ValueId[] = [];
  let at = receiver;
  // As many as are written here: the variable may hold what another call gave.
  for (let node = unwrap(self); node.type === T.CallExpression && at !== undefined; ) {
    const draft = builder.values.draft(at);
    if (draft.op !== "call") break;
    chained.push(at);
    at = draft.receiver;
    const callee = unwrap(node.callee);
    node = callee.type === T.MemberExpression ? unwrap(callee.object) : callee;
  }
  if (at === undefined || chained.length === 0 || builder.values.isPlain(at)) return;
  const before = builder.newest(at);
  const span = spanOf(self);
  builder.change(before, builder.emit({ op: "post", call, port: "this", before, chained, span }), span);
}

/** `Box.prototype`: functions and classes change there only. */
function isPrototype(node: Node): boolean {
  const inner = unwrap(node);
  return inner.type === T.MemberExpression && staticMemberName(inner) === "prototype";
}

/** `inherits(Box, Parent)` gives a function another prototype. */
function afterInherits(c: Lowering, call: ValueId, [child]: readonly Item[], span: Span): void {
  const { builder } = c;
  if (!child || builder.values.isFixed(child.value)) return;
  const before = builder.newest(child.value);
  builder.change(before, builder.emit({ op: "post", call, port: 0, before, span }), span);
}

/** The call may have changed what it got, where a variable (or `this`) still holds it. */
function afterCall(
  c: Lowering,
  call: ValueId,
  node: Node,
  value: ValueId | undefined,
  port: number | "this",
  keeps = false,
): void {
  const { builder } = c;
  const root = variableRootOf(c, node.type === T.SpreadElement ? node.argument : node);
  const variable = root && c.file.names.variableOf.get(root);
  if (!variable || (variable.imported ? !keeps : variable.plain && !isPrototype(node))) return;
  const span = spanOf(node);
  // `super.save()` and `super(…)` act on `this`.
  const passed = root.type === T.Super ? builder.read(variable, span) : value;
  if (passed === undefined || builder.values.isFixed(passed)) return;
  const { op } = builder.values.draft(passed);
  if (op === "closure" || op === "class") return;
  const before = builder.newest(passed);
  builder.change(before, builder.emit({ op: "post", call, port, before, span }), span);
}
