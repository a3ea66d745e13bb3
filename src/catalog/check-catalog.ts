import type { Catalog, Rule } from "../engine/index.ts";
import type { CatalogFile } from "./catalog-file.ts";
import { checkModel, type ModelMistake, unknownDataType, unknownName } from "./check-model.ts";
import { findDeclarations } from "./find-declarations.ts";
import type { JsonPath, Mistake } from "./mistake.ts";

/** A mistake between files, with the sort of problem that it makes. */
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

/** Files come in the order of their paths, so the second declaration is the same one in every run. */
function duplicatesIn(file: CatalogFile, declared: Map<string, string>): CatalogMistake[] {
  return findDeclarations(file).flatMap(({ sort, name, path }) => {
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
  const jurisdiction = (path: JsonPath, name: string | undefined) =>
    name === undefined ? [] : unknownName(path, "jurisdiction", name, names.jurisdictions);
  switch (file.schema) {
    case "library":
      return checkModel(file.content, names);
    case "cloud":
      return [
        ...(["regions", "hosts"] as const).flatMap((list) =>
          file.content[list].flatMap((row, at) => jurisdiction([list, at, "jurisdiction"], row.jurisdiction)),
        ),
        ...(file.content.regionsOf ?? []).flatMap((name, at) =>
          unknownName(["regionsOf", at], "provider", name, names.providers),
        ),
      ];
    case "jurisdictions":
      return file.content.jurisdictions.flatMap(({ members }, index) =>
        (members ?? []).flatMap((member, at) =>
          jurisdiction(["jurisdictions", index, "members", at], member),
        ),
      );
    case "vendors":
      return file.content.vendors.flatMap((row, index) =>
        jurisdiction(["vendors", index, "jurisdiction"], row.jurisdiction),
      );
    case "preset":
      return file.content.transfers.flatMap((row, index) =>
        (["from", "to"] as const).flatMap((key) =>
          [row[key] ?? []].flat().flatMap((name) => jurisdiction(["transfers", index, key], name)),
        ),
      );
    case "data-type":
      return file.content.dataTypes.flatMap(({ severity }, index) =>
        Object.keys(severity ?? {}).flatMap((name) =>
          unknownName(["dataTypes", index, "severity", name], "sink kind", name, names.sinkKinds),
        ),
      );
    case "rule":
      return unknownNamesInRule(file.content, names);
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
