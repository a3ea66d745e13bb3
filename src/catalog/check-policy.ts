import type { Catalog, Model, Policy } from "../engine/index.ts";
import { unknownDataType, unknownName } from "./check-model.ts";
import type { JsonPath, Mistake } from "./mistake.ts";

/** A policy file after its schema accepted it: as written, every key optional. */
export interface PolicyContent extends Partial<Omit<Policy, "residency" | "models">> {
  readonly $schema?: string;
  readonly residency?: Partial<Policy["residency"]>;
  readonly models?: readonly (string | Model)[];
}

/** Looks up every name that a policy uses. Without a catalog only what the policy says about itself is compared. */
export function checkPolicy(
  content: PolicyContent,
  catalog: Catalog | undefined,
  outer: Policy | undefined,
): Mistake[] {
  return [
    ...duplicateChannels(content),
    ...(catalog
      ? [
          ...unknownJurisdictions(content, catalog, outer),
          ...unknownKinds(content, catalog),
          ...unknownRules(content, catalog),
          ...unknownPresets(content, catalog),
        ]
      : []),
  ];
}

function duplicateChannels(content: PolicyContent): Mistake[] {
  const calls = (content.channels ?? []).map((channel) => channel.call);
  return calls.flatMap((call, index) =>
    calls.indexOf(call) === index
      ? []
      : [
          {
            path: ["channels", index, "call"],
            message: `The call "${call}" is already a channel above`,
            hint: "Keep one of the two channels.",
          },
        ],
  );
}

function unknownJurisdictions(
  content: PolicyContent,
  catalog: Catalog,
  outer: Policy | undefined,
): Mistake[] {
  const jurisdictions = new Set(catalog.jurisdictions.map((jurisdiction) => jurisdiction.id));
  const named = { ...outer?.regions, ...content.regions };
  const places = new Set(["*", ...jurisdictions, ...Object.keys(named)]);
  const unknown = (path: JsonPath, name: string, known: ReadonlySet<string> = places) =>
    unknownName(
      path,
      "jurisdiction",
      name,
      known,
      'Write an ISO 3166 country code or a name from "regions".',
    );
  const { residency, regions } = content;
  return [
    ...(residency?.default === undefined ? [] : unknown(["residency", "default"], residency.default)),
    ...Object.entries(residency?.paths ?? {}).flatMap(([glob, name]) =>
      unknown(["residency", "paths", glob], name),
    ),
    ...Object.entries(residency?.packages ?? {}).flatMap(([pattern, name]) =>
      unknown(["residency", "packages", pattern], name),
    ),
    ...Object.entries(regions ?? {}).flatMap(([name, region]) =>
      unknown(["regions", name, "jurisdiction"], region.jurisdiction, jurisdictions),
    ),
    ...ends("transfers"),
    ...ends("channels"),
  ];

  /** The jurisdictions that rows lead from and to. */
  function ends(list: "transfers" | "channels"): Mistake[] {
    return (content[list] ?? []).flatMap((row, index) =>
      (["from", "to"] as const).flatMap((key) => {
        const value = row[key];
        if (value === undefined) return [];
        const at = [list, index, key];
        const known = key === "to" ? new Set([...places, "unknown"]) : places;
        return typeof value === "string"
          ? unknown(at, value, known)
          : value.flatMap((name, item) => unknown([...at, item], name, known));
      }),
    );
  }
}

function unknownKinds(content: PolicyContent, catalog: Catalog): Mistake[] {
  const dataTypes = new Set(catalog.dataTypes.map((type) => type.id));
  const sinkKinds = new Set(catalog.sinkKinds.map((kind) => kind.id));
  const ofTransfers = (content.transfers ?? []).flatMap((transfer, index) => [
    ...(transfer.data ?? []).flatMap((name, at) =>
      unknownDataType(["transfers", index, "data", at], name, dataTypes),
    ),
    ...(transfer.sinks ?? []).flatMap((name, at) =>
      unknownName(["transfers", index, "sinks", at], "sink kind", name, sinkKinds),
    ),
  ]);
  const ofData = Object.keys(content.data ?? {}).flatMap((name) =>
    unknownDataType(["data", name], name, dataTypes).map((mistake) => ({ ...mistake, atKey: true })),
  );
  return [...ofTransfers, ...ofData];
}

function unknownRules(content: PolicyContent, catalog: Catalog): Mistake[] {
  const known = new Set([
    ...catalog.rules.map((rule) => rule.id),
    ...catalog.sinkKinds.map((kind) => kind.id),
  ]);
  return Object.keys(content.rules ?? {}).flatMap((name) =>
    unknownName(["rules", name], "rule or sink kind", name, known).map((mistake) => ({
      ...mistake,
      atKey: true,
    })),
  );
}

function unknownPresets(content: PolicyContent, catalog: Catalog): Mistake[] {
  const known = new Set(catalog.presets.map((preset) => preset.id));
  return (content.presets ?? []).flatMap((name, index) =>
    unknownName(["presets", index], "preset", name, known),
  );
}
