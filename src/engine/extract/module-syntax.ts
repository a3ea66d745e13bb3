import { AST_NODE_TYPES as T, type TSESTree } from "@typescript-eslint/types";
import { identifiersOf } from "./declare-names.ts";
import type { ExportFacts, ImportFacts } from "./facts.ts";
import { lowerLoad } from "./lower-pattern.ts";
import type { Lowering } from "./lowering.ts";
import { spanOf } from "./syntax.ts";
import type { Node, Scope } from "./variables.ts";

/** Imports and exports. Other statements that are left have nothing to lower. */
export function lowerModuleSyntax(c: Lowering, node: Node): void {
  switch (node.type) {
    case T.ImportDeclaration:
      c.file.imports.push(importFacts(node));
      return;
    case T.ExportNamedDeclaration:
      lowerExportNamed(c, node);
      return;
    case T.ExportDefaultDeclaration:
      lowerExportDefault(c, node);
      return;
    case T.ExportAllDeclaration: {
      const specifier = node.source.value;
      const exported = node.exported && nameOf(node.exported);
      c.file.exports.push(
        exported ? { kind: "from", exported, specifier, imported: "*" } : { kind: "star", specifier },
      );
      return;
    }
    case T.TSExportAssignment:
      c.builder.assign(c.file.names.exports, c.expression(node.expression), spanOf(node));
      return;
    case T.TSImportEqualsDeclaration:
      lowerImportEquals(c, node);
      return;
    default:
      return;
  }
}

function importFacts(node: TSESTree.ImportDeclaration): ImportFacts {
  const bindings = node.specifiers.map((specifier) => ({
    local: specifier.local.name,
    imported:
      specifier.type === T.ImportDefaultSpecifier
        ? "default"
        : specifier.type === T.ImportNamespaceSpecifier
          ? "*"
          : nameOf(specifier.imported),
    typeOnly:
      node.importKind === "type" || (specifier.type === T.ImportSpecifier && specifier.importKind === "type"),
  }));
  return { specifier: node.source.value, bindings, span: spanOf(node) };
}

function nameOf(node: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return node.type === T.Identifier ? node.name : node.value;
}

function lowerExportNamed(c: Lowering, node: TSESTree.ExportNamedDeclaration): void {
  const { declaration, source } = node;
  if (declaration) {
    // Function declarations are lowered where their block starts.
    if (declaration.type !== T.FunctionDeclaration) c.statements([declaration]);
    for (const name of declaredNames(declaration))
      c.file.exports.push({ kind: "local", exported: name, local: name });
    return;
  }
  for (const { exported, local } of node.specifiers) {
    c.file.exports.push(
      source
        ? { kind: "from", exported: nameOf(exported), specifier: source.value, imported: nameOf(local) }
        : exportOf(c, nameOf(exported), nameOf(local)),
    );
  }
}

/** An export of a name of this file; one that the file itself imports is passed on. */
function exportOf(c: Lowering, exported: string, local: string): ExportFacts {
  const imported = c.file.names.moduleNames.get(local)?.imported;
  if (imported) return { kind: "from", exported, specifier: imported.specifier, imported: imported.name };
  return { kind: "local", exported, local };
}

function declaredNames(declaration: TSESTree.NamedExportDeclarations): string[] {
  if (declaration.type === T.VariableDeclaration) {
    const names: string[] = [];
    // Only names are asked for here: no expression of the patterns is looked at.
    const ignore = () => {};
    for (const { id } of declaration.declarations) {
      identifiersOf(id, undefined as unknown as Scope, ignore, (found) => names.push(found.name));
    }
    return names;
  }
  if (declaration.type === T.TSDeclareFunction && !declaration.declare) return [];
  return "id" in declaration && declaration.id?.type === T.Identifier ? [declaration.id.name] : [];
}

function lowerExportDefault(c: Lowering, node: TSESTree.ExportDefaultDeclaration): void {
  const { declaration } = node;
  const exported = "default";
  const span = spanOf(node);
  if (declaration.type === T.TSDeclareFunction) return;
  if (declaration.type === T.Identifier && c.file.names.moduleNames.has(declaration.name)) {
    c.file.exports.push(exportOf(c, exported, declaration.name));
    return;
  }
  const isDeclaration =
    declaration.type === T.FunctionDeclaration ||
    declaration.type === T.ClassDeclaration ||
    declaration.type === T.TSInterfaceDeclaration;
  const name = isDeclaration ? declaration.id?.name : undefined;
  if (isDeclaration && name !== undefined) {
    if (declaration.type !== T.FunctionDeclaration) c.statements([declaration]);
    c.file.exports.push({ kind: "local", exported, local: name });
    return;
  }
  // An unnamed function is there already: it was hoisted.
  if (declaration.type !== T.FunctionDeclaration) {
    c.builder.assign(c.file.defaultExport, lowerUnnamed(c, declaration), span);
  }
  c.file.exports.push({ kind: "local", exported, local: c.file.defaultExport.cellName });
}

function lowerUnnamed(c: Lowering, declaration: Node): number {
  if (declaration.type === T.ClassDeclaration) return c.lowerClass(declaration, "default");
  return c.expression(declaration, "default");
}

function lowerImportEquals(c: Lowering, node: TSESTree.TSImportEqualsDeclaration): void {
  const { moduleReference, id } = node;
  if (moduleReference.type === T.TSExternalModuleReference) {
    const { expression } = moduleReference;
    if (expression.type !== T.Literal || typeof expression.value !== "string") return;
    const binding = { local: id.name, imported: "*", typeOnly: node.importKind === "type" };
    c.file.imports.push({ specifier: expression.value, bindings: [binding], span: spanOf(node) });
    return;
  }
  const variable = c.file.names.variableOf.get(id);
  if (variable) c.builder.assign(variable, lowerEntity(c, moduleReference), spanOf(node));
}

/** `A.b.c` on the right of `import x = A.b.c`. */
function lowerEntity(c: Lowering, node: TSESTree.EntityName): number {
  if (node.type !== T.TSQualifiedName) return c.expression(node);
  const key = { constant: node.right.name, span: spanOf(node.right) };
  return lowerLoad(c, lowerEntity(c, node.left), key, spanOf(node));
}
