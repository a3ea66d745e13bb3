import type { Catalog, Owners, Problem, ProblemCode } from "../engine/index.ts";
import type { CatalogFile } from "./catalog-file.ts";
import { checkCatalog } from "./check-catalog.ts";
import { dropInvalidRows, dropRows, type ValidRest } from "./drop-rows.ts";
import { describePath, type Mistake } from "./mistake.ts";
import { createSchemaCheck, type SchemaCheck } from "./schema-check.ts";

export interface LoadOptions {
  /** The files are the ones that this build was tested with: take them as they are. Validating on every start would cost. */
  readonly trusted?: boolean;
}

/** The catalog's files, each by its path relative to `src/catalog`, as their JSON says. */
export type CatalogFiles = Readonly<Record<string, unknown>>;

/** A file after its schema was checked, and where its rows stood before the broken ones were dropped. */
interface ValidFile extends Pick<ValidRest, "originalPath"> {
  readonly file: CatalogFile;
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
      return schema ? [{ path, schema, content: files[path] } as CatalogFile] : [];
    });
  if (options.trusted) return { catalog: joinFiles(known), problems: [] };

  const problems: Problem[] = [];
  const check = createSchemaCheck();
  const valid = known.flatMap((file) => keepValidRows(file, check, problems));
  const passed = valid.map(({ file }) => file);
  const mistakes = checkCatalog(joinFiles(passed), passed);
  const kept = valid.flatMap(({ file, originalPath }) => {
    const here = mistakes.get(file.path) ?? [];
    for (const mistake of here) {
      const path = originalPath(mistake.path);
      problems.push(catalogProblem(mistake.code, file.path, { ...mistake, path }));
    }
    // A mistake in a file's own name leaves nothing that could be named: the file goes as a whole.
    if (here.some((mistake) => mistake.path.length === 1)) return [];
    return here.length === 0 ? [file] : withContent(file, dropRows(file.content, here));
  });
  return { catalog: joinFiles(kept), problems };
}

function keepValidRows(file: CatalogFile, check: SchemaCheck, problems: Problem[]): ValidFile[] {
  const { value, mistakes, originalPath } = dropInvalidRows(check, file.schema, file.content);
  problems.push(...mistakes.map((mistake) => catalogProblem("model-invalid", file.path, mistake)));
  return withContent(file, value).map((valid) => ({ file: valid, originalPath }));
}

function withContent(file: CatalogFile, content: unknown): CatalogFile[] {
  return content === undefined ? [] : [{ ...file, content } as CatalogFile];
}

/** Catalog files come as values, not as texts, so the place is named in the sentence instead of by a range. */
function catalogProblem(code: ProblemCode, file: string, mistake: Mistake): Problem {
  return { code, message: `${describePath(mistake.path)}: ${mistake.message}.`, hint: mistake.hint, file };
}

const schemaByFolder: Readonly<Record<string, CatalogFile["schema"]>> = {
  "data-types": "data-type",
  libraries: "library",
  regions: "cloud",
  presets: "preset",
  rules: "rule",
};

const schemaByFile: Readonly<Record<string, CatalogFile["schema"]>> = {
  "data-types/owners.json": "owners",
  "regions/jurisdictions.json": "jurisdictions",
  "regions/vendors.json": "vendors",
  "rules/sink-kinds.json": "sink-kinds",
};

/** Which schema a file follows, by its name alone. Files elsewhere are not the catalog's. */
function schemaOf(path: string): CatalogFile["schema"] | undefined {
  return schemaByFile[path] ?? schemaByFolder[path.split("/")[0] ?? ""];
}

/** Word lists of a catalog without any. */
export const noOwners: Owners = {
  person: [],
  role: [],
  account: [],
  conversation: [],
  record: [],
  notPerson: [],
  notData: [],
  about: [],
  qualifier: [],
};

function joinFiles(files: readonly CatalogFile[]): Catalog {
  const contents = <Schema extends CatalogFile["schema"]>(schema: Schema) =>
    files
      .filter((file): file is Extract<CatalogFile, { schema: Schema }> => file.schema === schema)
      .map((file) => file.content as Extract<CatalogFile, { schema: Schema }>["content"]);
  return {
    dataTypes: contents("data-type").flatMap((content) => content.dataTypes),
    libraries: contents("library"),
    clouds: contents("cloud"),
    jurisdictions: contents("jurisdictions").flatMap((content) => content.jurisdictions),
    vendors: contents("vendors").flatMap((content) => content.vendors),
    presets: contents("preset"),
    rules: contents("rule"),
    sinkKinds: contents("sink-kinds").flatMap((content) => content.sinkKinds),
    owners: contents("owners")[0] ?? noOwners,
  };
}
