import type {
  Cloud,
  DataType,
  Jurisdiction,
  Model,
  Owners,
  Preset,
  Rule,
  SinkKind,
  Vendor,
} from "../engine/index.ts";

/** What a file of each schema holds. */
interface ContentOf {
  "data-type": { readonly dataTypes: readonly DataType[] };
  library: Model;
  cloud: Cloud;
  jurisdictions: { readonly jurisdictions: readonly Jurisdiction[] };
  vendors: { readonly vendors: readonly Vendor[] };
  preset: Preset;
  rule: Rule;
  "sink-kinds": { readonly sinkKinds: readonly SinkKind[] };
  owners: Owners;
}

/** One file of the catalog, by its path relative to `src/catalog`. Its content has passed its schema, or is trusted. */
export type CatalogFile = {
  [Schema in keyof ContentOf]: {
    readonly path: string;
    readonly schema: Schema;
    readonly content: ContentOf[Schema];
  };
}[keyof ContentOf];
