import type { Stats } from "./report/index.ts";
import type { Solution } from "./solve/index.ts";

/** Hits of each limit, in all and by file; the files with the most hits first. */
export function countLimits({ limits }: Pick<Solution, "limits">): Pick<Stats, "limits" | "limitsByFile"> {
  const all: Record<string, number> = {};
  const byFile = [...limits].map(([file, hits]) => {
    for (const [name, count] of hits) all[name] = (all[name] ?? 0) + count;
    return { file, limits: Object.fromEntries(hits) };
  });
  const total = (each: (typeof byFile)[number]) =>
    Object.values(each.limits).reduce((sum, hits) => sum + hits, 0);
  byFile.sort((a, b) => total(b) - total(a) || (a.file < b.file ? -1 : 1));
  return { limits: all, limitsByFile: byFile };
}
