import type { AST_NODE_TYPES as T, TSESTree } from "@typescript-eslint/types";
import { isGlobalObject } from "../base/global-object.ts";
import { expectType, mayHoldFunctions } from "./expected-types.ts";
import type { ValueId } from "./facts.ts";
import { lowerCall, lowerDynamicImport, lowerMember, lowerNew, lowerTagged } from "./lower-call.ts";
import { lowerClass } from "./lower-class.ts";
import { lowerClosure } from "./lower-closure.ts";
import { lowerJsxElement, lowerJsxFragment } from "./lower-jsx.ts";
import { lowerArray, lowerLiteral, lowerObject, lowerTemplate } from "./lower-literal.ts";
import {
  lowerAssignment,
  lowerBinary,
  lowerConditional,
  lowerLogical,
  lowerUnary,
  lowerUpdate,
} from "./lower-operators.ts";
import type { Lowering } from "./lowering.ts";
import { spanOf } from "./syntax.ts";
import { saysSomething, toTypeRef } from "./type-refs.ts";
import type { Node } from "./variables.ts";

type Expressions = {
  [K in `${T}`]?: (c: Lowering, node: Extract<TSESTree.Node, { type: K }>, name?: string) => ValueId;
};

const expressions: Expressions = {
  Identifier: lowerIdentifier,
  Literal: lowerLiteral,
  TemplateLiteral: lowerTemplate,
  TaggedTemplateExpression: lowerTagged,
  MemberExpression: lowerMember,
  CallExpression: lowerCall,
  NewExpression: lowerNew,
  ImportExpression: lowerDynamicImport,
  ChainExpression: (c, node, name) => c.expression(node.expression, name),
  ObjectExpression: lowerObject,
  ArrayExpression: lowerArray,
  BinaryExpression: lowerBinary,
  LogicalExpression: lowerLogical,
  ConditionalExpression: lowerConditional,
  UnaryExpression: lowerUnary,
  UpdateExpression: lowerUpdate,
  AssignmentExpression: lowerAssignment,
  FunctionExpression: lowerFunctionExpression,
  ArrowFunctionExpression: (c, node, name) =>
    lowerClosure(c, node, { name, tags: c.file.tagsAt(node.range[0]) }),
  ClassExpression: (c, node, name) => lowerClass(c, node, node.id?.name ?? name ?? ""),
  ThisExpression: lowerSelf,
  Super: (c, node) => c.builder.emit({ op: "super", span: spanOf(node) }),
  SequenceExpression(c, node) {
    let last = -1;
    for (const expression of node.expressions) last = c.expression(expression);
    return last;
  },
  AwaitExpression: (c, node) =>
    c.builder.emitThrowing({ op: "await", value: c.expression(node.argument), span: spanOf(node) }),
  YieldExpression(c, node) {
    const value = node.argument ? c.expression(node.argument) : undefined;
    if (value !== undefined) c.builder.yields.push(value);
    return c.builder.emit({
      op: "yield",
      ...(value !== undefined && { value }),
      delegate: node.delegate,
      span: spanOf(node),
    });
  },
  MetaProperty: (c, node) =>
    c.builder.emit({ op: "global", variable: `${node.meta.name}.${node.property.name}`, span: spanOf(node) }),
  JSXElement: lowerJsxElement,
  JSXFragment: lowerJsxFragment,
  JSXExpressionContainer: (c, node) => c.expression(node.expression),
  TSAsExpression: lowerTyped,
  TSSatisfiesExpression: lowerTyped,
  TSTypeAssertion: lowerTyped,
  TSNonNullExpression: (c, node, name) => c.expression(node.expression, name),
  TSInstantiationExpression: (c, node, name) => c.expression(node.expression, name),
};

/** Lowers an expression; `name` is what a function or class that it makes is called. */
export function lowerExpression(c: Lowering, node: Node, name?: string): ValueId {
  const lower = expressions[node.type] as ((c: Lowering, node: Node, name?: string) => ValueId) | undefined;
  return lower ? lower(c, node, name) : c.builder.opaque(spanOf(node));
}

function lowerIdentifier(c: Lowering, node: TSESTree.Identifier): ValueId {
  const span = spanOf(node);
  const variable = c.file.names.variableOf.get(node);
  if (variable) return c.builder.read(variable, span);
  if (node.name === "undefined") return c.builder.emit({ op: "opaque", missing: true, span });
  if (node.name === "NaN" || node.name === "Infinity") return c.builder.number(span);
  const value = isGlobalObject(node.name)
    ? c.builder.globalObject(node.name)
    : c.builder.emit({ op: "global", variable: node.name, span });
  const declared = c.file.names.ambientOf.get(node);
  const type = declared && toTypeRef(declared, c.file.tagsAt);
  return type && saysSomething(type) ? c.builder.typed(value, type, span) : value;
}

function lowerSelf(c: Lowering, node: TSESTree.ThisExpression): ValueId {
  const variable = c.file.names.variableOf.get(node);
  const span = spanOf(node);
  return variable ? c.builder.read(variable, span) : c.builder.emit({ op: "this", span });
}

function lowerFunctionExpression(c: Lowering, node: TSESTree.FunctionExpression, name?: string): ValueId {
  const closure = lowerClosure(c, node, { name, tags: c.file.tagsAt(node.range[0]) });
  const own = node.id && c.file.names.variableOf.get(node.id);
  if (own) c.builder.assign(own, closure, spanOf(node));
  return closure;
}

type TypedExpression = TSESTree.TSAsExpression | TSESTree.TSSatisfiesExpression | TSESTree.TSTypeAssertion;

function lowerTyped(c: Lowering, node: TypedExpression, name?: string): ValueId {
  const type = toTypeRef(node.typeAnnotation, c.file.tagsAt);
  if (saysSomething(type) && mayHoldFunctions(node.expression))
    expectType(c.file.expected, node.expression, type);
  const value = c.expression(node.expression, name);
  return saysSomething(type) ? c.builder.typed(value, type, spanOf(node)) : value;
}
