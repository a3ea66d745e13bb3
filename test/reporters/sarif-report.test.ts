import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { default as addFormats } from "ajv-formats";
import type { Log, Result } from "sarif";
import { describe, expect, test } from "vitest";
import { sarifReport } from "../../src/reporters/index.ts";
import { crossing, empty, finding, full, inputOf } from "./sample-report.ts";

const validate = compileSchema();

describe("the log", () => {
  test.each([
    ["with one of everything", full],
    ["without anything", empty],
    ["of a finding without a trace", { ...empty, findings: [finding({ data: [] })] }],
  ])("%s follows the official schema", (_, report) => {
    const log: unknown = JSON.parse(sarifReport(inputOf(report)));
    expect(validate(log) ? [] : validate.errors).toEqual([]);
  });

  test("that does not follow the schema is found out, so this check can fail", () => {
    expect(validate({ version: "2.1.0", runs: [{ tool: {}, results: [{}] }] })).toBe(false);
  });

  test("is the same for the same report", () => {
    expect(sarifReport(inputOf(full))).toBe(sarifReport(inputOf(structuredClone(full))));
  });
});

describe("a result", () => {
  const { results, rulesOf } = read();

  test("points to its rule, and the rule brings its help", () => {
    for (const { ruleId, ruleIndex } of results) expect(rulesOf[ruleIndex as number]?.id).toBe(ruleId);
    expect(rulesOf[0]).toMatchObject({
      id: "pii-in-log",
      name: "PiiInLog",
      help: {
        text: "Log an id or a count instead.",
        markdown: expect.stringContaining("**Personal data in a log**"),
      },
      defaultConfiguration: { level: "warning" },
    });
  });

  test("has SARIF's word for its severity, and the finding's id as its fingerprint", () => {
    expect(results.map(({ level, partialFingerprints }) => [level, partialFingerprints])).toEqual([
      ["error", { "borderlineFindingId/v1": "00000000000000b2" }],
      ["note", { "borderlineFindingId/v1": "00000000000000c3" }],
      ["warning", { "borderlineFindingId/v1": "00000000000000a1" }],
    ]);
  });

  test("counts lines and columns from one, and names files by percent-encoded paths below the root", () => {
    expect(results[2]?.locations?.[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "src/sign%20up/%E7%94%A8%E6%88%B7%20%231.ts", uriBaseId: "%SRCROOT%" },
      region: { startLine: 10, startColumn: 5, endLine: 10, endColumn: 10 },
    });
  });

  test("carries the way of the data, from source to sink", () => {
    const steps = results[2]?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    expect(steps.map(({ location, importance }) => [location?.message?.text, importance])).toEqual([
      ["e-mail address comes from `user.email`", "essential"],
      ["passed to `log` as `value`", "important"],
      ["written to a log by `logger.info`", "essential"],
    ]);
  });

  test("relates its sources and the evidence of its place", () => {
    expect(results[0]?.relatedLocations?.map(({ id, message }) => [id, message?.text])).toEqual([
      [0, "E-mail address: `email` of `User`"],
      [1, 'Place CN: region "cn-north-1" of aws'],
    ]);
    expect(results[0]?.properties).toMatchObject({ residency: "US", places: ["CN"], bulk: crossing.bulk });
  });

  test("says why it is suppressed, or that it is not", () => {
    expect(results.map(({ suppressions }) => suppressions)).toMatchObject([
      [],
      [
        {
          kind: "external",
          status: "accepted",
          justification: "DPA 114 (approved by dpo) (until 2027-01-01)",
        },
      ],
      [],
    ]);
    const inSource = finding({ suppressed: { by: "directive", reason: "agreed" } });
    const [result] = read({ ...empty, findings: [inSource] }).results;
    expect(result?.suppressions).toMatchObject([{ kind: "inSource", justification: "agreed" }]);
  });
});

test("what the run could not do or see stands among its notifications", () => {
  const [invocation] = read().run.invocations ?? [];
  expect(invocation?.executionSuccessful).toBe(true);
  expect(invocation?.toolConfigurationNotifications?.map(({ descriptor }) => descriptor?.id)).toEqual([
    "config-invalid",
  ]);
  expect(
    invocation?.toolExecutionNotifications?.map(({ descriptor, level, locations }) => [
      descriptor?.id,
      level,
      locations?.[0]?.physicalLocation?.artifactLocation?.uri,
    ]),
  ).toEqual([
    ["syntax-error", "warning", "src/half.ts"],
    ["analysis-failed", "warning", undefined],
    ["file-minified", "warning", "dist/app.min.js"],
    ["gap", "note", "src/d.ts"],
  ]);
});

function read(report = full) {
  const log: Log = JSON.parse(sarifReport(inputOf(report)));
  const run = log.runs[0] as Log["runs"][number];
  const results = run.results as Result[];
  return { run, results, rulesOf: run.tool.driver.rules ?? [] };
}

/** The schema is a draft 4 one; without its own names, all that it uses means the same in the draft that ajv reads. */
function compileSchema() {
  const path = new URL("fixtures/sarif-schema-2.1.0.json", import.meta.url);
  const { id, $schema, ...schema } = JSON.parse(readFileSync(path, "utf8"));
  expect([id, $schema]).toEqual([
    expect.stringContaining("sarif-2.1.0"),
    expect.stringContaining("draft-04"),
  ]);
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(schema);
}
