import type {
  Catalog,
  Cloud,
  DataType,
  Jurisdiction,
  Model,
  Owners,
  Preset,
  Problem,
  ProblemCode,
  Rule,
  SinkKind,
  Vendor,
} from "../engine/index.ts";
import { checkCatalog } from "./check-catalog.ts";
import { dropInvalidRows, dropRows, type ValidRest } from "./drop-rows.ts";
import { describePath, type Mistake } from "./mistake.ts";
import { createSchemaCheck, type SchemaCheck, type SchemaName } from "./schema-check.ts";

export interface LoadOptions {
  /** The files are the ones that this build was tested with: take them as they are. Validating on every start would cost. */
  readonly trusted?: boolean;
}

/** The catalog's files, each by its path relative to `src/catalog`, as their JSON says. */
export type CatalogFiles = Readonly<Record<string, unknown>>;

/** One file of the catalog after its own check, and where its rows go. */
export interface CatalogFile {
  readonly path: string;
  readonly schema: SchemaName;
  readonly content: unknown;
}

/**
 * Joins the catalog's files into one catalog. A broken row is dropped and reported; the rest works.
 * `schema/` is passed over: the schemas are part of this code.
 */
export function loadCatalog(
  files: CatalogFiles,
  options: LoadOptions = {},
): { catalog: Catalog; problems: Problem[] } {
  const known = Object.keys(files)
    .sort()
    .flatMap((path) => {
      const schema = schemaOf(path);
      return schema ? [{ path, schema, content: files[path] }] : [];
    });
  if (options.trusted) return { catalog: joinFiles(known), problems: [] };

  const problems: Problem[] = [];
  const check = createSchemaCheck();
  const valid = known.flatMap((file) => keepValidRows(file, check, problems));
  const references = checkCatalog(joinFiles(valid), valid);
  const kept = valid.flatMap((file) => {
    const mistakes = references.get(file.path) ?? [];
    for (const mistake of mistakes) {
      const path = file.originalPath(mistake.path);
      problems.push(catalogProblem(mistake.code, file.path, { ...mistake, path }));
    }
    // A mistake in a file's own name leaves nothing that could be named: the file goes as a whole.
    if (mistakes.some((mistake) => mistake.path.length === 1)) return [];
    const content = mistakes.length > 0 ? dropRows(file.content, mistakes) : file.content;
    return content === undefined ? [] : [{ ...file, content }];
  });
  return { catalog: joinFiles(kept), problems };
}

interface ValidFile extends CatalogFile, Pick<ValidRest, "originalPath"> {}

function keepValidRows(file: CatalogFile, check: SchemaCheck, problems: Problem[]): ValidFile[] {
  const { value, mistakes, originalPath } = dropInvalidRows(check, file.schema, file.content);
  problems.push(...mistakes.map((mistake) => catalogProblem("model-invalid", file.path, mistake)));
  return value === undefined ? [] : [{ ...file, content: value, originalPath }];
}

/** Catalog files come as values, not as texts, so the place is named in the sentence instead of by a range. */
function catalogProblem(code: ProblemCode, file: string, mistake: Mistake): Problem {
  return { code, message: `${describePath(mistake.path)}: ${mistake.message}.`, hint: mistake.hint, file };
}

const schemaByFolder: Readonly<Record<string, SchemaName>> = {
  "data-types": "data-type",
  libraries: "library",
  regions: "cloud",
  presets: "preset",
  rules: "rule",
};

const schemaByFile: Readonly<Record<string, SchemaName>> = {
  "data-types/owners.json": "owners",
  "regions/jurisdictions.json": "jurisdictions",
  "regions/vendors.json": "vendors",
  "rules/sink-kinds.json": "sink-kinds",
};

/** Which schema a file follows, by its name alone. Files elsewhere are not the catalog's. */
export function schemaOf(path: string): SchemaName | undefined {
  return schemaByFile[path] ?? schemaByFolder[path.split("/")[0] ?? ""];
}

function joinFiles(files: readonly CatalogFile[]): Catalog {
  const of = <T>(schema: SchemaName): T[] =>
    files.filter((file) => file.schema === schema).map((file) => file.content as T);
  const lists = <T>(schema: SchemaName, key: string): T[] =>
    of<Record<string, T[] | undefined>>(schema).flatMap((content) => content[key] ?? []);
  const owners = of<Owners>("owners");
  return {
    dataTypes: lists<DataType>("data-type", "dataTypes"),
    libraries: of<Model>("library"),
    clouds: of<Cloud>("cloud"),
    jurisdictions: lists<Jurisdiction>("jurisdictions", "jurisdictions"),
    vendors: lists<Vendor>("vendors", "vendors"),
    presets: of<Preset>("preset"),
    rules: of<Rule>("rule"),
    sinkKinds: lists<SinkKind>("sink-kinds", "sinkKinds"),
    owners: {
      person: owners.flatMap((content) => content.person),
      notPerson: owners.flatMap((content) => content.notPerson),
    },
  };
}
