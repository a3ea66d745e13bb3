import type { Confidence } from "../base/kinds.ts";
import { type Atom, stepsOf } from "./atom.ts";
import type { ConstantAtom } from "./constant-atom.ts";
import type { Place, Site } from "./flow.ts";
import type { PlaceTable } from "./place-table.ts";
import { allIn, domainsIn, recipientField } from "./recipient-domains.ts";
import type { SettingPlace } from "./setting-places.ts";
import { type Held, load, type Shape } from "./shape.ts";
import { toldClient } from "./sink-data.ts";
import { hostOf, unknownPart } from "./told-place.ts";

/** How sure it is that a request goes to another company's host: written in the code, or a setting that is named for it. */
export function goesToVendor(table: PlaceTable, client: Shape): Confidence | undefined {
  const carried = toldClient(client);
  let setting = false;
  for (const { atom } of load(carried, "@@host").atoms.values()) {
    if (atom.kind === "setting" && table.isVendorSetting(atom.variable)) setting = true;
    if (atom.kind === "constant" && table.isVendor(hostOf(atom.value))) return "high";
  }
  return setting ? "medium" : undefined;
}

type PlaceKey = "@@host" | "@@region";

/**
 * Where a client may stand, or that this could not be told. Hosts speak before regions: an endpoint overrides a region.
 * Where only some of its places are known, those are its places.
 */
export function placesOf(table: PlaceTable, client: Shape): { places: Place[]; unknown: boolean } {
  const carried = toldClient(client);
  const { provider, made } = providerOf(carried);
  const found = new Map<string, Place>();
  let unknown = false;
  const read = (key: PlaceKey) => {
    for (const held of load(carried, key).atoms.values()) {
      const places = placesAt(table, key, provider, held, made);
      for (const place of places) found.set(`${place.jurisdiction} ${place.written}`, place);
      if (places.length === 0 && !isOwnOrigin(held)) unknown = true;
    }
  };
  read("@@host");
  if (found.size === 0) read("@@region");
  for (const { atom, trail } of allIn(load(carried, recipientField))) {
    if (atom.kind !== "constant") continue;
    for (const domain of domainsIn(atom.value)) {
      const told = table.ofRecipient(domain);
      const at = { written: domain, evidence: atom.site, steps: stepsOf(trail) };
      if (told) found.set(`${told.jurisdiction} ${domain}`, { ...told, ...at });
    }
  }
  // A client of a sort that stands somewhere, which is told nothing. What has no provider, such as a response, is none.
  const { fields } = carried;
  const nowhere = fields?.has("@@provider") === true && !fields.has("@@host") && !fields.has("@@region");
  return { places: [...found.values()], unknown: found.size === 0 && (unknown || nowhere) };
}

/** The cloud whose regions a client's are, and where that client was made. */
function providerOf(client: Shape): { provider: string; made: Site | undefined } {
  for (const { atom } of client.fields?.get("@@provider")?.atoms.values() ?? [])
    if (atom.kind === "constant") return { provider: atom.value, made: atom.site };
  return { provider: "", made: undefined };
}

function placesAt(
  table: PlaceTable,
  key: PlaceKey,
  provider: string,
  { atom, trail }: Held,
  made: Site | undefined,
): Place[] {
  if (atom.kind !== "constant" && atom.kind !== "setting") return [];
  return toldBy(table, key, provider, atom).map(({ site, ...told }) => ({
    ...told,
    evidence: site ?? atom.site,
    steps: stepsOf(trail),
    ...(made && { made }),
    ...(atom.fallback && { fallback: true }),
  }));
}

function toldBy(
  table: PlaceTable,
  key: PlaceKey,
  provider: string,
  atom: Extract<Atom, { kind: "constant" | "setting" }>,
): readonly SettingPlace[] {
  if (atom.kind === "setting")
    return table.ofSetting(atom.variable, key === "@@host" ? "host" : "region", provider);
  const told = key === "@@host" ? table.ofHost(hostOf(atom.value)) : table.ofRegion(provider, atom.value);
  return told ? [{ ...told, written: writtenAs(key, atom) }] : [];
}

function writtenAs(key: PlaceKey, { value }: ConstantAtom): string {
  return (key === "@@host" ? hostOf(value) : value).replaceAll(unknownPart, "…");
}

/** A relative address, or this machine: what goes there stays where the program is. */
function isOwnOrigin({ atom }: Pick<Held, "atom">): boolean {
  return (
    atom.kind === "constant" &&
    (/^\.{0,2}\//.test(atom.value) || /^(localhost|127\.0\.0\.1|0\.0\.0\.0|::1)$/.test(hostOf(atom.value)))
  );
}

/** A URL that is written out, host and all, and leads to another machine. */
export function isForeignAddress(atom: Atom): boolean {
  return isAddress(atom) && !isOwnOrigin({ atom });
}

/** A relative URL stands on the client's own host. */
export function isAddress(atom: Atom): boolean {
  return atom.kind === "constant" && /^[a-z][a-z0-9+.-]*:\/\//i.test(atom.value);
}
