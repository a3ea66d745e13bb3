import { expect, test } from "vitest";
import { loadPolicy } from "../../../src/catalog/index.ts";
import { analyzeTexts, catalog } from "../../support/analyze-texts.ts";

const code = {
  "src/redact.ts": "export function redact(text: string) { return text; }\nexport class Box { clean() {} }",
  "src/main.ts": 'import { redact } from "./redact";\nimport { send } from "carrier";\nsend(redact("x"));',
};

/** `line: message hint` of each row that matches nothing. */
function unmatched(models: unknown[]): string[] {
  const text = JSON.stringify({ models }, null, 1);
  const { policy, problems } = loadPolicy("borderline.jsonc", text, catalog);
  expect(problems).toEqual([]);
  const lines = text.split("\n");
  return analyzeTexts(code, policy).problems.map(({ code: kind, message, hint, file, range }) => {
    expect([kind, file]).toEqual(["model-unmatched", "borderline.jsonc"]);
    return `${lines[range?.start.line ?? 0]?.trim()} ${message} ${hint}`;
  });
}

test("rows that are met say nothing", () => {
  expect(
    unmatched([
      {
        module: "src/*.ts",
        sanitizers: [
          { path: "Member[redact].ReturnValue" },
          { path: "Member[Box].Instance.Member[clean].ReturnValue" },
        ],
      },
      { library: "carrier", sinks: [{ path: "Member[send].Argument[0]", kind: "log" }] },
    ]),
  ).toEqual([]);
});

test("a row that nothing matches is told at its path, with the name that was probably meant", () => {
  const [row, ...others] = unmatched([
    { module: "src/redact.ts", sanitizers: [{ path: "Member[redcat].ReturnValue" }] },
  ]);
  expect(row).toBe(
    '"path": "Member[redcat].ReturnValue" Nothing in what is analysed is at `Member[redcat].ReturnValue` of `src/redact.ts`. Did you mean Member[redact]?',
  );
  expect(others).toEqual([]);
});

test("a file that is not there, and a package that nobody imports, are told once", () => {
  const sinks = [
    { path: "Member[a].Argument[0]", kind: "log" },
    { path: "Member[b].Argument[0]", kind: "log" },
  ];
  expect(
    unmatched([
      { module: "src/gone/*.ts", sinks },
      { library: "@corp/courier", sinks },
    ]),
  ).toEqual([
    expect.stringMatching(/^"module": .* No file that is analysed matches `src\/gone\/\*\.ts`/),
    expect.stringMatching(/^"library": .* No file imports `@corp\/courier`/),
  ]);
});

test("built-in models are never reported", () => {
  expect(analyzeTexts({ "a.ts": "export {};" }).problems).toEqual([]);
});
