import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/index.ts";
import type { Model } from "../../src/engine/index.ts";
import { findFixtures } from "../support/find-fixtures.ts";
import { readCatalogFiles } from "./read-catalog-files.ts";

const { catalog } = loadCatalog(readCatalogFiles(), { trusted: true });
const fixtures = findFixtures(resolve("test/fixtures")).map(({ name, root, files }) => ({
  name,
  text: files.map((file) => readFileSync(join(root, file), "utf8")).join("\n"),
}));

test("every library of the catalog is shown by a fixture and its safe twin", () => {
  const unsafe = fixtures.filter(({ name }) => !name.endsWith(".safe"));
  const safe = new Map(fixtures.map(({ name, text }) => [name, text]));
  const unshown = catalog.libraries.filter((model) => {
    const shows = showsModel(model);
    return !unsafe.some(({ name, text }) => shows.test(text) && shows.test(safe.get(`${name}.safe`) ?? ""));
  });
  expect(unshown.map((model) => model.library ?? model.global)).toEqual([]);
});

/** What code that uses the model has in it: an import of one of its names, the global, or a receiver's name. */
function showsModel(model: Model): RegExp {
  if (model.library) {
    const names = [model.library, ...(model.aliases ?? [])].map((name) => name.replaceAll(".", "\\."));
    return new RegExp(`["'](?:node:)?(?:${names.join("|")})(?:/[^"']*)?["']`);
  }
  const names = model.global?.startsWith("#")
    ? (model.receivers ?? []).flatMap((row) => row.names.filter((name) => !name.includes(" ")))
    : [(model.global ?? "").replaceAll("$", "\\$")];
  return new RegExp(`(?<![\\w$])(?:${names.join("|")})\\b\\s*[.(]`);
}
