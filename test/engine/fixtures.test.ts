import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { bundleCatalog } from "../../scripts/bundle-catalog.mjs";
import { loadCatalog } from "../../src/catalog/index.ts";
import { analyze, type Policy } from "../../src/engine/index.ts";
import { checkCollection } from "../support/check-collection.ts";
import { findFixtures } from "../support/find-fixtures.ts";
import { loadFixturePolicies } from "../support/load-fixture-policy.ts";
import { runFixture } from "../support/run-fixture.ts";

const folder = resolve("test/fixtures");
const fixtures = findFixtures(folder);
const policies = new Map<string, Policy>();
const { catalog } = loadCatalog(bundleCatalog("src/catalog"), { trusted: true });

describe("fixtures", () => {
  it("each say why they exist, and have a safe twin", () => {
    expect(checkCollection(fixtures)).toEqual([]);
  });

  it.each(fixtures.map((fixture) => [fixture.name, fixture] as const))("%s", (_name, fixture) => {
    const policy = loadFixturePolicies(fixture, folder, catalog, policies);
    const mismatches = runFixture(fixture, { catalog, policy, analyze });
    if (mismatches.length > 0) expect.fail(mismatches.join("\n\n"));
  });
});
