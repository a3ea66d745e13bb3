import type { Cloud, DataType, Jurisdiction, Model } from "../engine/index.ts";
import type { CatalogFile } from "./catalog-file.ts";
import type { JsonPath } from "./mistake.ts";

/** A name that a file of the catalog gives to something. One sort of name may be declared once. */
export interface Declaration {
  /** `data type`, `library`, `host`, … */
  readonly sort: string;
  readonly name: string;
  readonly path: JsonPath;
}

/** Everything that a file declares. */
export function findDeclarations(file: CatalogFile): readonly Declaration[] {
  switch (file.schema) {
    case "data-type":
      return file.content.dataTypes.flatMap((type, index) => inDataType(type, ["dataTypes", index]));
    case "library":
      return inModel(file.content);
    case "cloud":
      return inCloud(file.content);
    case "jurisdictions":
      return file.content.jurisdictions.flatMap((each, index) =>
        inJurisdiction(each, ["jurisdictions", index]),
      );
    case "vendors":
      return file.content.vendors.flatMap((vendor, index) =>
        vendor.hosts.map((name, at) => ({ sort: "host", name, path: ["vendors", index, "hosts", at] })),
      );
    case "preset":
    case "rule":
      return [{ sort: file.schema, name: file.content.id, path: ["id"] }];
    case "sink-kinds":
      return file.content.sinkKinds.map(({ id }, index) => ({
        sort: "sink kind",
        name: id,
        path: ["sinkKinds", index, "id"],
      }));
    case "owners":
      return [];
  }
}

/** A name of code may belong to one data type only, or the same code would be two things at once. */
function inDataType(type: DataType, at: JsonPath): Declaration[] {
  const names = (["names", "ambiguous"] as const).flatMap((list) =>
    (type[list] ?? []).map((name, index) => ({
      sort: "name of a data type",
      name,
      path: [...at, list, index],
    })),
  );
  return [{ sort: "data type", name: type.id, path: [...at, "id"] }, ...names];
}

function inModel({ library, aliases, global }: Model): Declaration[] {
  return [
    ...(library === undefined ? [] : [{ sort: "library", name: library, path: ["library"] }]),
    ...(aliases ?? []).map((name, index) => ({ sort: "library", name, path: ["aliases", index] })),
    ...(global === undefined ? [] : [{ sort: "global", name: global, path: ["global"] }]),
  ];
}

function inCloud({ provider, regions }: Cloud): Declaration[] {
  return [
    { sort: "cloud", name: provider, path: ["provider"] },
    ...regions.map(({ code }, index) => ({
      sort: `region of ${provider}`,
      name: code,
      path: ["regions", index, "code"],
    })),
  ];
}

function inJurisdiction({ id, topLevelDomains }: Jurisdiction, at: JsonPath): Declaration[] {
  return [
    { sort: "jurisdiction", name: id, path: [...at, "id"] },
    ...(topLevelDomains ?? []).map((name, index) => ({
      sort: "top-level domain",
      name,
      path: [...at, "topLevelDomains", index],
    })),
  ];
}
