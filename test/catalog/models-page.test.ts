import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadPolicy } from "../../src/catalog/index.ts";
import { analyzeTexts, catalog } from "../support/analyze-texts.ts";

const page = readFileSync(new URL("../../docs/models.md", import.meta.url), "utf8");
const examples = [...page.matchAll(/^## (.+)\n[^#]*?```jsonc\n([\s\S]*?)```\n```tsx?\n([\s\S]*?)```/gm)].map(
  ([, title = "", models = "", code = ""]) => ({ title, models, code }),
);

/** The files of an example: each begins with a comment that names it. */
function filesOf(code: string): Record<string, string> {
  const parts = code.split(/^\/\/ (\S+\.tsx?)\n/m).slice(1);
  return Object.fromEntries(parts.flatMap((part, at) => (at % 2 === 0 ? [[part, parts[at + 1] ?? ""]] : [])));
}

test("the page has an example in each of its sections on rows", () => {
  expect(examples.length).toBe([...page.matchAll(/```jsonc/g)].length);
  expect(examples.length).toBeGreaterThan(3);
});

test.each(examples)("$title", ({ models, code }) => {
  const { policy, problems } = loadPolicy("borderline.jsonc", `{ "models": ${models} }`, catalog);
  expect(problems).toEqual([]);
  const files = filesOf(code);
  const report = analyzeTexts(files, policy);
  expect(report.problems).toEqual([]);
  const found = report.findings.map(({ location }) => `${location.file}:${location.start.line + 1}`);
  const marked = Object.entries(files).flatMap(([file, text]) =>
    text.split("\n").flatMap((line, at) => (line.includes("// found") ? [`${file}:${at + 1}`] : [])),
  );
  expect([...new Set(found)].sort()).toEqual(marked.sort());
});
