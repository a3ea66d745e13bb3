import { locationOf } from "../base/location.ts";
import type { Flow, MadeAt, Place, Site } from "../solve/index.ts";
import { compareLocations, compareTexts } from "./compare.ts";
import type { ReportedClient } from "./finding.ts";
import type { ReportFiles } from "./report-file.ts";
import { reportPlaces } from "./report-places.ts";
import type { Wording } from "./wording.ts";

/**
 * The clients that are made, and the calls that name their address themselves (`fetch`), of which only those are known
 * that get personal data. In the order of the text.
 */
export function reportClients(
  made: readonly MadeAt[],
  flows: readonly Flow[],
  files: ReportFiles,
  wording: Wording,
): ReportedClient[] {
  const locate = (site: Site) => locationOf(site.file, files.get(site.file)?.lineStarts ?? [0], site);
  return [...made, ...addressed(flows)]
    .map(({ site, name, library, places, unknown }) => ({
      location: locate(site),
      name,
      ...(library === "" ? {} : { library }),
      places: reportPlaces(places, locate, wording),
      unknown,
    }))
    .sort((a, b) => compareLocations(a.location, b.location) || compareTexts(a.name, b.name));
}

function addressed(flows: readonly Flow[]): MadeAt[] {
  const calls = new Map<string, MadeAt & { readonly places: Place[] }>();
  for (const { sink, places, steps } of flows) {
    for (const place of places) {
      if (place.made) continue;
      const { site, name } = steps.at(-1) ?? { site: sink.call, name: sink.name };
      const key = `${site.file}:${site.start}`;
      const known = calls.get(key) ?? { site, name, library: "", places: [], unknown: false };
      calls.set(key, known);
      known.places.push(place);
    }
  }
  return [...calls.values()];
}
