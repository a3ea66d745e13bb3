import { expect, test } from "vitest";
import { loadModels, loadPolicy } from "../../src/catalog/index.ts";
import { loadWorkspace, type PolicyReaders } from "../../src/workspace/index.ts";
import { makeFolder } from "./make-folder.ts";

const readers: PolicyReaders = {
  loadPolicy: (file, text, outer) => loadPolicy(file, text, undefined, outer),
  loadModels,
};

test("without a policy everything has its default", async () => {
  const workspace = await loadWorkspace(makeFolder({ "a.ts": "" }), { readers });
  expect(workspace).toMatchObject({ files: ["a.ts"], policyProblems: [], problems: [] });
  expect(workspace.policy.residency).toEqual({ paths: {} });
});

test("reads the texts that the program's shape depends on, and no others", async () => {
  const root = makeFolder({
    "package.json": "{}",
    "p/package.json": '\uFEFF{ "name": "p" }',
    "p/tsconfig.build.json": "{}",
    "jsconfig.json": "{}",
    "package-lock.json": "{}",
    "p/my-tsconfig.json": "{}",
    "a.ts": "",
  });
  const { configs } = await loadWorkspace(root, { readers });
  expect([...configs]).toEqual([
    ["jsconfig.json", "{}"],
    ["p/package.json", '{ "name": "p" }'],
    ["p/tsconfig.build.json", "{}"],
    ["package.json", "{}"],
  ]);
});

test("takes the models of the files that the policy names, wherever they match", async () => {
  const model = (name: string) =>
    `{ "library": "${name}", "sinks": [{ "path": "Member[send].Argument[0]", "kind": "log" }] }`;
  const root = makeFolder({
    "borderline.jsonc": '{ "models": ["./privacy/*.json", "other.json"] } // ours',
    "privacy/a.json": model("a"),
    "privacy/b.json": `// with a comment\n{ "models": [${model("b")}, ${model("c")}] }`,
    "privacy/deep/d.json": model("d"),
    "other.json": model("e"),
  });
  const { policy, policyProblems } = await loadWorkspace(root, { readers });
  expect(policyProblems).toEqual([]);
  expect(policy.models.map(({ library }) => library)).toEqual(["a", "b", "c", "e"]);
});

test("mistakes in policy and models are told by file and place, and the rest counts", async () => {
  const root = makeFolder({
    "borderline.jsonc":
      '{\n  "rulez": {},\n  "models": ["./m.json", "./none/*.json"],\n  "exclude": ["x/**"]\n}',
    "m.json": '{ "library": "a", "sinks": [{ "path": "Memb[", "kind": "log" }] }',
  });
  const { policy, policyProblems } = await loadWorkspace(root, { readers });
  expect(policyProblems.map(({ code, file, range }) => [code, file, range?.start.line])).toEqual(
    expect.arrayContaining([
      ["policy-invalid", "borderline.jsonc", 1],
      ["model-path-invalid", "m.json", 0],
      ["policy-invalid", "borderline.jsonc", undefined],
    ]),
  );
  expect(policyProblems).toHaveLength(3);
  expect(policy.exclude).toEqual(["x/**"]);
});

test("a policy that is there and cannot be read is a mistake in it", async () => {
  const asFolder = makeFolder({ "borderline.jsonc/x": "" });
  const deadLink = makeFolder({ "borderline.jsonc": "-> gone" });
  for (const root of [asFolder, deadLink]) {
    const { policyProblems } = await loadWorkspace(root, { readers });
    expect(policyProblems).toMatchObject([{ code: "file-unreadable", file: "borderline.jsonc" }]);
  }
});

test("unsaved texts stand in for those on disk", async () => {
  const root = makeFolder({ "borderline.jsonc": '{ "exclude": ["old"] }', "package.json": "{}" });
  const overlay = new Map([
    ["borderline.jsonc", '{ "exclude": ["new"] }'],
    ["package.json", '{ "name": "n" }'],
  ]);
  const { policy, configs } = await loadWorkspace(root, { readers, overlay });
  expect(policy.exclude).toEqual(["new"]);
  expect(configs.get("package.json")).toBe('{ "name": "n" }');
});

test("the policy of a folder holds for the code in it, before that of the workspace", async () => {
  const root = makeFolder({
    "borderline.jsonc": `{
      "regions": { "home": { "jurisdiction": "US" } },
      "rules": { "pii-in-log": "error", "pii-in-export": "off" },
      "transfers": [{ "to": "CN", "allow": false }]
    }`,
    "apps/eu/borderline.jsonc": `{
      "residency": { "default": "EU", "paths": { "us/**": "home" } },
      "rules": { "pii-in-log": "off" },
      "transfers": [{ "to": "GB", "allow": true }],
      "exclude": ["old/**"]
    }`,
    "test/borderline.jsonc": `{ "rules": { "pii-in-log": "information" } }`,
  });
  const { policy, policyProblems } = await loadWorkspace(root, { readers });
  expect(policyProblems).toEqual([]);
  expect(policy).toMatchObject({ rules: { "pii-in-log": "error" }, exclude: ["apps/eu/old/**"] });
  expect(policy.nested).toMatchObject([
    {
      folder: "apps/eu",
      residency: { "apps/eu/**": "EU", "apps/eu/us/**": "US" },
      policy: { rules: { "pii-in-log": "off", "pii-in-export": "off" } },
    },
  ]);
  expect(policy.nested?.[0]?.policy.transfers.map(({ to }) => to)).toEqual([["GB"], ["CN"]]);
});

test("mistakes in the policy of a folder are told there", async () => {
  const root = makeFolder({
    "apps/eu/borderline.jsonc": `{ "include": ["src/**"] }`,
    "apps/us/borderline.jsonc": `{ "rulez": {} }`,
  });
  const { policyProblems } = await loadWorkspace(root, { readers });
  expect(policyProblems.map(({ code, file }) => `${code} ${file}`)).toEqual([
    "policy-invalid apps/eu/borderline.jsonc",
    "policy-invalid apps/us/borderline.jsonc",
  ]);
});
