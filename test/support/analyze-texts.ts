import { bundleCatalog } from "../../scripts/bundle-catalog.mjs";
import { loadCatalog } from "../../src/catalog/index.ts";
import { analyze, emptyPolicy, type Policy, type Report } from "../../src/engine/index.ts";

export const { catalog } = loadCatalog(bundleCatalog("src/catalog"), { trusted: true });

/** The report on a few texts by file name, with the built-in catalog. */
export function analyzeTexts(texts: Readonly<Record<string, string>>, policy: Partial<Policy> = {}): Report {
  return analyze({
    catalog,
    policy: { ...emptyPolicy, ...policy },
    today: "2026-11-24",
    files: Object.keys(texts),
    configs: new Map(),
    readText: (file) => texts[file] as string,
  });
}
