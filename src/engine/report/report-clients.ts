import { locationOf } from "../base/location.ts";
import type { Flow, MadeAt, Place, Site } from "../solve/index.ts";
import { compareLocations, compareTexts } from "./compare.ts";
import type { ReportedClient } from "./finding.ts";
import type { ReportFiles } from "./report-file.ts";
import { reportPlaces } from "./report-places.ts";
import type { Wording } from "./wording.ts";

/**
 * The clients that are made, the calls that name their address themselves (`fetch`), and those of a package's own client
 * that get personal data. In the order of the text.
 */
export function reportClients(
  made: readonly MadeAt[],
  flows: readonly Flow[],
  files: ReportFiles,
  wording: Wording,
): ReportedClient[] {
  const locate = (site: Site) => locationOf(site.file, files.get(site.file)?.lineStarts ?? [0], site);
  return [...made, ...unmade(flows, made)]
    .map(({ site, name, library, places, unknown }) => ({
      location: locate(site),
      name,
      ...(library === "" ? {} : { library }),
      places: reportPlaces(places, locate, wording),
      unknown,
    }))
    .sort((a, b) => compareLocations(a.location, b.location) || compareTexts(a.name, b.name));
}

/** Calls that data goes to, of what nobody makes, such as a package's own default instance. */
function unmade(flows: readonly Flow[], made: readonly MadeAt[]): MadeAt[] {
  const listed = new Set(made.map(({ site }) => keyOf(site)));
  const calls = new Map<string, MadeAt & { readonly places: Place[] }>();
  for (const { sink, places, steps } of flows) {
    for (const place of places) {
      if (place.made) continue;
      const { site, name } = steps.at(-1) ?? { site: sink.call, name: sink.name };
      const key = keyOf(site);
      if (listed.has(key)) continue;
      const known = calls.get(key) ?? { site, name, library: "", places: [], unknown: false };
      calls.set(key, known);
      known.places.push(place);
    }
  }
  return [...calls.values()];
}

function keyOf({ file, start }: Site): string {
  return `${file}:${start}`;
}
