import type {
  Catalog,
  Cloud,
  DataType,
  Jurisdiction,
  Model,
  Preset,
  Rule,
  SinkKind,
  Vendor,
} from "../engine/index.ts";
import { checkModel, type ModelMistake, unknownDataType, unknownName } from "./check-model.ts";
import type { CatalogFile } from "./load-catalog.ts";
import type { JsonPath, Mistake } from "./mistake.ts";

export interface CatalogMistake extends Mistake {
  readonly code: ModelMistake["code"] | "catalog-duplicate";
}

/** Everything that a file of the catalog may name in another one. */
interface Names {
  readonly dataTypes: ReadonlySet<string>;
  readonly sinkKinds: ReadonlySet<string>;
  readonly providers: ReadonlySet<string>;
  readonly jurisdictions: ReadonlySet<string>;
}

/** What is wrong between the files of the catalog: names that nobody declares, and names declared twice. By file. */
export function checkCatalog(
  catalog: Catalog,
  files: readonly CatalogFile[],
): ReadonlyMap<string, readonly CatalogMistake[]> {
  const names: Names = {
    dataTypes: new Set(catalog.dataTypes.map((type) => type.id)),
    sinkKinds: new Set(catalog.sinkKinds.map((kind) => kind.id)),
    providers: new Set(catalog.clouds.map((cloud) => cloud.provider)),
    jurisdictions: new Set(catalog.jurisdictions.map((jurisdiction) => jurisdiction.id)),
  };
  const declared = new Map<string, string>();
  return new Map(
    files.map((file) => [file.path, [...duplicatesIn(file, declared), ...unknownNamesIn(file, names)]]),
  );
}

/** What a file declares, as `sort name`, with the place of the declaration. */
function declarationsIn(file: CatalogFile): [sort: string, name: string, path: JsonPath][] {
  const content = file.content as never;
  switch (file.schema) {
    case "data-type":
      return (content as { dataTypes: DataType[] }).dataTypes.flatMap((type, index) => [
        ["data type", type.id, ["dataTypes", index, "id"]] as [string, string, JsonPath],
        ...namesOf(type, index),
      ]);
    case "library":
      return declarationsOfModel(content);
    case "cloud":
      return [
        ["cloud", (content as Cloud).provider, ["provider"]],
        ...(content as Cloud).regions.map((region, index): [string, string, JsonPath] => [
          `region of ${(content as Cloud).provider}`,
          region.code,
          ["regions", index, "code"],
        ]),
      ];
    case "jurisdictions":
      return (content as { jurisdictions: Jurisdiction[] }).jurisdictions.flatMap((jurisdiction, index) => [
        ["jurisdiction", jurisdiction.id, ["jurisdictions", index, "id"]] as [string, string, JsonPath],
        ...(jurisdiction.topLevelDomains ?? []).map((domain, at): [string, string, JsonPath] => [
          "top-level domain",
          domain,
          ["jurisdictions", index, "topLevelDomains", at],
        ]),
      ]);
    case "vendors":
      return (content as { vendors: Vendor[] }).vendors.flatMap((vendor, index) =>
        vendor.hosts.map((host, at): [string, string, JsonPath] => [
          "host",
          host,
          ["vendors", index, "hosts", at],
        ]),
      );
    case "preset":
      return [["preset", (content as Preset).id, ["id"]]];
    case "rule":
      return [["rule", (content as Rule).id, ["id"]]];
    case "sink-kinds":
      return (content as { sinkKinds: SinkKind[] }).sinkKinds.map((kind, index) => [
        "sink kind",
        kind.id,
        ["sinkKinds", index, "id"],
      ]);
    default:
      return [];
  }
}

/** A name may belong to one data type only, or the same code would be two things at once. */
function namesOf(type: DataType, index: number): [string, string, JsonPath][] {
  return (["names", "ambiguous"] as const).flatMap((list) =>
    (type[list] ?? []).map((name, at): [string, string, JsonPath] => [
      "name of a data type",
      name,
      ["dataTypes", index, list, at],
    ]),
  );
}

function declarationsOfModel(model: Model): [string, string, JsonPath][] {
  const packages = [model.library, ...(model.aliases ?? [])].flatMap(
    (name, at): [string, string, JsonPath][] =>
      name === undefined ? [] : [["library", name, at === 0 ? ["library"] : ["aliases", at - 1]]],
  );
  return model.global === undefined ? packages : [...packages, ["global", model.global, ["global"]]];
}

function duplicatesIn(file: CatalogFile, declared: Map<string, string>): CatalogMistake[] {
  return declarationsIn(file).flatMap(([sort, name, path]) => {
    const key = `${sort} ${name}`;
    const first = declared.get(key);
    if (first === undefined) {
      declared.set(key, file.path);
      return [];
    }
    return [
      {
        code: "catalog-duplicate" as const,
        path,
        message: `The ${sort} "${name}" is already declared in ${first}`,
        hint: "Keep one of the two declarations.",
      },
    ];
  });
}

function unknownNamesIn(file: CatalogFile, names: Names): CatalogMistake[] {
  const content = file.content as never;
  const jurisdiction = (path: JsonPath, name: string | undefined) =>
    name === undefined ? [] : unknownName(path, "jurisdiction", name, names.jurisdictions);
  switch (file.schema) {
    case "library":
      return checkModel(content, names);
    case "cloud":
      return [
        ...(content as Cloud).regions.flatMap((row, at) =>
          jurisdiction(["regions", at, "jurisdiction"], row.jurisdiction),
        ),
        ...(content as Cloud).hosts.flatMap((row, at) =>
          jurisdiction(["hosts", at, "jurisdiction"], row.jurisdiction),
        ),
      ];
    case "jurisdictions":
      return (content as { jurisdictions: Jurisdiction[] }).jurisdictions.flatMap((row, index) =>
        (row.members ?? []).flatMap((member, at) =>
          jurisdiction(["jurisdictions", index, "members", at], member),
        ),
      );
    case "vendors":
      return (content as { vendors: Vendor[] }).vendors.flatMap((row, index) =>
        jurisdiction(["vendors", index, "jurisdiction"], row.jurisdiction),
      );
    case "preset":
      return (content as Preset).transfers.flatMap((row, index) =>
        (["from", "to"] as const).flatMap((key) =>
          [row[key] ?? []].flat().flatMap((name) => jurisdiction(["transfers", index, key], name)),
        ),
      );
    case "rule":
      return unknownNamesInRule(content, names);
    default:
      return [];
  }
}

function unknownNamesInRule(rule: Rule, names: Names): CatalogMistake[] {
  return [
    ...rule.from.flatMap((name, at) => unknownDataType(["from", at], name, names.dataTypes)),
    ...rule.to.flatMap((name, at) => unknownName(["to", at], "sink kind", name, names.sinkKinds)),
    ...(rule.off ?? []).flatMap((name, at) => unknownName(["off", at], "sink kind", name, names.sinkKinds)),
  ];
}
