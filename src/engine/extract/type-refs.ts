import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import type { Predicate, TypeMember, TypeRef } from "./facts.ts";
import type { FileLowering } from "./lowering.ts";
import { spanOf } from "./syntax.ts";
import type { Node } from "./variables.ts";

type TagsAt = FileLowering["tagsAt"];

const other: TypeRef = { kind: "other" };

const keywords: Readonly<Record<string, string>> = {
  [T.TSAnyKeyword]: "any",
  [T.TSBigIntKeyword]: "bigint",
  [T.TSBooleanKeyword]: "boolean",
  [T.TSNeverKeyword]: "never",
  [T.TSNullKeyword]: "null",
  [T.TSNumberKeyword]: "number",
  [T.TSObjectKeyword]: "object",
  [T.TSStringKeyword]: "string",
  [T.TSSymbolKeyword]: "symbol",
  [T.TSUndefinedKeyword]: "undefined",
  [T.TSUnknownKeyword]: "unknown",
  [T.TSVoidKeyword]: "void",
  [T.TSThisType]: "this",
  [T.TSTemplateLiteralType]: "string",
  [T.TSTypePredicate]: "boolean",
};

/** A type as written, in our words. */
export function toTypeRef(node: Node | undefined, tagsAt: TagsAt): TypeRef {
  if (!node) return other;
  const keyword = keywords[node.type];
  if (keyword !== undefined) return { kind: "keyword", name: keyword };
  const refs = (nodes: readonly Node[]) => nodes.map((inner) => toTypeRef(inner, tagsAt));
  switch (node.type) {
    case T.TSTypeAnnotation:
      return toTypeRef(node.typeAnnotation, tagsAt);
    case T.TSTypeReference:
      return {
        kind: "name",
        name: qualifiedName(node.typeName),
        args: refs(node.typeArguments?.params ?? []),
      };
    case T.TSArrayType:
      return { kind: "array", of: toTypeRef(node.elementType, tagsAt) };
    case T.TSTupleType:
      return { kind: "tuple", of: refs(node.elementTypes) };
    case T.TSNamedTupleMember:
      return toTypeRef(node.elementType, tagsAt);
    case T.TSOptionalType:
    case T.TSRestType:
      return toTypeRef(node.typeAnnotation, tagsAt);
    case T.TSTypeLiteral:
      return { kind: "object", members: typeMembers(node.members, tagsAt) };
    case T.TSUnionType:
      return { kind: "union", of: refs(node.types) };
    case T.TSIntersectionType:
      return { kind: "intersection", of: refs(node.types) };
    case T.TSFunctionType:
      return functionType(node, tagsAt);
    case T.TSIndexedAccessType:
      return {
        kind: "indexed",
        object: toTypeRef(node.objectType, tagsAt),
        key: toTypeRef(node.indexType, tagsAt),
      };
    case T.TSTypeQuery:
      return node.exprName.type === T.TSImportType
        ? other
        : { kind: "typeof", name: qualifiedName(node.exprName) };
    case T.TSTypeOperator:
      return typeOperator(node, tagsAt);
    case T.TSMappedType:
      return mappedType(node, tagsAt);
    case T.TSConditionalType:
      return { kind: "union", of: refs([node.trueType, node.falseType]) };
    case T.TSImportType:
      return importType(node, tagsAt);
    case T.TSLiteralType:
      return literalType(node);
    default:
      return other;
  }
}

function typeOperator(node: TSESTree.TSTypeOperator, tagsAt: TagsAt): TypeRef {
  if (!node.typeAnnotation || node.operator === "unique") return other;
  const of = toTypeRef(node.typeAnnotation, tagsAt);
  return node.operator === "readonly" ? of : { kind: "keyof", of };
}

/** `{ [K in keyof T]: T[K] }` has T's members; any other is a record of its keys. */
function mappedType(node: TSESTree.TSMappedType, tagsAt: TagsAt): TypeRef {
  const keys = toTypeRef(node.constraint, tagsAt);
  const value = toTypeRef(node.typeAnnotation, tagsAt);
  const same =
    value.kind === "indexed" &&
    value.key.kind === "name" &&
    value.key.name === node.key.name &&
    keys.kind === "keyof";
  return same ? value.object : { kind: "name", name: "Record", args: [keys, value] };
}

function importType(node: TSESTree.TSImportType, tagsAt: TagsAt): TypeRef {
  if (!node.qualifier || node.source.type !== T.Literal || typeof node.source.value !== "string")
    return other;
  return {
    kind: "name",
    name: qualifiedName(node.qualifier),
    args: (node.typeArguments?.params ?? []).map((each) => toTypeRef(each, tagsAt)),
    from: node.source.value,
  };
}

function literalType(node: TSESTree.TSLiteralType): TypeRef {
  const { literal } = node;
  if (literal.type === T.TemplateLiteral) return { kind: "keyword", name: "string" };
  if (literal.type !== T.Literal) return { kind: "keyword", name: "number" };
  const { value } = literal;
  if (typeof value === "string" || typeof value === "boolean" || value === null)
    return { kind: "literal", value };
  return typeof value === "number" && Number.isFinite(value) ? { kind: "literal", value } : other;
}

function functionType(node: TSESTree.TSFunctionType | TSESTree.TSMethodSignature, tagsAt: TagsAt): TypeRef {
  const predicate = predicateOf(node.returnType, node.params, tagsAt);
  return {
    kind: "function",
    params: node.params.map((param) => paramType(param, tagsAt) ?? other),
    returns: toTypeRef(node.returnType, tagsAt),
    ...(predicate && { predicate }),
    ...(node.typeParameters && { typeParams: typeParamNames(node.typeParameters) }),
  };
}

/** What a function's answer says of one of its arguments. `asserts value` alone says nothing of a type. */
export function predicateOf(
  returns: TSESTree.TSTypeAnnotation | undefined,
  params: readonly Node[],
  tagsAt: TagsAt,
): Predicate | undefined {
  const node = returns?.typeAnnotation;
  if (node?.type !== T.TSTypePredicate || !node.typeAnnotation) return undefined;
  const { asserts, parameterName } = node;
  const type = toTypeRef(node.typeAnnotation, tagsAt);
  if (parameterName.type === T.TSThisType) return { argument: -1, type, asserts };
  const argument = params.findIndex((param) => paramName(param) === parameterName.name);
  return argument < 0 ? undefined : { argument, type, asserts };
}

/** The parameter's name, or "" when it is destructured. */
export function paramName(param: Node): string {
  if (param.type === T.Identifier) return param.name;
  if (param.type === T.AssignmentPattern) return paramName(param.left);
  if (param.type === T.TSParameterProperty) return paramName(param.parameter);
  return param.type === T.RestElement ? paramName(param.argument) : "";
}

/** The declared type of a parameter, through its default, `...` or `private`. */
export function paramType(param: Node, tagsAt: TagsAt): TypeRef | undefined {
  if (param.type === T.AssignmentPattern) return paramType(param.left, tagsAt);
  if (param.type === T.TSParameterProperty) return paramType(param.parameter, tagsAt);
  if (!("typeAnnotation" in param) || !param.typeAnnotation) return undefined;
  return toTypeRef(param.typeAnnotation, tagsAt);
}

/** Members whose names are known; calls, indexes and computed names say nothing about fields. */
export function typeMembers(members: readonly TSESTree.TypeElement[], tagsAt: TagsAt): TypeMember[] {
  return members.flatMap((member) => {
    if (member.type !== T.TSPropertySignature && member.type !== T.TSMethodSignature) return [];
    const name = memberName(member.key, member.computed);
    if (name === undefined) return [];
    const isMethod = member.type === T.TSMethodSignature && member.kind === "method";
    const type = isMethod
      ? functionType(member, tagsAt)
      : toTypeRef(member.type === T.TSMethodSignature ? member.returnType : member.typeAnnotation, tagsAt);
    const tags = tagsAt(member.range[0]);
    return [
      { name, type, optional: member.optional, span: spanOf(member.key), ...(tags.length > 0 && { tags }) },
    ];
  });
}

/** The name of a member of a type or class, when it is plain from the syntax. */
export function memberName(key: Node, computed: boolean): string | undefined {
  if (key.type === T.PrivateIdentifier) return `#${key.name}`;
  if (key.type === T.Identifier && !computed) return key.name;
  if (computed && key.type === T.MemberExpression && isIteratorKey(key)) return qualifiedName(key);
  return key.type === T.Literal && key.value !== null ? String(key.value) : undefined;
}

/** The keys by which the language finds an object's own iterator. */
export function isIteratorKey(key: Node): boolean {
  const name = qualifiedName(key);
  return name === "Symbol.iterator" || name === "Symbol.asyncIterator";
}

/** `a.b.C` of a type's or an expression's name; empty when it is neither. */
export function qualifiedName(node: Node): string {
  if (node.type === T.Identifier) return node.name;
  if (node.type === T.ThisExpression) return "this";
  if (node.type === T.TSQualifiedName) return `${qualifiedName(node.left)}.${node.right.name}`;
  if (node.type === T.MemberExpression && !node.computed && node.property.type === T.Identifier) {
    const object = qualifiedName(node.object);
    return object === "" ? "" : `${object}.${node.property.name}`;
  }
  return "";
}

export function typeParamNames(params: TSESTree.TSTypeParameterDeclaration | undefined): string[] {
  return params?.params.map((param) => param.name.name) ?? [];
}

/** Whether a type tells more than that there is a value: `as const` and `as any` do not. */
export function saysSomething(type: TypeRef): boolean {
  if (type.kind === "other") return false;
  if (type.kind === "name") return type.name !== "const";
  return type.kind !== "keyword" || (type.name !== "any" && type.name !== "unknown");
}
