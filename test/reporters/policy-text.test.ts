import { expect, test } from "vitest";
import { loadPolicy } from "../../src/catalog/index.ts";
import { policyText } from "../../src/reporters/index.ts";
import { analyzeTexts, catalog } from "../support/analyze-texts.ts";

const storage = [
  'import { S3Client, PutObjectCommand } from "@aws-sdk/client-s3";',
  'const eu = new S3Client({ region: "eu-central-1" });',
  "const other = new S3Client({ region: String(Math.random()) });",
  "export const keep = (text: string) =>",
  '  eu.send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: text }));',
  "export const idle = () => other;",
  "",
].join("\n");
const main = [
  'import { keep } from "./storage";',
  "export const one = (user: { email: string }) => keep(user.email);",
  "export const two = (user: { email: string }) => keep(user.email);",
  "",
].join("\n");

/** What a person would do who fills in everything that is only suggested. */
function filledIn(text: string): string {
  return text.replace(/^( {4})\/\/ (?=["{])/gm, "$1");
}

function written(files: Readonly<Record<string, string>>): string {
  return policyText(analyzeTexts(files), catalog);
}

test("a policy is written from what was found: clients with evidence, unknown ones, places and channels", () => {
  const text = written({ "src/storage.ts": storage, "src/main.ts": main });
  expect(text).toContain('//     S3Client, src/storage.ts:2: region "eu-central-1" of Amazon Web Services\n');
  expect(text).toMatch(/could not be told where these stand.*\n {2}\/\/ {5}S3Client, src\/storage\.ts:3\n/);
  expect(text).toContain('// { "to": "DE", "data": ["contact"], "allow": true, "basis": "why it may" },\n');
  expect(text).toContain(
    '// { "name": "keep", "call": "src/storage.ts#keep", "approvedBy": "who" }, // 2 calls\n',
  );
});

test("it is valid as it is, and changes nothing", () => {
  const { policy, problems } = loadPolicy(
    "borderline.jsonc",
    written({ "src/storage.ts": storage }),
    catalog,
  );
  expect(problems).toEqual([]);
  expect([policy.residency, policy.presets, policy.transfers, policy.channels]).toEqual([
    { paths: {} },
    [],
    [],
    [],
  ]);
});

test("it is valid when all that is suggested is filled in", () => {
  const text = filledIn(written({ "src/storage.ts": storage, "src/main.ts": main }));
  const { policy, problems } = loadPolicy("borderline.jsonc", text, catalog);
  expect(problems).toEqual([]);
  expect(policy.residency.default).toBe("DE");
  expect(policy.channels.map(({ call }) => call)).toEqual(["src/storage.ts#keep"]);
  expect(policy.transfers).toHaveLength(1);
});

test("a workspace without clients gets a policy too", () => {
  const text = written({ "a.ts": "export const one = 1;\n" });
  expect(loadPolicy("borderline.jsonc", text, catalog).problems).toEqual([]);
  expect(text).toContain("No client was found that stands somewhere");
});
