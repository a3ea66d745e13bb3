import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bundleCatalog } from "../../scripts/bundle-catalog.mjs";
import { loadCatalog } from "../../src/catalog/index.ts";
import { type AnalyzeInput, emptyPolicy, type Finding, type Report } from "../../src/engine/index.ts";
import { checkCollection } from "./check-collection.ts";
import { findFixtures } from "./find-fixtures.ts";
import { loadFixturePolicy } from "./load-fixture-policy.ts";
import { runFixture } from "./run-fixture.ts";

const { catalog } = loadCatalog(bundleCatalog("src/catalog"), { trusted: true });
const leak = "// Why it exists.\nlog(user.email);\n//  ^^^^^^^^^^ pii-in-log contact.email\n";
const clean = "// Why it is safe.\nlog(user.plan);\n";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "fixtures-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Record<string, string>) {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

function reportOf(file: string, more: Partial<Finding> = {}, problems: Report["problems"] = []): Report {
  const location = { file, start: { line: 1, character: 4 }, end: { line: 1, character: 14 } };
  const finding: Finding = {
    id: "1",
    rule: "pii-in-log",
    severity: "warning",
    confidence: "medium",
    location,
    message: "E-mail address is written to a log.",
    sinkKind: "log",
    sink: "log",
    bulk: false,
    data: [{ dataType: "contact.email", title: "", confidence: "medium", because: "", trace: [] }],
    ...more,
  };
  const stats = { files: 1, lines: 1, functions: 1, skipped: [], limits: {}, limitsByFile: [], flows: 0 };
  return { findings: [finding], problems, gaps: [], unknownPlaces: [], clients: [], dataMap: [], stats };
}

const run = (analyze: (input: AnalyzeInput) => Report) =>
  findFixtures(folder).flatMap((fixture) => runFixture(fixture, { catalog, policy: emptyPolicy, analyze }));

describe("finding fixtures", () => {
  it("takes a file alone as a program, and a folder with a main file or a package.json as one", () => {
    write({
      "log/a.ts": leak,
      "log/borderline.jsonc": "{}",
      "log/many/main.ts": leak,
      "log/many/lib/other.ts": clean,
      "log/house/package.json": "{}",
      "log/house/src/app.tsx": clean,
    });
    expect(findFixtures(folder).map(({ name, files }) => [name, files])).toEqual([
      ["log/a", ["a.ts"]],
      ["log/house", ["package.json", "src/app.tsx"]],
      ["log/many", ["lib/other.ts", "main.ts"]],
    ]);
  });
});

describe("running a fixture", () => {
  it("gives the analysis the files, the configuration and the texts", () => {
    write({ "p/package.json": '{"name":"p"}', "p/src/a.ts": leak, "p/borderline.jsonc": "{}" });
    run((input) => {
      expect(input.files).toEqual(["borderline.jsonc", "package.json", "src/a.ts"]);
      expect([...input.configs]).toEqual([["package.json", '{"name":"p"}']]);
      expect(input.readText("src/a.ts")).toBe(leak);
      return reportOf("src/a.ts");
    });
    expect.assertions(3);
  });

  it("is silent when all is as marked", () => {
    write({ "a.ts": leak });
    expect(run(() => reportOf("a.ts"))).toEqual([]);
  });

  it("passes over low confidence unless the file asks for it", () => {
    write({ "a.ts": leak });
    expect(run(() => reportOf("a.ts", { confidence: "low" }))).toHaveLength(1);
    write({ "a.ts": leak.replace("\n", "\n// options: min-confidence=low\n") });
    expect(run(() => reportOf("a.ts", { confidence: "low", location: lowered() }))).toEqual([]);
  });

  it("compares the problems", () => {
    const problem = {
      code: "syntax-error",
      message: "An expression is missing.",
      hint: "",
      file: "a.ts",
    } as const;
    write({ "a.ts": leak });
    expect(run(() => reportOf("a.ts", {}, [problem]))).toEqual([
      "expected problems: none; found: syntax-error in a.ts: An expression is missing.",
    ]);
    write({ "a.ts": leak.replace("\n", "\n// options: problems=syntax-error\n") });
    expect(run(() => reportOf("a.ts", { location: lowered() }, [problem]))).toEqual([]);
    expect(run(() => reportOf("a.ts", { location: lowered() }))).toHaveLength(1);
  });

  it.each([
    ["pii-in-blog contact.email", 'the catalog has no rule "pii-in-blog"'],
    ["MISSING pii-in-log contact.emial -- not yet", 'the catalog has no data type "contact.emial"'],
    ["pii-in-log contact.email <- #1", "there is no source#1"],
    ["source#1 contact.email", "no marker names source#1"],
    ["nonsense", '"nonsense" is not a rule id'],
  ])("refuses the marker %s before it analyses", (words, mistake) => {
    write({ "a.ts": `// Why.\nlog(user.email);\n//  ^^^^^^^^^^ ${words}\n` });
    const mistakes = run(() => {
      throw new Error("analysed");
    });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(mistake);
  });

  function lowered() {
    return { file: "a.ts", start: { line: 2, character: 4 }, end: { line: 2, character: 14 } };
  }
});

describe("the policy of a fixture", () => {
  it("is the nearest one above, and none when there is none", () => {
    write({ "a/b/x.ts": clean, "a/borderline.jsonc": '{ "rules": { "pii-in-log": "error" }, }' });
    expect(loadFixturePolicy(join(folder, "a/b"), folder, catalog).rules).toEqual({ "pii-in-log": "error" });
    expect(loadFixturePolicy(folder, folder, catalog)).toEqual(emptyPolicy);
  });

  it("may hold no mistake", () => {
    write({ "borderline.jsonc": '{\n  "rules": { "pii-in-blog": "error" }\n}' });
    expect(() => loadFixturePolicy(folder, folder, catalog)).toThrow(/borderline\.jsonc:2: .*pii-in-blog/);
  });
});

describe("checking the collection", () => {
  const check = () => checkCollection(findFixtures(folder));

  it("accepts a positive and its twin, as files and as folders", () => {
    write({ "a.ts": leak, "a.safe.ts": clean, "b/main.ts": leak, "b.safe/main.ts": clean });
    expect(check()).toEqual([]);
  });

  it.each([
    ["a.ts", leak, "a: it has no safe twin"],
    ["a.safe.ts", clean, "a.safe: it is the safe twin of nothing"],
  ])("refuses %s alone", (file, text, mistake) => {
    write({ [file]: text });
    expect(check()).toEqual([mistake]);
  });

  it("refuses a twin that is not safe, and a positive that shows nothing", () => {
    write({ "a.ts": clean, "a.safe.ts": leak });
    expect(check()).toEqual([
      "a.safe: a safe twin must have no finding that counts",
      "a: it has no marker, so it shows nothing",
    ]);
  });

  it("lets a twin have what is let through, and known false alarms", () => {
    write({
      "a.ts": leak,
      "a.safe.ts": leak.replace("contact.email", "contact.email suppressed=directive"),
      "b.ts": leak,
      "b.safe.ts": leak.replace(
        "^ pii-in-log contact.email",
        "^ SPURIOUS pii-in-log contact.email -- not yet",
      ),
    });
    expect(check()).toEqual([]);
  });

  it("wants a sentence on the first line", () => {
    const mistake = "its first line must be a comment: one sentence, ending in a full stop";
    write({ "a.ts": leak.replace("// Why it exists.\n", ""), "a.safe.ts": "// why\nlog();\n" });
    expect(check()).toEqual([`a.safe: ${mistake}`, `a: ${mistake}`]);
  });
});
