import ts from "typescript";
import type { Language } from "./parsed-file.ts";

/** Plain `.js` files hold JSX in practice. */
const scriptKinds = {
  ts: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
  js: ts.ScriptKind.JSX,
  jsx: ts.ScriptKind.JSX,
} as const;

/** TypeScript's own tree, which is there whatever the text: where something is missing, it makes it up and says so. */
export function createSourceFile(text: string, language: Language): ts.SourceFile {
  return ts.createSourceFile(
    `file.${language}`,
    text,
    { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    true,
    scriptKinds[language],
  );
}

/** A place that TypeScript's parser complains of. */
export interface Complaint {
  readonly code: number;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/**
 * What the parser complains of, in the order of the text. Module specifiers that are no string count too: TypeScript
 * leaves them to its checker, but the rooms after this one rely on them.
 */
export function complaintsOf(file: ts.SourceFile): Complaint[] {
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly ts.DiagnosticWithLocation[] };
  const complaints = parseDiagnostics.map(({ code, start, length, messageText }) => ({
    code,
    start,
    end: Math.min(start + length, file.text.length),
    message: ts.flattenDiagnosticMessageText(messageText, "\n"),
  }));
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) continue;
    const { moduleSpecifier } = statement;
    if (!moduleSpecifier || ts.isStringLiteral(moduleSpecifier)) continue;
    const start = moduleSpecifier.getStart(file);
    complaints.push({ code: 1141, start, end: moduleSpecifier.end, message: "String literal expected." });
  }
  return complaints.sort((a, b) => a.start - b.start || a.code - b.code);
}
