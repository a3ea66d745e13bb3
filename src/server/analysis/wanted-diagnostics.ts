import type { TextDocument } from "vscode-languageserver-textdocument";
import { type FileId, type Finding, isAtLeast, type Report } from "../../engine/index.ts";
import type { Settings } from "../../protocol/index.ts";
import { diagnosticOfFinding, diagnosticOfProblem, type LspNames } from "../to-lsp.ts";
import type { DocumentDiagnostics } from "./diagnostics-publisher.ts";

export interface WantedInput {
  readonly report: Report;
  readonly settings: Settings;
  readonly documents: ReadonlyMap<FileId, TextDocument>;
  /** Also files that are not open. */
  readonly allFiles: boolean;
  readonly names: LspNames;
  /** False for a file that another folder answers for. */
  readonly owns: (uri: string) => boolean;
}

/**
 * The findings that the settings let through; suppressed ones are recorded in reports, and not shown. In a document that is
 * open, what nothing calls counts like the rest: a function is written before its first call.
 */
export function shownFindings(
  report: Report,
  settings: Settings,
  documents: ReadonlyMap<FileId, TextDocument>,
): Finding[] {
  if (!settings.enable) return [];
  return report.findings.filter(({ suppressed, confidence, uncalled, location }) => {
    const sure = uncalled && documents.has(location.file) ? uncalled.otherwise : confidence;
    return suppressed === undefined && isAtLeast(sure, settings.minimumConfidence);
  });
}

/** What each document should show, from a report: every open document is in it, also one with nothing to show. */
export function wantedDiagnostics(input: WantedInput): Map<string, DocumentDiagnostics> {
  const { report, settings, documents, allFiles, names, owns } = input;
  const byFile = new Map<FileId, DocumentDiagnostics["diagnostics"][number][]>();
  for (const file of documents.keys()) byFile.set(file, []);
  const add = (file: FileId, diagnostic: DocumentDiagnostics["diagnostics"][number]): void => {
    const list = byFile.get(file);
    if (list) list.push(diagnostic);
    else byFile.set(file, [diagnostic]);
  };
  for (const finding of shownFindings(report, settings, documents)) {
    const { file } = finding.location;
    if (allFiles || documents.has(file)) add(file, diagnosticOfFinding(finding, names));
  }
  for (const problem of settings.enable ? report.problems : []) {
    const diagnostic = diagnosticOfProblem(problem);
    // A mistake in the policy changes what is found everywhere: it is shown whether or not the file is open.
    const shown = allFiles || !problem.code.startsWith("directive-") || documents.has(problem.file ?? "");
    if (diagnostic && problem.file !== undefined && shown) add(problem.file, diagnostic);
  }
  const wanted = new Map<string, DocumentDiagnostics>();
  for (const [file, diagnostics] of byFile) {
    const document = documents.get(file);
    const uri = names.uriOf(file);
    if (owns(uri)) wanted.set(uri, { ...(document && { version: document.version }), diagnostics });
  }
  return wanted;
}
