import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import { startOf } from "./doc-tags.ts";
import type { ObjectEntry, TypeDeclaration, TypeRef, ValueId } from "./facts.ts";
import type { Lowering } from "./lowering.ts";
import { spanOf } from "./syntax.ts";
import { memberName, qualifiedName, toTypeRef, typeMembers, typeParamNames } from "./type-refs.ts";
import type { Node } from "./variables.ts";

export function lowerTypeDeclaration(
  c: Lowering,
  node: TSESTree.TSInterfaceDeclaration | TSESTree.TSTypeAliasDeclaration,
): void {
  const tagsAt = c.file.tagsAt;
  const tags = tagsAt(startOf(node));
  const common = {
    name: node.id.name,
    typeParams: typeParamNames(node.typeParameters),
    span: spanOf(node.id),
    ...(tags.length > 0 && { tags }),
  };
  const declaration: TypeDeclaration =
    node.type === T.TSTypeAliasDeclaration
      ? { ...common, kind: "alias", extends: [], type: toTypeRef(node.typeAnnotation, tagsAt) }
      : {
          ...common,
          kind: "interface",
          extends: node.extends.map((item) => ({
            kind: "name",
            name: qualifiedName(item.expression),
            args: item.typeArguments?.params.map((type) => toTypeRef(type, tagsAt)) ?? [],
          })),
          type: { kind: "object", members: typeMembers(node.body.body, tagsAt) },
        };
  c.file.types.push(declaration);
}

/** An enum is a type, and an object of its members. */
export function lowerEnum(c: Lowering, node: TSESTree.TSEnumDeclaration): void {
  const span = spanOf(node);
  const literals: TypeRef[] = [];
  const entries: ObjectEntry[] = [];
  let counter: number | undefined = 0;
  for (const member of node.body.members) {
    const key = memberName(member.id, false);
    const at = spanOf(member);
    const value = enumValue(c, member, counter);
    const constant = c.builder.values.constant(value);
    counter = typeof constant === "number" ? constant + 1 : undefined;
    if (typeof constant === "string" || typeof constant === "number")
      literals.push({ kind: "literal", value: constant });
    if (key !== undefined) entries.push({ key, value, keySpan: at });
  }
  const tags = c.file.tagsAt(startOf(node));
  c.file.types.push({
    name: node.id.name,
    kind: "enum",
    typeParams: [],
    extends: [],
    type: { kind: "union", of: literals },
    span: spanOf(node.id),
    ...(tags.length > 0 && { tags }),
  });
  const variable = c.file.names.variableOf.get(node.id);
  if (variable) c.builder.assign(variable, c.builder.emit({ op: "object", entries, span }), span);
}

function enumValue(c: Lowering, member: TSESTree.TSEnumMember, counter: number | undefined): ValueId {
  const span = spanOf(member);
  if (member.initializer) return c.expression(member.initializer);
  return counter === undefined
    ? c.builder.number(span)
    : c.builder.emit({ op: "const", value: counter, span });
}

/** A namespace is an object of what it exports; its body runs in place. Two of one name are the later one. */
export function lowerNamespace(c: Lowering, node: TSESTree.TSModuleDeclaration): void {
  if (node.declare || node.kind === "global" || node.body?.type !== T.TSModuleBlock) return;
  let id: Node = node.id;
  while (id.type === T.TSQualifiedName) id = id.left;
  const variable = c.file.names.variableOf.get(id);
  if (!variable) return;
  c.statements(
    node.body.body.map((statement) =>
      statement.type === T.ExportNamedDeclaration && statement.declaration
        ? statement.declaration
        : statement,
    ),
  );
  const entries: ObjectEntry[] = [];
  for (const name of exportedNames(node.body.body)) {
    const member = c.file.names.variableOf.get(name);
    const span = spanOf(name);
    if (member) entries.push({ key: name.name, value: c.builder.read(member, span), keySpan: span });
  }
  const span = spanOf(node);
  c.builder.assign(variable, c.builder.emit({ op: "object", entries, span }), span);
}

function exportedNames(body: readonly Node[]): TSESTree.Identifier[] {
  return body.flatMap((statement): TSESTree.Identifier[] => {
    if (statement.type !== T.ExportNamedDeclaration || !statement.declaration) return [];
    const { declaration } = statement;
    if (declaration.type === T.VariableDeclaration) {
      return declaration.declarations.flatMap(({ id }) => (id.type === T.Identifier ? [id] : []));
    }
    return "id" in declaration && declaration.id?.type === T.Identifier ? [declaration.id] : [];
  });
}
