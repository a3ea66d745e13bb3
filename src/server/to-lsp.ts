import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Range as LspRange,
} from "vscode-languageserver/node";
import type { FileId, Finding, Location, Problem, Range } from "../engine/index.ts";
import { diagnosticSource } from "../protocol/index.ts";
import { isConfiguration } from "./from-lsp.ts";

/** What a conversion needs to know besides the value itself. */
export interface LspNames {
  uriOf(file: FileId): string;
  /** The page that explains a rule, as a URI. */
  rulePage(rule: string): string | undefined;
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
} as const;

/** The squiggle of a finding. Its `data` is the finding's id. */
export function diagnosticOfFinding(finding: Finding, names: LspNames): Diagnostic {
  const page = names.rulePage(finding.rule);
  return {
    range: toLspRange(finding.location),
    severity: severities[finding.severity],
    source: diagnosticSource,
    code: finding.rule,
    ...(page === undefined ? {} : { codeDescription: { href: page } }),
    message: finding.message,
    relatedInformation: relatedInformationOf(finding, names),
    data: finding.id,
  };
}

/** The problem codes that are shown in the editor, at the place in the user's own file that should be changed. */
const shownProblems: ReadonlySet<Problem["code"]> = new Set<Problem["code"]>([
  "config-invalid",
  "policy-syntax",
  "policy-invalid",
  "policy-unused",
  "model-syntax",
  "model-invalid",
  "model-path-invalid",
  "directive-invalid",
  "directive-unused",
  "directive-expired",
]);

/** The squiggle of a problem; undefined when it has no place in a file, or when another tool says it already. */
export function diagnosticOfProblem(problem: Problem): Diagnostic | undefined {
  if (problem.file === undefined) return undefined;
  if (!shownProblems.has(problem.code) && !isConfiguration(problem.file)) return undefined;
  const start = { line: 0, character: 0 };
  return {
    range: problem.range === undefined ? { start, end: start } : toLspRange(problem.range),
    severity:
      problem.code === "directive-unused" || problem.code === "policy-unused"
        ? DiagnosticSeverity.Information
        : DiagnosticSeverity.Warning,
    source: diagnosticSource,
    code: problem.code,
    message: `${problem.message} ${problem.hint}`.trim(),
  };
}

/** A range as the protocol has it; also drops what a `Location` has more. */
export function toLspRange(range: Range): LspRange {
  return {
    start: { line: range.start.line, character: range.start.character },
    end: { line: range.end.line, character: range.end.character },
  };
}

/**
 * Every hop of every data type, in the order in which the data travels, then the sink where all of them end, then why
 * the place is taken for what it is. A hop that several data types share is listed once.
 */
function relatedInformationOf(finding: Finding, names: LspNames): DiagnosticRelatedInformation[] {
  const related = new Map<string, DiagnosticRelatedInformation>();
  const add = (location: Location, message: string): void => {
    const entry = { location: { uri: names.uriOf(location.file), range: toLspRange(location) }, message };
    const key = JSON.stringify(entry);
    if (!related.has(key)) related.set(key, entry);
  };
  for (const { trace } of finding.data) {
    for (const step of trace.slice(0, -1)) add(step.location, step.text);
  }
  for (const { trace } of finding.data) {
    for (const step of trace.slice(-1)) add(step.location, step.text);
  }
  for (const step of finding.alsoReaches ?? []) add(step.location, `also ${step.text}`);
  for (const { trace } of finding.places ?? []) for (const step of trace) add(step.location, step.text);
  return [...related.values()];
}
