import { parse, type TSESTree } from "@typescript-eslint/typescript-estree";
import { visitorKeys } from "@typescript-eslint/visitor-keys";

/** One place where a module names another. */
export interface Import {
  /** Absent when it is computed, so that nobody can tell what is imported. */
  readonly specifier?: string;
  /** Nothing of it is left at run time. `import { type A }` does not count: it still loads the module. */
  readonly typeOnly: boolean;
  readonly line: number;
}

type Reading = Omit<Import, "line">;

/** Every import of a module: static, re-exporting, dynamic, `require()`, `import x = require()`, `import("x").T`. */
export function readImports(text: string): Import[] {
  const found: Import[] = [];
  const visit = (node: TSESTree.Node): void => {
    const reading = readingOf(node);
    if (reading) found.push({ ...reading, line: node.loc.start.line });
    for (const child of childrenOf(node)) visit(child);
  };
  visit(parse(text, { loc: true, range: true, jsDocParsingMode: "none" }));
  return found;
}

function readingOf(node: TSESTree.Node): Reading | undefined {
  switch (node.type) {
    case "ImportDeclaration":
      return reading(node.source, node.importKind === "type");
    case "ExportNamedDeclaration":
      return node.source ? reading(node.source, node.exportKind === "type") : undefined;
    case "ExportAllDeclaration":
      return reading(node.source, node.exportKind === "type");
    case "ImportExpression":
      return reading(node.source, false);
    case "TSImportType":
      return reading(node.source, true);
    case "TSImportEqualsDeclaration":
      return node.moduleReference.type === "TSExternalModuleReference"
        ? reading(node.moduleReference.expression, node.importKind === "type")
        : undefined;
    case "CallExpression":
      return isRequire(node.callee) ? reading(node.arguments[0], false) : undefined;
    default:
      return undefined;
  }
}

/** `require` or `require.resolve`. */
function isRequire(callee: TSESTree.Node): boolean {
  const root = callee.type === "MemberExpression" ? callee.object : callee;
  return root.type === "Identifier" && root.name === "require";
}

function reading(source: TSESTree.Node | undefined, typeOnly: boolean): Reading {
  if (source?.type === "Literal" && typeof source.value === "string") {
    return { specifier: source.value, typeOnly };
  }
  if (source?.type === "TemplateLiteral" && source.expressions.length === 0) {
    return { specifier: source.quasis[0]?.value.cooked ?? "", typeOnly };
  }
  return { typeOnly };
}

function childrenOf(node: TSESTree.Node): TSESTree.Node[] {
  const fields = node as unknown as Record<string, unknown>;
  return (visitorKeys[node.type] ?? []).flatMap((key) => [fields[key]].flat().filter(isNode));
}

function isNode(value: unknown): value is TSESTree.Node {
  return typeof value === "object" && value !== null && "type" in value;
}
