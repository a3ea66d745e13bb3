import type { ReportedGap } from "../engine/index.ts";

/** The gaps of one npm package; of calls whose code could not be told, `package` is absent. */
export interface PackageGaps {
  readonly package?: string;
  readonly calls: readonly ReportedGap[];
  readonly dataTypes: readonly string[];
  /** Places in the code whose personal data reaches these calls. */
  readonly sources: number;
}

/** Groups gaps by package: the one that gets data from the most places first, calls of unknown code last. */
export function gapPackages(gaps: readonly ReportedGap[]): PackageGaps[] {
  const groups = new Map<string | undefined, ReportedGap[]>();
  for (const gap of gaps) {
    const name = gap.library === undefined ? undefined : packageOf(gap.library);
    const known = groups.get(name);
    if (known) known.push(gap);
    else groups.set(name, [gap]);
  }
  return [...groups]
    .map(([name, calls]) => ({
      ...(name === undefined ? {} : { package: name }),
      calls: [...calls].sort((a, b) => b.sources - a.sources),
      dataTypes: [...new Set(calls.flatMap(({ dataTypes }) => dataTypes))].sort(),
      sources: calls.reduce((sum, { sources }) => sum + sources, 0),
    }))
    .sort(
      (a, b) =>
        Number(a.package === undefined) - Number(b.package === undefined) ||
        b.sources - a.sources ||
        ((a.package ?? "") < (b.package ?? "") ? -1 : 1),
    );
}

/** `@scope/name/sub/path` is a part of `@scope/name`. */
function packageOf(library: string): string {
  const parts = library.split("/");
  return parts.slice(0, library.startsWith("@") ? 2 : 1).join("/");
}
