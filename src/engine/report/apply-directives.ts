import type { Rule } from "../base/catalog.ts";
import type { FileId } from "../base/location.ts";
import type { Problem } from "../base/problem.ts";
import type { Directive } from "../extract/index.ts";
import type { DraftFinding } from "./draft-findings.ts";
import type { Suppression } from "./finding.ts";
import type { ReportFile, ReportFiles } from "./report-file.ts";

export interface DirectiveInput {
  readonly drafts: readonly DraftFinding[];
  readonly files: ReportFiles;
  readonly rules: readonly Rule[];
  readonly today: string;
}

/** What the comments in the code say of the drafts, and which comments say nothing (any more). */
export interface AppliedDirectives {
  readonly byDraft: ReadonlyMap<DraftFinding, Suppression>;
  readonly problems: readonly Problem[];
}

/** A suppression that silently does nothing is worse than none: wrong, expired and unused directives are problems. */
export function applyDirectives({ drafts, files, rules, today }: DirectiveInput): AppliedDirectives {
  const known = rules.map(({ id }) => id);
  const byDraft = new Map<DraftFinding, Suppression>();
  const problems: Problem[] = [];
  const draftsByFile = groupByFile(drafts);
  for (const [file, facts] of files) {
    const here = draftsByFile.get(file) ?? [];
    for (const directive of facts.directives) {
      problems.push(...unknownRules(file, directive, known));
      const covered = here.filter((draft) => speaksOf(directive, draft));
      if (directive.until !== undefined && directive.until < today) {
        problems.push(expired(file, directive, directive.until));
        continue;
      }
      const suppression = suppressionBy(directive);
      for (const draft of covered) if (!byDraft.has(draft)) byDraft.set(draft, suppression);
      const names = directive.rules.length === 0 || directive.rules.some((rule) => known.includes(rule));
      if (covered.length === 0 && names && isWhole(facts)) problems.push(unused(file, directive));
    }
  }
  return { byDraft, problems };
}

function groupByFile(drafts: readonly DraftFinding[]): Map<FileId, DraftFinding[]> {
  const groups = new Map<FileId, DraftFinding[]>();
  for (const draft of drafts) {
    const { file } = draft.location;
    groups.set(file, [...(groups.get(file) ?? []), draft]);
  }
  return groups;
}

/** A directive may stand above the line of the squiggle, or above the call that it is in. */
function speaksOf(directive: Directive, draft: DraftFinding): boolean {
  if (directive.rules.length > 0 && !directive.rules.includes(draft.rule.id)) return false;
  if (directive.kind === "ignore-file") return true;
  return directive.line === draft.location.start.line || directive.line === draft.call.start.line;
}

/** While a file is half-typed its findings come and go, and its directives are not to be called unused for that. */
function isWhole({ problems }: ReportFile): boolean {
  return !problems.some(({ code }) => code === "syntax-error" || code === "analysis-failed");
}

function suppressionBy({ reason, until }: Directive): Suppression {
  return {
    by: "directive",
    reason: reason ?? "No reason is given in the code",
    ...(until === undefined ? {} : { until }),
  };
}

function unknownRules(file: FileId, directive: Directive, known: readonly string[]): Problem[] {
  return directive.rules
    .filter((rule) => !known.includes(rule))
    .map((rule) => ({
      code: "directive-invalid",
      message: `There is no rule "${rule}", so this comment does not suppress it.`,
      hint: `Write one of ${known.join(", ")}.`,
      file,
      range: directive.range,
    }));
}

function expired(file: FileId, directive: Directive, until: string): Problem {
  return {
    code: "directive-expired",
    message: `This comment held until ${until}; what it suppressed is reported again.`,
    hint: "Fix the code below it, or review the reason and write a later date.",
    file,
    range: directive.range,
  };
}

function unused(file: FileId, directive: Directive): Problem {
  const where = directive.kind === "ignore-file" ? "this file" : "the next line";
  return {
    code: "directive-unused",
    message: `There is nothing on ${where} that this comment suppresses.`,
    hint: "Delete the comment, or move it to the line right above the finding.",
    file,
    range: directive.range,
  };
}
