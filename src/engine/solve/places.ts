import type { Catalog, Cloud } from "../base/catalog.ts";
import type { Confidence } from "../base/kinds.ts";
import type { NamedRegion, Policy } from "../base/policy.ts";
import type { Atom } from "./atom.ts";
import type { Place } from "./flow.ts";
import { load, type Shape } from "./shape.ts";
import { toldClient } from "./sink-data.ts";

/** In a constant that was put together, the part that is not known. */
export const unknownPart = "\u0000";

/** Tells jurisdictions from regions, hosts and URLs by the catalog's tables and the policy's named regions. */
export interface PlaceTable {
  ofRegion(
    provider: string,
    code: string,
  ): { readonly jurisdiction: string; readonly because: string } | undefined;
  ofHost(host: string): { readonly jurisdiction: string; readonly because: string } | undefined;
  /** Whether a host is that of a company whose service is called there. */
  isVendor(host: string): boolean;
  /** Whether a setting of this name holds the address of such a service. */
  isVendorSetting(name: string): boolean;
}

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
    }
  );
}

function shown(key: "@@host" | "@@region", value: string): string {
  return (key === "@@host" ? hostOf(value) : value).replaceAll(unknownPart, "…");
}

/** The host of a URL, a connection string or a bare host. */
function hostOf(text: string): string {
  const match = /^[a-z][a-z0-9+.-]*:\/\/(?:[^@/]*@)?([^/?#:,]+)/i.exec(text);
  return (match?.[1] ?? text.split(/[/?#:]/)[0] ?? "").toLowerCase();
}

/** A setting that is named for a vendor may also be its key or its token. */
const addressWords = new Set([
  "webhook",
  "webhooks",
  "hook",
  "url",
  "uri",
  "endpoint",
  "host",
  "hostname",
  "domain",
]);

export function createPlaceTable(catalog: Catalog, policy: Policy): PlaceTable {
  const domains = new Map<string, string>();
  for (const each of catalog.jurisdictions) {
    for (const domain of each.topLevelDomains ?? []) domains.set(domain.replace(/^\./, ""), each.id);
  }
  const regions = Object.entries(policy.regions);
  return {
    ofRegion(provider, code) {
      const cloud = catalog.clouds.find((each) => each.provider === provider);
      const row = cloud?.regions.find(
        (each) => each.code === code || (provider === "alibaba" && code === `oss-${each.code}`),
      );
      if (row) return { jurisdiction: row.jurisdiction, because: `region "${code}" of ${cloud?.title}` };
      return namedRegion(regions, code);
    },
    isVendorSetting(name) {
      const words = name.toLowerCase().split("_");
      if (!words.some((word) => addressWords.has(word))) return false;
      const text = ` ${words.join(" ")} `;
      return catalog.vendors.some(({ word }) => word !== undefined && text.includes(` ${word} `));
    },
    isVendor: (host) => catalog.vendors.some((each) => each.hosts.some((pattern) => matches(pattern, host))),
    ofHost(host) {
      for (const [name, region] of regions) {
        if (region.hosts?.some((pattern) => matches(pattern, host))) {
          return { jurisdiction: region.jurisdiction, because: `host of the region "${name}" in the policy` };
        }
      }
      for (const cloud of catalog.clouds) {
        const found = cloudHost(cloud, host);
        if (found) return found;
      }
      for (const vendor of catalog.vendors) {
        if (vendor.hosts.some((pattern) => matches(pattern, host))) {
          return { jurisdiction: vendor.jurisdiction, because: `host "${host}" of ${vendor.name}` };
        }
      }
      const labels = host.split(".");
      const domain = labels.length > 1 ? (labels.at(-1) as string) : "";
      const jurisdiction = domains.get(labels.slice(-2).join(".")) ?? domains.get(domain);
      return jurisdiction === undefined
        ? undefined
        : { jurisdiction, because: `country domain ".${domain}"` };
    },
  };
}

function namedRegion(regions: readonly (readonly [string, NamedRegion])[], code: string) {
  const found = regions.find(([name]) => name === code);
  return found && { jurisdiction: found[1].jurisdiction, because: `region "${code}" of the policy` };
}

function cloudHost(cloud: Cloud, host: string) {
  for (const { pattern, jurisdiction } of cloud.hosts) {
    if (!pattern.includes("{region}")) {
      if (jurisdiction && matches(pattern, host))
        return { jurisdiction, because: `host "${pattern}" of ${cloud.title}` };
      continue;
    }
    for (const region of cloud.regions) {
      if (!host.includes(region.code)) continue;
      if (matches(pattern.replace("{region}", region.code), host)) {
        return {
          jurisdiction: jurisdiction ?? region.jurisdiction,
          because: `region "${region.code}" of ${cloud.title} in its host`,
        };
      }
    }
  }
  return undefined;
}

/** `*` stands for any run of characters; `*.example.com` is also `example.com` itself. */
function matches(pattern: string, host: string): boolean {
  const text = pattern.toLowerCase();
  if (text === host || (text.startsWith("*.") && text.slice(2) === host)) return true;
  const parts = text.split("*");
  if (parts.length === 1) return false;
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const next =
      index === 0
        ? host.startsWith(part)
          ? 0
          : -1
        : index === parts.length - 1
          ? host.length - part.length
          : host.indexOf(part, at);
    if (next < at && index > 0) return false;
    if (next < 0 || host.slice(next, next + part.length) !== part) return false;
    at = next + part.length;
  }
  return true;
}
