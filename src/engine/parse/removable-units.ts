import ts from "typescript";
import type { Span } from "../base/location.ts";

/**
 * The pieces of the text around an offset that can be blanked without breaking what stands around them: statements in
 * a list, members of classes, types and objects, JSX attributes and children, specifiers. Smallest first.
 */
export function removableUnits(file: ts.SourceFile, offset: number): Span[] {
  const units: Span[] = [];
  const visit = (node: ts.Node): void => {
    if (offset < node.pos || offset > node.end) return;
    const start = node.getStart(file);
    if (offset >= start && isRemovable(node)) units.push({ start, end: endWithComma(node, file) });
    node.forEachChild(visit);
  };
  file.forEachChild(visit);
  return units.sort((a, b) => a.end - a.start - (b.end - b.start));
}

function isRemovable(node: ts.Node): boolean {
  const parent = node.parent;
  if (ts.isStatement(node) || node.kind === ts.SyntaxKind.MissingDeclaration) return isStatementList(parent);
  return (
    ts.isClassElement(node) ||
    ts.isTypeElement(node) ||
    ts.isCaseOrDefaultClause(node) ||
    isListed(node) ||
    (ts.isJsxChild(node) && (ts.isJsxElement(parent) || ts.isJsxFragment(parent)))
  );
}

function isStatementList(node: ts.Node): boolean {
  return (
    ts.isSourceFile(node) || ts.isBlock(node) || ts.isModuleBlock(node) || ts.isCaseOrDefaultClause(node)
  );
}

/** In a list with commas (or, for JSX attributes, with nothing) between its members. */
function isListed(node: ts.Node): boolean {
  return (
    ts.isObjectLiteralElementLike(node) ||
    ts.isJsxAttributeLike(node) ||
    ts.isEnumMember(node) ||
    ts.isImportSpecifier(node) ||
    ts.isExportSpecifier(node)
  );
}

function endWithComma(node: ts.Node, file: ts.SourceFile): number {
  if (!isListed(node)) return node.end;
  const comma = /^\s*,/.exec(file.text.slice(node.end, node.end + 200));
  return comma ? node.end + comma[0].length : node.end;
}
