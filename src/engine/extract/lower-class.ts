import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import { decoratorFacts } from "./constant-tree.ts";
import { startOf } from "./doc-tags.ts";
import type { ClassFacts, ClassMember, FunctionIndex, TypeRef, ValueId } from "./facts.ts";
import { capture, orderFunction } from "./lower-closure.ts";
import { lowerKey, lowerStore } from "./lower-pattern.ts";
import type { Lowering } from "./lowering.ts";
import { type ClassNode, spanOf, unwrap } from "./syntax.ts";
import { memberName, paramType, qualifiedName, toTypeRef, typeParamNames } from "./type-refs.ts";
import type { FunctionScope, Node } from "./variables.ts";

/** A class as a value, with its facts; its static parts run here. */
export function lowerClass(c: Lowering, node: ClassNode, name: string): ValueId {
  const superclass = node.superClass ? c.expression(node.superClass) : undefined;
  const index = c.file.classes.length;
  const facts: Building = { members: [], constructorFunction: -1 };
  c.file.classes.push(classFacts(c, node, name, index, facts));
  const scopes = orderMembers(c, node, index, facts);
  const span = spanOf(node);
  const captures = capture(c, scopes, span);
  const made = c.builder.emit({
    op: "class",
    class: index,
    ...(superclass !== undefined && { superclass }),
    captures,
    span,
  });
  c.file.classes[index] = { ...classFacts(c, node, name, index, facts) };
  const decorators = lowerDecorators(c, node, index);
  const self = c.file.names.classVariableOf.get(node);
  if (self && (node.id || node.body.body.some(runsInClass))) c.builder.assign(self, made, span);
  if (name !== "") c.builder.values.bindName(made, name);
  lowerStatics(c, node, made);
  const value = c.builder.newest(made);
  if (decorators.length === 0) return value;
  const decorated = c.builder.emit({ op: "decorated-class", class: index, value, decorators, span });
  if (name !== "") c.builder.values.bindName(decorated, name);
  if (self && node.id) c.builder.assign(self, decorated, span);
  return decorated;
}

interface Building {
  members: ClassMember[];
  constructorFunction: FunctionIndex;
}

function classFacts(
  c: Lowering,
  node: ClassNode,
  name: string,
  index: number,
  building: Building,
): ClassFacts {
  const tagsAt = c.file.tagsAt;
  const written = node.superClass ? qualifiedName(unwrap(node.superClass)) : "";
  const superName = written || mixedName(node.superClass);
  const args = node.superTypeArguments?.params.map((type) => toTypeRef(type, tagsAt)) ?? [];
  const tags = tagsAt(startOf(node));
  return {
    index,
    name,
    span: spanOf(node),
    ...(superName !== "" && { superclass: { kind: "name", name: superName, args } as TypeRef }),
    ...(node.superClass && written === "" && { mixed: true as const }),
    implements: node.implements.map((item) => ({
      kind: "name",
      name: qualifiedName(item.expression),
      args: item.typeArguments?.params.map((type) => toTypeRef(type, tagsAt)) ?? [],
    })),
    typeParams: typeParamNames(node.typeParameters),
    decorators: decoratorFacts(node.decorators),
    constructorFunction: building.constructorFunction,
    members: building.members,
    ...(tags.length > 0 && { tags }),
  };
}

/** `Entity` of `Timestamped(Named(Entity))`. */
function mixedName(node: Node | null): string {
  const made = node && unwrap(node);
  if (made?.type !== T.CallExpression) return "";
  for (const each of made.arguments) {
    const name = qualifiedName(unwrap(each)) || mixedName(each);
    if (name !== "") return name;
  }
  return "";
}

function orderMembers(c: Lowering, node: ClassNode, index: number, facts: Building): FunctionScope[] {
  const scopes: FunctionScope[] = [];
  const scope = c.file.names.constructorOf.get(node);
  const written = node.body.body.find(
    (member): member is TSESTree.MethodDefinition =>
      member.type === T.MethodDefinition &&
      member.kind === "constructor" &&
      member.value.type === T.FunctionExpression,
  );
  if (scope) {
    scopes.push(scope);
    const tags = written ? c.file.tagsAt(startOf(written)) : [];
    facts.constructorFunction = c.file.order({
      scope,
      name: "constructor",
      kind: "constructor",
      span: written ? spanOf(written) : spanOf(node),
      fieldsOf: node,
      class: index,
      ...(written?.value.type === T.FunctionExpression && { node: written.value }),
      ...(tags.length > 0 && { tags }),
    });
  }
  if (written) facts.members.push(...parameterProperties(c, written.value.params));
  for (const member of node.body.body) {
    const made = memberFacts(c, member, index);
    if (!made) continue;
    facts.members.push(made.member);
    if (made.scope) scopes.push(made.scope);
  }
  return scopes;
}

function parameterProperties(c: Lowering, params: readonly Node[]): ClassMember[] {
  return params.flatMap((param) => {
    if (param.type !== T.TSParameterProperty) return [];
    const { parameter } = param;
    const target = parameter.type === T.AssignmentPattern ? parameter.left : parameter;
    if (target.type !== T.Identifier) return [];
    const type = paramType(param, c.file.tagsAt);
    const tags = c.file.tagsAt(startOf(param));
    return [
      {
        name: target.name,
        kind: "field" as const,
        static: false,
        ...(type && { type }),
        decorators: decoratorFacts(param.decorators),
        span: spanOf(target),
        ...(tags.length > 0 && { tags }),
      },
    ];
  });
}

function memberFacts(
  c: Lowering,
  member: TSESTree.ClassElement,
  index: number,
): { member: ClassMember; scope?: FunctionScope } | undefined {
  if (member.type === T.StaticBlock || member.type === T.TSIndexSignature) return undefined;
  const tags = c.file.tagsAt(startOf(member));
  const name = memberName(member.key, member.computed) ?? "[computed]";
  const common = {
    name,
    static: member.static,
    decorators: decoratorFacts(member.decorators),
    span: spanOf(member.key),
    ...(tags.length > 0 && { tags }),
  };
  const isMethod = member.type === T.MethodDefinition || member.type === T.TSAbstractMethodDefinition;
  if (!isMethod) {
    const type = member.typeAnnotation && toTypeRef(member.typeAnnotation, c.file.tagsAt);
    return { member: { ...common, kind: "field", ...(type && { type }) } };
  }
  if (member.kind === "constructor") return undefined;
  const kind = member.kind === "get" ? "getter" : member.kind === "set" ? "setter" : "method";
  const { value } = member;
  if (value.type !== T.FunctionExpression) {
    if (member.type !== T.TSAbstractMethodDefinition) return undefined;
    const type = value.returnType && toTypeRef(value.returnType, c.file.tagsAt);
    return { member: { ...common, kind, ...(type && { type }) } };
  }
  const made = orderFunction(c, value, { name, kind, class: index, tags });
  const scope = c.file.names.functionOf.get(value);
  return { member: { ...common, kind, function: made }, ...(scope && { scope }) };
}

/** Decorators are calls like others; what they say is in the class's facts too. Gives those of the class itself. */
function lowerDecorators(c: Lowering, node: ClassNode, index: number): readonly ValueId[] {
  const lower = (decorators: readonly TSESTree.Decorator[]) =>
    decorators.map(({ expression }) => c.expression(expression));
  const own = lower(node.decorators);
  for (const member of node.body.body) {
    if (member.type === T.StaticBlock || member.type === T.TSIndexSignature) continue;
    const decorators = lower(member.decorators);
    if (member.type === T.MethodDefinition || member.type === T.TSAbstractMethodDefinition)
      for (const param of member.value.params) lower(param.decorators);
    const name = memberName(member.key, member.computed);
    if (name === undefined || decorators.length === 0) continue;
    const span = spanOf(member.key);
    c.builder.emit({ op: "decorated", class: index, member: name, static: member.static, decorators, span });
  }
  return own;
}

/** Whether a member runs where the class is made, with the class as its `this`. */
function runsInClass(member: TSESTree.ClassElement): boolean {
  return member.type === T.StaticBlock || (isField(member) && member.static);
}

function lowerStatics(c: Lowering, node: ClassNode, made: ValueId): void {
  for (const member of node.body.body) {
    if (member.type === T.StaticBlock) c.statements(member.body);
    else if (isField(member) && member.static && member.value) {
      const name = memberName(member.key, member.computed);
      const key = lowerKey(c, member.key, member.computed);
      lowerStore(c, c.builder.newest(made), key, c.expression(member.value, name), spanOf(member));
    }
  }
}

export function isField(
  member: TSESTree.ClassElement,
): member is TSESTree.PropertyDefinition | TSESTree.AccessorProperty {
  return member.type === T.PropertyDefinition || member.type === T.AccessorProperty;
}
