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

/** Octal numbers and escapes, misplaced `_` in numbers, odd escapes: old or sloppy, but read without doubt. */
const harmless = new Set([1121, 1125, 1487, 1488, 1489, 6188, 6189]);

function diagnosticsOf(file: ts.SourceFile): ts.DiagnosticWithLocation[] {
  return (file as unknown as { parseDiagnostics: ts.DiagnosticWithLocation[] }).parseDiagnostics;
}

/** Forgets the complaints, for whoever refuses a tree that has any. */
export function forgetComplaints(file: ts.SourceFile): void {
  diagnosticsOf(file).length = 0;
}

/**
 * What the parser complains of, in the order of the text. Module specifiers that are no string count too: TypeScript
 * leaves them to its checker, but the rooms after this one rely on them.
 */
export function complaintsOf(file: ts.SourceFile): Complaint[] {
  const serious = diagnosticsOf(file).filter((diagnostic) => !harmless.has(diagnostic.code));
  const complaints = serious.map(({ code, start, length, messageText }) => ({
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
