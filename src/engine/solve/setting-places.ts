import type { Catalog } from "../base/catalog.ts";
import type { Policy } from "../base/policy.ts";
import type { EnvironmentValue } from "../discover/index.ts";
import type { Site } from "./flow.ts";
import { matchesHost } from "./match-host.ts";
import { hostOf, type ToldPlace } from "./told-place.ts";

/** Where a setting of the environment leads, as its name or a value of the workspace tells. */
export interface SettingPlace extends ToldPlace {
  /** What a person may look for: a host, a region, or the setting's name. */
  readonly written: string;
  /** Where its value is written, in a file of the workspace. */
  readonly site?: Site;
}

export interface SettingTable {
  /** The policy's word first, then the workspace's own files, then the words of the name. */
  ofSetting(name: string, as: "host" | "region", provider: string): readonly SettingPlace[];
  /** Whether anything is known of a setting of this name. */
  knowsSetting(name: string): boolean;
}

/** What tells jurisdictions from hosts and regions. */
interface Judges {
  ofHost(host: string): ToldPlace | undefined;
  ofRegion(provider: string, code: string): ToldPlace | undefined;
}

export function createSettingTable(
  catalog: Catalog,
  policy: Policy,
  environment: readonly EnvironmentValue[],
  judges: Judges,
): SettingTable {
  const patterns = Object.entries(policy.regions).flatMap(([region, { env, jurisdiction }]) =>
    (env ?? []).map((pattern) => ({ region, pattern, jurisdiction })),
  );
  const values = new Map<string, EnvironmentValue[]>();
  for (const value of environment) values.set(value.name, [...(values.get(value.name) ?? []), value]);
  const words = new Map<string, string>();
  for (const { id, words: own } of catalog.jurisdictions) for (const word of own ?? []) words.set(word, id);
  return { ofSetting, knowsSetting };

  function ofSetting(name: string, as: "host" | "region", provider: string): readonly SettingPlace[] {
    const named = inPolicy(name);
    if (named)
      return [
        {
          jurisdiction: named.jurisdiction,
          because: `\`${name}\` is of the region "${named.region}" in the policy`,
          confidence: "high",
          written: name,
          region: named.region,
        },
      ];
    const written = (values.get(name) ?? []).flatMap((value) => placeOf(value, as, provider));
    if (written.length > 0) return written;
    const word = placeWord(name);
    return word === undefined
      ? []
      : [
          {
            jurisdiction: words.get(word) as string,
            because: `"${word}" in the name \`${name}\``,
            confidence: "low",
            written: name,
          },
        ];
  }

  function knowsSetting(name: string): boolean {
    return values.has(name) || inPolicy(name) !== undefined || placeWord(name) !== undefined;
  }

  function inPolicy(name: string) {
    return patterns.find(({ pattern }) => matchesHost(pattern.toLowerCase(), name.toLowerCase()));
  }

  function placeOf({ name, value, site }: EnvironmentValue, as: "host" | "region", provider: string) {
    const host = hostOf(value);
    const told = as === "host" ? judges.ofHost(host) : judges.ofRegion(provider, value);
    if (!told) return [];
    const because = `${told.because}, the value of \`${name}\` in ${site.file}`;
    return [{ ...told, because, written: as === "host" ? host : value, site }];
  }

  function placeWord(name: string): string | undefined {
    return name
      .toLowerCase()
      .split("_")
      .find((part) => words.has(part));
  }
}
