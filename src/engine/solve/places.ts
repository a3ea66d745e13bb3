import type { Confidence } from "../base/kinds.ts";
import type { Atom } from "./atom.ts";
import type { Place } from "./flow.ts";
import { hostOf, type PlaceTable, unknownPart } from "./place-table.ts";
import { load, type Shape } from "./shape.ts";
import { toldClient } from "./sink-data.ts";

/** How sure it is that a request goes to another company's host: written in the code, or a setting that is named for it. */
export function goesToVendor(table: PlaceTable, client: Shape): Confidence | undefined {
  const carried = toldClient(client);
  let setting = false;
  for (const { atom } of load(carried, "@@host").atoms.values()) {
    if (atom.kind === "setting") setting = true;
    if (atom.kind === "constant" && table.isVendor(hostOf(atom.value))) return "high";
  }
  return setting ? "medium" : undefined;
}

/** Where a client may stand, and whether some of that is unknown. Hosts speak before regions: an endpoint overrides a region. */
export function placesOf(table: PlaceTable, client: Shape): { places: Place[]; unknown: boolean } {
  const carried = toldClient(client);
  const provider = firstConstant(carried.fields?.get("@@provider")) ?? "";
  const found = new Map<string, Place>();
  let unknown = false;
  const read = (key: "@@host" | "@@region") => {
    for (const { atom } of load(carried, key).atoms.values()) {
      const place = placeOf(table, key, provider, atom);
      if (place) found.set(`${place.jurisdiction} ${place.written}`, place);
      else unknown = true;
    }
  };
  read("@@host");
  if (found.size === 0) read("@@region");
  return { places: [...found.values()], unknown: found.size === 0 || unknown };
}

function firstConstant(shape: Shape | undefined): string | undefined {
  for (const { atom } of shape?.atoms.values() ?? []) if (atom.kind === "constant") return atom.value;
  return undefined;
}

function placeOf(
  table: PlaceTable,
  key: "@@host" | "@@region",
  provider: string,
  atom: Atom,
): Place | undefined {
  if (atom.kind !== "constant") return undefined;
  const told = key === "@@host" ? table.ofHost(hostOf(atom.value)) : table.ofRegion(provider, atom.value);
  return (
    told && {
      jurisdiction: told.jurisdiction,
      written: shown(key, atom.value),
      evidence: atom.site,
      because: told.because,
      confidence: told.confidence,
    }
  );
}

function shown(key: "@@host" | "@@region", value: string): string {
  return (key === "@@host" ? hostOf(value) : value).replaceAll(unknownPart, "…");
}
