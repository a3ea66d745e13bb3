import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/index.ts";
import { readCatalogFiles } from "./read-catalog-files.ts";

const files = readCatalogFiles();
const { catalog, problems } = loadCatalog(files);

test("the built-in catalog has no problem at all", () => {
  expect(problems).toEqual([]);
});
