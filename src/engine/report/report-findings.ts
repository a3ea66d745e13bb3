import type { Catalog, Transfer } from "../base/catalog.ts";
import type { FileId } from "../base/location.ts";
import { forEachPolicy } from "../base/nest-policies.ts";
import type { NestedPolicy, Policy } from "../base/policy.ts";
import type { Problem } from "../base/problem.ts";
import type { PackageInfo } from "../discover/index.ts";
import type { Flow, Gap, MadeAt, UnmatchedRow } from "../solve/index.ts";
import { applyDirectives } from "./apply-directives.ts";
import { compareFindings, compareProblems } from "./compare.ts";
import { createRules } from "./create-rules.ts";
import { dataMap } from "./data-map.ts";
import { type DraftFinding, draftFindings } from "./draft-findings.ts";
import type { IsUncalled } from "./enclosing-functions.ts";
import type { Finding, Report, Stats } from "./finding.ts";
import { giveIds } from "./give-ids.ts";
import { createTransferJudge, speaksOfNoBorder } from "./judge-transfer.ts";
import { missingPolicy } from "./missing-policy.ts";
import { createPackageOf } from "./package-of.ts";
import { reportClients } from "./report-clients.ts";
import type { ReportFile } from "./report-file.ts";
import { reportGaps, unknownPlaces } from "./report-gaps.ts";
import { suppressionOf } from "./suppression-of.ts";
import { unmatchedProblem } from "./unmatched-problem.ts";
import { unusedInPolicy } from "./unused-in-policy.ts";
import { createWording } from "./wording.ts";

/** Everything that the last room is given. */
export interface ReportInput {
  readonly flows: readonly Flow[];
  readonly gaps: readonly Gap[];
  readonly clients?: readonly MadeAt[];
  /** Every file that a flow or a gap stands in, and every file with a directive or a problem. */
  readonly files: ReadonlyMap<FileId, ReportFile>;
  readonly catalog: Catalog;
  readonly policy: Policy;
  /** The packages of the workspace. */
  readonly packages?: readonly PackageInfo[];
  /** ISO date; approvals and directives expire by it. */
  readonly today: string;
  readonly stats: Stats;
  /** Rows of users' models that nothing matches. */
  readonly unmatched?: readonly UnmatchedRow[];
  /** Whether nothing leads to a function of a file. */
  readonly uncalled?: IsUncalled;
  /** What other rooms and the host have to say; the problems in `files` are added to them. */
  readonly problems: readonly Problem[];
}

/** Turns flows into findings, in a fixed order: file, line, character, rule. Pure: same input, same report. */
export function reportFindings(input: ReportInput): Report {
  const { files, catalog, policy, today } = input;
  const { nested = [] } = policy;
  const wording = createWording(catalog);
  const used = new Set<Transfer>();
  const drafts = draftFindings(input.flows, {
    files,
    rules: forEachPolicy(policy, (each) => createRules(catalog, each)),
    judge: createTransferJudge(catalog, policy, { packageOf: createPackageOf(input.packages ?? []), used }),
    wording,
    uncalled: input.uncalled ?? (() => false),
  });
  const ids = giveIds(drafts, files);
  const directives = applyDirectives({ drafts, files, rules: catalog.rules, today });

  const findings: Finding[] = [];
  const judged: Parameters<typeof dataMap>[1][number][] = [];
  drafts.forEach((draft, index) => {
    if (draft.severity === "off") return;
    const id = ids[index] as string;
    const suppressed = suppressionOf({ draft, id, policy, today, directive: directives.byDraft.get(draft) });
    findings.push(findingOf(draft, draft.severity, id, suppressed));
    const dataTypes = draft.data.map(({ dataType }) => dataType);
    judged.push({ id, call: draft.call, dataTypes, ...(suppressed && { suppressed }) });
  });
  const unmatched = (input.unmatched ?? []).map(unmatchedProblem);
  const unused = unusedInPolicy({ policy, today, used, flows: input.flows, ids });
  const clients = reportClients(input.clients ?? [], input.flows, files, wording);
  const missing =
    speaksOfNoBorder(policy) && !nested.some(speaksOfBorders) ? missingPolicy(clients, catalog) : [];
  const problems = [...input.problems, ...directives.problems, ...unmatched, ...unused, ...missing];
  for (const file of files.values()) problems.push(...file.problems);
  return {
    findings: findings.sort(compareFindings),
    problems: problems.sort(compareProblems),
    gaps: reportGaps(input.gaps, files, wording),
    unknownPlaces: unknownPlaces(input.flows, files, wording),
    clients,
    dataMap: dataMap(input.flows, judged, files, wording),
    stats: input.stats,
  };
}

function speaksOfBorders({ policy }: NestedPolicy): boolean {
  return !speaksOfNoBorder(policy);
}

function findingOf(
  draft: DraftFinding,
  severity: Finding["severity"],
  id: string,
  suppressed: Finding["suppressed"],
): Finding {
  return {
    id,
    rule: draft.rule.id,
    severity,
    confidence: draft.confidence,
    location: draft.location,
    message: draft.message,
    sinkKind: draft.sinkKind,
    sink: draft.sink,
    bulk: draft.bulk,
    data: draft.data,
    ...(draft.alsoReaches.length === 0 ? {} : { alsoReaches: draft.alsoReaches }),
    ...(draft.places.length === 0 ? {} : { places: draft.places }),
    ...(draft.residency === undefined ? {} : { residency: draft.residency }),
    ...(draft.uncalled === undefined ? {} : { uncalled: draft.uncalled }),
    ...(suppressed === undefined ? {} : { suppressed }),
  };
}
