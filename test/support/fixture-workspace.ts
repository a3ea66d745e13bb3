import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { bundleCatalog } from "../../scripts/bundle-catalog.mjs";
import { loadCatalog } from "../../src/catalog/index.ts";
import { extractFile } from "../../src/engine/extract/index.ts";
import {
  createSession,
  type FileId,
  isSourceFile,
  type Policy,
  type Report,
} from "../../src/engine/index.ts";
import { parseFile } from "../../src/engine/parse/index.ts";
import { jsonReport } from "../../src/reporters/index.ts";
import { findFixtures } from "./find-fixtures.ts";
import { loadFixturePolicy } from "./load-fixture-policy.ts";

/** Files by name: the texts of the sources, and of what tells how they are resolved. */
export interface FixtureWorkspace {
  readonly texts: ReadonlyMap<FileId, string>;
  readonly configs: ReadonlyMap<FileId, string>;
}

const folder = resolve("test/fixtures");
export const fixtures = findFixtures(folder);
export const { catalog } = loadCatalog(bundleCatalog("src/catalog"), { trusted: true });

/** Policies that judge the same code differently. */
export const policies: readonly Policy[] = ["flow", "border/eu", "log"].map((name) =>
  loadFixturePolicy(join(folder, name), folder, catalog),
);

/** Several fixtures side by side, each in a folder of its own, and a file that calls what they export. */
export function workspaceOf(indexes: readonly number[]): FixtureWorkspace {
  const texts = new Map<FileId, string>();
  const configs = new Map<FileId, string>();
  indexes.forEach((index, place) => {
    const fixture = fixtures[index % fixtures.length];
    for (const file of fixture?.files ?? []) {
      const text = readFileSync(join(fixture?.root ?? "", file), "utf8");
      if (isSourceFile(file)) texts.set(`part${place}/${file}`, text);
      else if (/\.(?:json|prisma)$/.test(file)) configs.set(`part${place}/${file}`, text);
    }
  });
  texts.set("calls.ts", callsOf(texts));
  return { texts, configs };
}

/** Calls of every function that the files export, with a person. */
export function callsOf(texts: ReadonlyMap<FileId, string>): string {
  const lines = ["interface Person { email: string; phone: string; plan: string }"];
  const calls: string[] = [];
  [...texts].forEach(([file, text], index) => {
    const { exports } = extractFile(parseFile(file, text));
    const names = exports.flatMap((each) => (each.kind === "local" ? [each.exported] : []));
    if (names.length === 0) return;
    lines.push(`import * as m${index} from "./${file.replace(/\.[cm]?[jt]sx?$/, "")}";`);
    calls.push(...names.map((name) => `  console.log(m${index}.${name}(person, person.email, run));`));
  });
  return [...lines, "export function calls(person: Person, run: () => void) {", ...calls, "}", ""].join("\n");
}

/** The whole report, as its bytes. */
export function bytesOf(report: Report): string {
  return jsonReport({ report, rules: catalog.rules, version: "0", hidden: 0 });
}

export function newSession(policy: Policy) {
  return createSession({ catalog, policy, today: "2026-11-24", keepSummaries: true });
}

export function finish<Result>(run: Generator<unknown, Result, void>): Result {
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
  }
}

/** One run from nothing. */
export function analyzeFresh({ texts, configs }: FixtureWorkspace, policy: Policy): string {
  const session = newSession(policy);
  session.setWorkspace([...texts.keys(), ...configs.keys()], configs);
  for (const [file, text] of texts) session.setText(file, text);
  return bytesOf(finish(session.run()));
}

/** The first lines in which two texts differ, for a person to read. */
export function firstDifference(expected: string, found: string): string {
  const [a, b] = [expected.split("\n"), found.split("\n")];
  const at = a.findIndex((line, index) => line !== b[index]);
  const lines = (text: readonly string[]) => text.slice(Math.max(0, at - 8), at + 6).join("\n");
  return `expected, from line ${at + 1}:\n${lines(a)}\nfound:\n${lines(b)}`;
}
