import type { Gap } from "./flow.ts";
import { sourcesIn } from "./sink-hits.ts";
import type { Solver } from "./solver.ts";
import type { GapHit } from "./summary.ts";

/**
 * Collects gaps: one per call and package, with the data types and the number of sources that reach it. What a callee
 * tells by names and types counts also where its callers might know better: a gap is about what could not be seen.
 */
export function createGapList(solver: Solver) {
  const known = new Map<string, { hit: GapHit; dataTypes: Set<string>; sources: Set<string> }>();
  return { add, all };

  function add(hit: GapHit): void {
    // A whole request goes everywhere: that says little of where its data goes.
    const found = sourcesIn(solver, hit.data).filter(({ whole }) => !whole);
    if (found.length === 0) return;
    const key = `${hit.site.file}:${hit.site.start} ${hit.library ?? ""}`;
    const entry = known.get(key) ?? { hit, dataTypes: new Set(), sources: new Set() };
    known.set(key, entry);
    for (const { dataType, site } of found) {
      entry.dataTypes.add(dataType);
      entry.sources.add(`${dataType} ${site.file}:${site.start}`);
    }
  }

  function all(): Gap[] {
    return [...known.values()].map(({ hit: { site, callee, library }, dataTypes, sources }) => ({
      site,
      callee,
      reason: library === undefined ? "unresolved" : "no-model",
      dataTypes: [...dataTypes].sort(),
      sources: sources.size,
      ...(library === undefined ? {} : { library }),
    }));
  }
}
