import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { bundleCatalog } from "../../scripts/bundle-catalog.mjs";

let catalog: string;
beforeEach(() => {
  catalog = mkdtempSync(join(tmpdir(), "borderline-catalog-"));
});
afterEach(() => rmSync(catalog, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(catalog, path)), { recursive: true });
  writeFileSync(join(catalog, path), text);
}

test("the folders become one object, sorted by path, with code and unknown folders left out", () => {
  write("rules/pii-in-log.json", '{ "id": "pii-in-log" }');
  write("libraries/pino.json", '{ "library": "pino" }');
  write("libraries/@aws-sdk/client-s3.json", '{ "library": "@aws-sdk/client-s3" }');
  write("libraries/README.md", "words");
  write("load-catalog.ts", "");
  write("elsewhere/a.json", "{}");
  expect(Object.entries(bundleCatalog(catalog))).toEqual([
    ["libraries/@aws-sdk/client-s3.json", { library: "@aws-sdk/client-s3" }],
    ["libraries/pino.json", { library: "pino" }],
    ["rules/pii-in-log.json", { id: "pii-in-log" }],
  ]);
});

test("a file that is not JSON is named", () => {
  write("regions/aws.json", "{ nope");
  expect(() => bundleCatalog(catalog)).toThrow(/^catalog file regions\/aws\.json cannot be read: /);
});

test("a catalog without folders is empty", () => {
  expect(bundleCatalog(catalog)).toEqual({});
});
