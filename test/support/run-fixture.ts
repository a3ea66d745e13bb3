import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type AnalyzeInput,
  type Catalog,
  type Finding,
  isAtLeast,
  isEnvironmentFile,
  isSourceFile,
  missingConfigs,
  type Policy,
  type Report,
} from "../../src/engine/index.ts";
import type { Fixture } from "./find-fixtures.ts";
import type { MarkedFile } from "./marker.ts";
import { matchFindings } from "./match-findings.ts";
import { parseMarkedFile } from "./parse-marked-file.ts";

export interface Bench {
  readonly catalog: Catalog;
  readonly policy: Policy;
  readonly analyze: (input: AnalyzeInput) => Report;
}

/** Everything that a fixture's analysis does not do as its markers say; empty when all is well. */
export function runFixture(fixture: Fixture, bench: Bench): string[] {
  const marked = readMarkedFiles(fixture);
  const mistakes = [...marked.flatMap((file) => file.mistakes), ...mistakesAcross(marked, bench.catalog)];
  if (mistakes.length > 0) return mistakes;
  const report = bench.analyze({
    catalog: bench.catalog,
    policy: bench.policy,
    today: "2026-11-24",
    files: fixture.files,
    configs: readConfigs(fixture),
    readText: (file) => readFileSync(join(fixture.root, file), "utf8"),
  });
  const seen = report.findings.filter((finding) => isShown(finding, marked));
  return [...matchFindings(marked, seen), ...compareProblems(marked, report)];
}

/** The marked source files of a fixture. */
export function readMarkedFiles(fixture: Fixture): MarkedFile[] {
  return fixture.files
    .filter((file) => isSourceFile(file))
    .map((file) => parseMarkedFile(file, readFileSync(join(fixture.root, file), "utf8")));
}

function isShown(finding: Finding, marked: readonly MarkedFile[]): boolean {
  const file = marked.find((each) => each.file === finding.location.file);
  return isAtLeast(finding.confidence, file?.options.minConfidence ?? "medium");
}

function readConfigs(fixture: Fixture): Map<string, string> {
  const configs = new Map<string, string>();
  let wanted = fixture.files.filter(
    (file) => isEnvironmentFile(file) || /(^|\/)(package|[jt]sconfig[^/]*)\.json$|\.prisma$/.test(file),
  );
  while (wanted.length > 0) {
    for (const file of wanted) configs.set(file, readFileSync(join(fixture.root, file), "utf8"));
    wanted = missingConfigs(fixture.files, configs);
  }
  return configs;
}

/** Mistakes that one marker does not show by itself: labels, and words that the catalog does not know. */
function mistakesAcross(marked: readonly MarkedFile[], catalog: Catalog): string[] {
  const labels = marked.flatMap((file) => file.labels);
  const markers = marked.flatMap((file) => file.markers);
  const named = new Set(markers.flatMap((marker) => marker.from));
  const rules = new Set(catalog.rules.map((rule) => rule.id));
  const dataTypes = new Set(catalog.dataTypes.map((type) => type.id));
  const mistakes: string[] = [];
  for (const [index, { label, file, line }] of labels.entries()) {
    const at = `${file}:${line + 1}`;
    if (!named.has(label)) mistakes.push(`${at}: no marker names source#${label}`);
    if (labels.findIndex((each) => each.label === label) < index)
      mistakes.push(`${at}: source#${label} twice`);
  }
  for (const marker of markers) {
    const at = `${marker.file}:${marker.line + 1}`;
    const unlabelled = marker.from.filter((name) => labels.every(({ label }) => label !== name));
    mistakes.push(...unlabelled.map((name) => `${at}: there is no source#${name}`));
    if (!rules.has(marker.rule)) mistakes.push(`${at}: the catalog has no rule "${marker.rule}"`);
    const unknown = marker.dataTypes.filter((type) => !dataTypes.has(type));
    mistakes.push(...unknown.map((type) => `${at}: the catalog has no data type "${type}"`));
  }
  return mistakes;
}

const ofPolicy: ReadonlySet<string> = new Set(["model-unmatched", "policy-unused", "policy-missing"]);

function compareProblems(marked: readonly MarkedFile[], report: Report): string[] {
  const expected = marked.flatMap((file) => file.options.problems).sort();
  // The fixtures of a folder share its policy, or have none: no one of them needs all of its rows.
  const problems = report.problems.filter(({ code }) => !ofPolicy.has(code) || expected.includes(code));
  const found = problems.map((problem) => problem.code).sort();
  if (expected.join() === found.join()) return [];
  const words = problems.map((problem) => `${problem.code} in ${problem.file}: ${problem.message}`);
  return [`expected problems: ${expected.join(", ") || "none"}; found: ${words.join("; ") || "none"}`];
}
