import type { Location } from "../base/location.ts";
import type { Place, Site } from "../solve/index.ts";
import { compareLocations, compareTexts } from "./compare.ts";
import type { FindingPlace } from "./finding.ts";
import type { Wording } from "./wording.ts";

/** Places with their evidence, each once, in a fixed order. */
export function reportPlaces(
  places: readonly Place[],
  locate: (site: Site) => Location,
  wording: Wording,
): FindingPlace[] {
  const told = new Map<string, FindingPlace>();
  for (const place of places) {
    const { jurisdiction, written, because, evidence, fallback } = place;
    const key = [jurisdiction, written, evidence.file, evidence.start].join("\n");
    if (told.has(key)) continue;
    told.set(key, {
      jurisdiction,
      written,
      because,
      location: locate(evidence),
      trace: wording.placeTrace(place, locate),
      ...(fallback && { fallback }),
    });
  }
  return [...told.values()].sort(
    (a, b) => compareTexts(a.jurisdiction, b.jurisdiction) || compareLocations(a.location, b.location),
  );
}
