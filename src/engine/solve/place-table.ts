import type { Catalog, Cloud } from "../base/catalog.ts";
import type { Policy } from "../base/policy.ts";
import type { EnvironmentValue } from "../discover/index.ts";
import { matchesHost } from "./match-host.ts";
import { createSettingTable, type SettingTable } from "./setting-places.ts";
import type { ToldPlace } from "./told-place.ts";

/** Tells jurisdictions from regions, hosts and URLs by the catalog's tables and the policy's named regions. */
export interface PlaceTable extends SettingTable {
  ofRegion(provider: string, code: string): ToldPlace | undefined;
  ofHost(host: string): ToldPlace | undefined;
  /** Where those are who have a mail address at a domain: as the policy says, or by the domain's country. */
  ofRecipient(domain: string): ToldPlace | undefined;
  /**
   * The jurisdiction that a field of a person or a tenant names: a region, a word, or a country's code. Of several that it
   * may name, the one that they all lie in.
   */
  ofPeople(texts: readonly string[], asCountry: boolean): string | undefined;
  /** Whether a host is that of a company whose service is called there. */
  isVendor(host: string): boolean;
  /** Whether a setting of this name holds the address of such a service. */
  isVendorSetting(name: string): boolean;
}

/** The provider whose regions are jurisdictions as they are. */
export const jurisdictionsProvider = "jurisdiction";

/** A cloud with the codes that it shares with those it runs on, by their plain spelling. */
interface KnownCloud {
  readonly cloud: Cloud;
  readonly jurisdictions: ReadonlyMap<string, string>;
}

export function createPlaceTable(
  catalog: Catalog,
  policy: Policy,
  environment: readonly EnvironmentValue[] = [],
): PlaceTable {
  const clouds = new Map(catalog.clouds.map((cloud) => [cloud.provider, knownCloud(cloud, catalog)]));
  const domains = new Map<string, string>();
  const words = new Map<string, string>();
  for (const each of catalog.jurisdictions) {
    for (const domain of each.topLevelDomains ?? []) domains.set(domain, each.id);
    for (const word of each.words ?? []) words.set(word, each.id);
  }
  const codes = codesOfClouds(catalog);
  const unions = unionsOf(catalog);
  const regions = Object.entries(policy.regions);
  const hosts = new Map<string, ToldPlace | undefined>();
  const vendors = new Map<string, boolean>();
  const settings = createSettingTable(catalog, policy, environment, { ofHost, ofRegion });
  return { ofRegion, ofHost, ofRecipient, ofPeople, isVendor, isVendorSetting, ...settings };

  function ofRegion(provider: string, code: string): ToldPlace | undefined {
    if (provider === jurisdictionsProvider) return sure(code, `the jurisdiction ${code}`);
    const named = regions.find(([name]) => name === code);
    if (named) return { ...sure(named[1].jurisdiction, `region "${code}" of the policy`), region: code };
    const known = clouds.get(provider);
    const jurisdiction = known && regionIn(known, code);
    if (known && jurisdiction) return sure(jurisdiction, `region "${code}" of ${known.cloud.title}`);
    const byWord = words.get(code.toLowerCase());
    return byWord === undefined ? undefined : told(byWord, `region named "${code}"`);
  }

  function ofPeople(texts: readonly string[], asCountry: boolean): string | undefined {
    const named = new Set(texts.map((text) => namedBy(text, asCountry)));
    const [one, ...others] = named;
    if (one === undefined || others.length === 0) return one;
    return others.includes(undefined) ? undefined : unionOf([...named] as string[]);
  }

  function namedBy(text: string, asCountry: boolean): string | undefined {
    const code = text.toUpperCase();
    const country = asCountry ? catalog.jurisdictions.find(({ id }) => id === code)?.id : undefined;
    return country ?? ofRegion("", text)?.jurisdiction ?? codes.get(text.toLowerCase());
  }

  /** The smallest union that all of some jurisdictions lie in. */
  function unionOf(ids: readonly string[]): string | undefined {
    const holding = unions.filter(({ id, all }) => ids.every((each) => each === id || all.has(each)));
    return holding.sort((a, b) => a.all.size - b.all.size)[0]?.id;
  }

  /** Hosts are few and asked for often. */
  function ofHost(host: string): ToldPlace | undefined {
    if (!hosts.has(host)) hosts.set(host, judgeHost(host));
    return hosts.get(host);
  }

  function ofRecipient(domain: string): ToldPlace | undefined {
    const named = inPolicy(domain);
    if (named)
      return {
        ...named,
        because: `recipients at "${domain}" are in the region "${named.region}" of the policy`,
      };
    const country = domains.get(domain.slice(domain.lastIndexOf(".") + 1));
    return country === undefined ? undefined : told(country, `recipients at the country domain "${domain}"`);
  }

  function inPolicy(host: string): ToldPlace | undefined {
    for (const [name, region] of regions)
      if (region.hosts?.some((pattern) => matchesHost(pattern, host)))
        return { ...sure(region.jurisdiction, `host of the region "${name}" in the policy`), region: name };
    return undefined;
  }

  function judgeHost(host: string): ToldPlace | undefined {
    const named = inPolicy(host);
    if (named) return named;
    const ofCloud = ofCloudHost(host);
    if (ofCloud) return ofCloud;
    const vendor = vendorOf(catalog, host);
    if (vendor) return sure(vendor.jurisdiction, `host "${host}" of ${vendor.name}`);
    const labels = host.split(".");
    const last = labels.length > 1 ? labels.at(-1) : undefined;
    const country = last === undefined ? undefined : domains.get(last);
    if (country !== undefined && ofCloud === undefined) return sure(country, `country domain ".${last}"`);
    return ofHostWords(labels);
  }

  /** Null: the host is a cloud's, and does not tell where it stands. */
  function ofCloudHost(host: string): ToldPlace | null | undefined {
    for (const each of clouds.values()) {
      const found = hostIn(each, host);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** `db-eu-west-1.example.internal`, `eu.api.example.com`: not the domain itself, which is a name. */
  function ofHostWords(labels: readonly string[]): ToldPlace | undefined {
    const spoken =
      labels.length === 1 ? labels : labels.slice(0, localDomains.has(labels.at(-1) ?? "") ? -1 : -2);
    const text = spoken.join(".");
    for (const [code, jurisdiction] of codes)
      if (holdsPart(text, code)) return told(jurisdiction, `region "${code}" in the host`);
    for (const word of text.split(/[.\-_\d]+/)) {
      const jurisdiction = words.get(word);
      if (jurisdiction !== undefined) return told(jurisdiction, `"${word}" in the host`);
    }
    return undefined;
  }

  function isVendor(host: string): boolean {
    const known = vendors.get(host) ?? vendorOf(catalog, host) !== undefined;
    vendors.set(host, known);
    return known;
  }

  function isVendorSetting(name: string): boolean {
    const parts = name.toLowerCase().split("_");
    if (!parts.some((word) => addressWords.has(word))) return false;
    const text = ` ${parts.join(" ")} `;
    return catalog.vendors.some(({ word }) => word !== undefined && text.includes(` ${word} `));
  }
}

/** Top-level names of networks of one's own: what stands before them is no registered name. */
const localDomains: ReadonlySet<string> = new Set(["internal", "local", "lan", "intra", "corp", "home"]);

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

function sure(jurisdiction: string, because: string): ToldPlace {
  return { jurisdiction, because, confidence: "high" };
}

function told(jurisdiction: string, because: string): ToldPlace {
  return { jurisdiction, because, confidence: "medium" };
}

function knownCloud(cloud: Cloud, catalog: Catalog): KnownCloud {
  const jurisdictions = new Map<string, string>();
  const shared = (cloud.regionsOf ?? []).flatMap(
    (provider) => catalog.clouds.find((each) => each.provider === provider)?.regions ?? [],
  );
  for (const { code, jurisdiction } of [...shared, ...cloud.regions])
    jurisdictions.set(plainCode(code), jurisdiction);
  return { cloud, jurisdictions };
}

/** `EU_WEST_1` and `West Europe` are ways to write `eu-west-1` and `westeurope`. */
function plainCode(code: string): string {
  return code.toLowerCase().replaceAll("_", "-").replaceAll(" ", "");
}

/** A zone is in its region: `eu-west-1a`, `europe-west1-b`. */
function regionIn({ jurisdictions }: KnownCloud, code: string): string | undefined {
  const plain = plainCode(code);
  return jurisdictions.get(plain) ?? jurisdictions.get(plain.replace(/-?[a-f]$/, ""));
}

function hostIn({ cloud, jurisdictions }: KnownCloud, host: string): ToldPlace | null | undefined {
  for (const { pattern, jurisdiction } of cloud.hosts) {
    if (!pattern.includes("{region}")) {
      if (!matchesHost(pattern, host)) continue;
      if (contradicts(jurisdictions, host, pattern, jurisdiction)) return null;
      return jurisdiction ? sure(jurisdiction, `host "${pattern}" of ${cloud.title}`) : null;
    }
    for (const [code, ofRegion] of jurisdictions) {
      if (host.includes(code) && matchesHost(pattern.replace("{region}", code), host))
        return sure(jurisdiction ?? ofRegion, `region "${code}" of ${cloud.title} in its host`);
    }
  }
  return undefined;
}

/** `s3.eu-west-1.amazonaws.com.cn`: no such host exists; code that handles several partitions puts it together. */
function contradicts(
  jurisdictions: ReadonlyMap<string, string>,
  host: string,
  pattern: string,
  jurisdiction: string | undefined,
): boolean {
  if (jurisdiction === undefined) return false;
  for (const [code, ofRegion] of jurisdictions)
    if (
      code.length >= shortestCode &&
      ofRegion !== jurisdiction &&
      !pattern.includes(code) &&
      holdsPart(host, code)
    )
      return true;
  return false;
}

/** The vendor whose pattern says most of the host. */
function vendorOf({ vendors }: Catalog, host: string) {
  let best: (typeof vendors)[number] | undefined;
  let length = 0;
  for (const vendor of vendors) {
    for (const pattern of vendor.hosts) {
      if (pattern.length <= length || !matchesHost(pattern, host)) continue;
      best = vendor;
      length = pattern.length;
    }
  }
  return best;
}

/** Jurisdictions with members, and all that lie in them: those of a member too. */
function unionsOf({ jurisdictions }: Catalog) {
  const members = new Map(jurisdictions.map(({ id, members }) => [id, members ?? []]));
  return jurisdictions
    .filter(({ members }) => members !== undefined)
    .map(({ id }) => {
      const all = new Set(members.get(id));
      for (const each of all) for (const member of members.get(each) ?? []) all.add(member);
      return { id, all };
    });
}

/** Codes of the clouds on which others build, where all of them mean the same place by one. */
function codesOfClouds({ clouds }: Catalog): ReadonlyMap<string, string> {
  const codes = new Map<string, string>();
  for (const { provider, regions } of clouds) {
    if (!buildersClouds.has(provider)) continue;
    for (const { code, jurisdiction } of regions)
      if (code.length >= shortestCode) codes.set(code.toLowerCase(), jurisdiction);
  }
  return codes;
}

const buildersClouds: ReadonlySet<string> = new Set(["aws", "azure", "gcp"]);

/** Shorter ones are words too. */
const shortestCode = 6;

/** Whether a text holds a part, and not as part of a longer word. */
function holdsPart(text: string, part: string): boolean {
  const at = text.indexOf(part);
  if (at < 0) return false;
  const isEdge = (character: string | undefined) => character === undefined || !/[a-z0-9]/.test(character);
  return isEdge(text[at - 1]) && isEdge(text[at + part.length]);
}
