import { describe, expect, test } from "vitest";
import { loadCatalog, loadModels } from "../../src/catalog/index.ts";
import type { Problem } from "../../src/engine/index.ts";
import { readCatalogFiles } from "./read-catalog-files.ts";

const { catalog } = loadCatalog(readCatalogFiles(), { trusted: true });

/** The text that a problem's range covers. */
function textAt(text: string, { range }: Problem): string {
  if (!range) throw new Error("the problem has no range");
  const lines = text.split("\n");
  const offset = ({ line, character }: { line: number; character: number }) =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return text.slice(offset(range.start), offset(range.end));
}

test("reads one model, or a list of them, with comments and trailing commas", () => {
  const one = loadModels(
    "m.json",
    '{ "module": "src/redact.ts", /* ours */ "sanitizers": [{ "path": "ReturnValue" },], }',
  );
  expect(one).toMatchObject({
    models: [{ module: "src/redact.ts", sanitizers: [{ path: "ReturnValue" }] }],
    problems: [],
  });
  const two = loadModels("m.json", '{ "$schema": "x", "models": [{ "library": "a" }, { "library": "b" }] }');
  expect(two).toMatchObject({ models: [{ library: "a" }, { library: "b" }], problems: [] });
});

describe("a mistake is a problem at its place, and the rest works", () => {
  test.each([
    ["model-invalid", '{ "library": "a", "sink": [] }', '"sink"', 'Did you mean "sinks"?'],
    ["model-invalid", '{ "library": 7 }', "7", "Write a string."],
    [
      "model-path-invalid",
      '{ "library": "a", "sinks": [{ "path": "Argument[0", "kind": "log" }] }',
      '"Argument[0"',
      "Join path words with dots, such as Member[info].Argument[0..] or ReturnValue.",
    ],
    [
      "catalog-unknown-reference",
      '{ "library": "a", "sinks": [{ "path": "Argument[0]", "kind": "export.cvs" }] }',
      '"export.cvs"',
      'Did you mean "export.csv"?',
    ],
    [
      "catalog-unknown-reference",
      '{ "models": [{ "library": "a" }, { "library": "b", "sinks": [{ "on": "X", "path": "Argument[0]", "kind": "log" }] }] }',
      '"X"',
      'Declare it in "types" of this model.',
    ],
  ] as const)("%s in %s", (code, text, place, hint) => {
    const { problems } = loadModels("privacy/models/own.json", text, catalog);
    expect(problems).toHaveLength(1);
    const problem = problems[0] as Problem;
    expect(problem).toMatchObject({ code, file: "privacy/models/own.json", hint });
    expect(textAt(text, problem)).toBe(place);
  });

  test("after a dropped row, later problems still stand at their own place", () => {
    const text = `{
  "library": "a",
  "sinks": [
    { "path": "Argument[0]" },
    { "path": "Argument[1]", "kind": "log" },
    { "path": "Argument[2]", "kind": "lag" }
  ]
}`;
    const { models, problems } = loadModels("m.json", text, catalog);
    expect(models).toMatchObject([{ library: "a", sinks: [{ path: "Argument[1]", kind: "log" }] }]);
    expect(problems.map((problem) => [problem.message, problem.range?.start.line])).toEqual([
      ['"kind" is missing.', 3],
      ['There is no sink kind "lag".', 5],
    ]);
  });

  test("text that is not JSON", () => {
    const { models, problems } = loadModels("m.json", '{ "library": "a" "note": "x" }');
    expect(models).toMatchObject([{ library: "a", note: "x" }]);
    expect(problems[0]).toMatchObject({
      code: "model-syntax",
      message: "This is not valid JSON: comma expected.",
    });
    expect(problems[0]?.range?.start).toEqual({ line: 0, character: 17 });
  });

  test.each(["", "   ", "// only a comment", "{", "[", "nonsense"])("never throws on %j", (text) => {
    const { models, problems } = loadModels("m.json", text);
    expect(models).toEqual([]);
    expect(problems.length).toBeGreaterThan(0);
  });
});
