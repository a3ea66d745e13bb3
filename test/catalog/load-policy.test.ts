import { describe, expect, test } from "vitest";
import { loadCatalog, loadPolicy } from "../../src/catalog/index.ts";
import { emptyPolicy, type Problem } from "../../src/engine/index.ts";
import { readCatalogFiles } from "./read-catalog-files.ts";

const { catalog } = loadCatalog(readCatalogFiles(), { trusted: true });
const load = (text: string) => loadPolicy("borderline.jsonc", text, catalog);

test("the policy of the product's own description is valid", () => {
  const { policy, modelFiles, problems } = load(`{
    // where the people are
    "$schema": "./node_modules/borderline/policy.schema.json",
    "residency": { "default": "US", "paths": { "packages/eu/**": "EU" } },
    "regions": {
      "texas": { "jurisdiction": "US", "hosts": ["*.us-gateway.example"], "env": ["US_*"] },
      "beijing": { "jurisdiction": "CN", "hosts": ["*.bj.example.internal"] }
    },
    "presets": ["us-countries-of-concern", "eu-chapter-v"],
    "transfers": [
      { "from": "EU", "to": ["EU", "GB"], "allow": true, "basis": "adequacy" },
      { "from": "US", "to": "CN", "data": ["contact", "identity", "network"], "allow": false }
    ],
    "channels": [ { "name": "texas-gateway", "call": "@corp/texas-gateway#share", "approvedBy": "privacy-board" } ],
    "rules": { "pii-in-log": "error", "export.llm": "error", "export.response": "off" },
    "models": ["./privacy/models/*.json"],
    "approvals": [ { "finding": "b1f2", "reason": "DPA 2026-114", "by": "dpo@corp.example", "expires": "2027-03-31" } ],
    "include": ["src/**"], "exclude": ["**/*.test.ts"],
  }`);
  expect(problems).toEqual([]);
  expect(modelFiles).toEqual(["./privacy/models/*.json"]);
  expect(policy.residency).toEqual({ default: "US", paths: { "packages/eu/**": "EU" } });
  expect(policy.transfers).toHaveLength(2);
  expect(policy.rules).toEqual({ "pii-in-log": "error", "export.llm": "error", "export.response": "off" });
  expect(policy.approvals[0]?.expires).toBe("2027-03-31");
  expect(Object.keys(policy).sort()).toEqual(Object.keys(emptyPolicy).sort());
});

test("an empty policy is the default one", () => {
  expect(load("{}")).toEqual({ policy: emptyPolicy, modelFiles: [], problems: [] });
});

test("names of the policy's own regions become jurisdictions", () => {
  const { policy, problems } = load(`{
    "residency": { "default": "texas", "paths": { "cn/**": "beijing" }, "packages": { "@corp/cn": "beijing" } },
    "regions": { "texas": { "jurisdiction": "US" }, "beijing": { "jurisdiction": "CN" } },
    "transfers": [{ "from": "texas", "to": ["beijing", "HK"], "allow": false }],
    "channels": [{ "name": "gateway", "call": "g#h", "to": "beijing" }]
  }`);
  expect(problems).toEqual([]);
  expect(policy.residency).toEqual({
    default: "US",
    paths: { "cn/**": "CN" },
    packages: { "@corp/cn": "CN" },
  });
  expect(policy.transfers).toMatchObject([{ from: ["US"], to: ["CN", "HK"], allow: false }]);
  expect(policy.channels).toMatchObject([{ name: "gateway", to: ["CN"] }]);
  const { start, end } = policy.transfers[0]?.writtenAt ?? {};
  expect([start?.line, start?.character, end?.line]).toEqual([3, 18, 3]);
});

test("models may be written in the policy itself", () => {
  const { policy, modelFiles, problems } = load(
    '{ "models": ["a.json", { "module": "src/log.ts", "sinks": [{ "path": "Member[say].Argument[0]", "kind": "log" }] }] }',
  );
  expect(problems).toEqual([]);
  expect(modelFiles).toEqual(["a.json"]);
  expect(policy.models.map((model) => model.module)).toEqual(["src/log.ts"]);
});

interface Mistake {
  readonly text: string;
  /** The text under the squiggle. */
  readonly at: string;
  readonly message: string;
  readonly hint: string;
}

const mistakes: Record<string, Mistake> = {
  "an unknown key": {
    text: '{ "transfer": [] }',
    at: '"transfer"',
    message: '"transfer" is not a known key.',
    hint: 'Did you mean "transfers"?',
  },
  "an unknown rule": {
    text: '{ "rules": { "pii-in-logs": "error" } }',
    at: '"pii-in-logs"',
    message: 'There is no rule or sink kind "pii-in-logs".',
    hint: 'Did you mean "pii-in-log"?',
  },
  "an unknown severity": {
    text: '{ "rules": { "pii-in-log": "warn" } }',
    at: '"warn"',
    message: '"warn" is not one of the known values.',
    hint: "Known values: error, warning, information, off.",
  },
  "an unknown jurisdiction": {
    text: '{ "residency": { "default": "EUU" } }',
    at: '"EUU"',
    message: 'There is no jurisdiction "EUU".',
    hint: 'Did you mean "EU"?',
  },
  "an unknown jurisdiction in a list": {
    text: '{ "transfers": [{ "to": ["CN", "Mars"], "allow": false }] }',
    at: '"Mars"',
    message: 'There is no jurisdiction "Mars".',
    hint: 'Write an ISO 3166 country code or a name from "regions".',
  },
  "a region's unknown jurisdiction": {
    text: '{ "regions": { "home": { "jurisdiction": "ZZ" } } }',
    at: '"ZZ"',
    message: 'There is no jurisdiction "ZZ".',
    hint: 'Write an ISO 3166 country code or a name from "regions".',
  },
  "an unknown preset": {
    text: '{ "presets": ["eu-chapter-5"] }',
    at: '"eu-chapter-5"',
    message: 'There is no preset "eu-chapter-5".',
    hint: 'Did you mean "eu-chapter-v"?',
  },
  "an unknown data type": {
    text: '{ "transfers": [{ "data": ["contacts"], "allow": false }] }',
    at: '"contacts"',
    message: 'There is no data type "contacts".',
    hint: "",
  },
  "an unknown sink kind": {
    text: '{ "transfers": [{ "sinks": ["export.csvs"], "allow": false }] }',
    at: '"export.csvs"',
    message: 'There is no sink kind "export.csvs".',
    hint: 'Did you mean "export.csv"?',
  },
  "a transfer that decides nothing": {
    text: '{ "transfers": [{ "from": "EU" }] }',
    at: '{ "from": "EU" }',
    message: '"allow" is missing.',
    hint: 'Add "allow".',
  },
  "a date in another order": {
    text: '{ "approvals": [{ "finding": "a", "reason": "b", "expires": "31.03.2027" }] }',
    at: '"31.03.2027"',
    message: '"31.03.2027" is not written as expected.',
    hint: "Write a date as year-month-day, such as 2027-03-31.",
  },
  "an unknown data type with a severity": {
    text: '{ "data": { "account.userid": "warning" } }',
    at: '"account.userid"',
    message: 'There is no data type "account.userid".',
    hint: 'Did you mean "account.user-id"?',
  },
  "a channel without a member": {
    text: '{ "channels": [{ "name": "a", "call": "@corp/gateway" }] }',
    at: '"@corp/gateway"',
    message: '"@corp/gateway" is not written as expected.',
    hint: "Write the package or file, #, and the member, such as @corp/texas-gateway#share.",
  },
  "the same channel twice": {
    text: '{ "channels": [{ "name": "a", "call": "x#y" }, { "name": "b", "call": "x#y" }] }',
    at: '"x#y"',
    message: 'The call "x#y" is already a channel above.',
    hint: "Keep one of the two channels.",
  },
  "a word where a list belongs": {
    text: '{ "include": "src/**" }',
    at: '"src/**"',
    message: "Expected a list here.",
    hint: "Write a list.",
  },
  "a model's mistake": {
    text: '{ "models": [{ "module": "a.ts", "sinks": [{ "path": "Argument[0]", "kind": "lag" }] }] }',
    at: '"lag"',
    message: 'There is no sink kind "lag".',
    hint: 'Did you mean "log"?',
  },
};

describe("every mistake is a problem at its place, with what to do next", () => {
  test.each(Object.entries(mistakes))("%s", (_name, { text, at, message, hint }) => {
    const { problems } = load(text);
    expect(problems).toHaveLength(1);
    const problem = problems[0] as Problem;
    expect(problem).toMatchObject({ file: "borderline.jsonc", message });
    expect(problem.hint).toContain(hint);
    const from = problem.range?.start.character ?? -1;
    const to = problem.range?.end.character ?? -1;
    expect(text.slice(from, to)).toBe(at);
  });
});

describe("the rest of the policy still works", () => {
  test("a mistake takes its own row with it, and no more", () => {
    const { policy, problems } = load(`{
      "residency": { "default": "Atlantis", "paths": { "eu/**": "EU", "x/**": 5 } },
      "rules": { "pii-in-log": "error", "pii-in-export": "loud" },
      "presets": ["nope", "eu-chapter-v"],
      "transfers": [
        { "from": 5, "to": "CN", "allow": true },
        { "from": "US", "to": "CN", "allow": false }
      ],
      "nonsense": 1
    }`);
    expect(policy.residency).toEqual({ paths: { "eu/**": "EU" } });
    expect(policy.rules).toEqual({ "pii-in-log": "error" });
    expect(policy.presets).toEqual(["eu-chapter-v"]);
    expect(policy.transfers).toEqual([{ from: ["US"], to: ["CN"], allow: false }]);
    expect(problems.map((problem) => problem.range?.start.line).sort()).toEqual([1, 1, 2, 3, 5, 8]);
  });

  test("a transfer with a wrong key is dropped, not widened to everywhere", () => {
    const { policy } = load('{ "transfers": [{ "form": "EU", "to": "US", "allow": true }] }');
    expect(policy.transfers).toEqual([]);
  });

  test("a file that is not JSON gives what can be read", () => {
    const { policy, problems } = load('{ "presets": ["eu-chapter-v"] "rules": { "pii-in-log": "error" } }');
    expect(policy.presets).toEqual(["eu-chapter-v"]);
    expect(policy.rules).toEqual({ "pii-in-log": "error" });
    expect(problems[0]).toMatchObject({
      code: "policy-syntax",
      range: { start: { line: 0, character: 30 } },
    });
  });

  test.each(["", "// nothing yet", "{", "[]", "5", "null", '{ "rules": '])("never throws on %j", (text) => {
    const { policy, problems } = load(text);
    expect(policy).toEqual(emptyPolicy);
    expect(problems.length).toBeGreaterThan(0);
  });
});

test("without a catalog names are not looked up", () => {
  expect(
    loadPolicy("borderline.jsonc", '{ "presets": ["own"], "rules": { "log.audit": "off" } }').problems,
  ).toEqual([]);
});
