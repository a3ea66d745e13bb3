import type { Catalog, Location, Model, Problem } from "../engine/index.ts";
import { checkModel, type KnownNames, rowLists } from "./check-model.ts";
import { dropInvalidRows, dropRows } from "./drop-rows.ts";
import type { JsonPath } from "./mistake.ts";
import { createSchemaCheck, type SchemaCheck } from "./schema-check.ts";
import { problemAt, type ReadText, readText } from "./text-ranges.ts";

/**
 * Reads a file of models: one model, or several under `models`. JSON with comments. Never throws.
 * A broken row is dropped and reported at its place; the rest works.
 *
 * @param file how problems name the file
 * @param catalog when given, the data types, sink kinds and clouds that rows name are looked up in it
 */
export function loadModels(
  file: string,
  text: string,
  catalog?: Catalog,
): { models: Model[]; problems: Problem[] } {
  const read = readText(file, text, "model-syntax");
  const problems = [...read.syntaxProblems];
  if (read.value === undefined) return { models: [], problems };
  const check = createSchemaCheck();
  const known = catalog ? knownNames(catalog) : {};
  const models = modelsIn(read.value).flatMap(([path, value]) =>
    keepValidModel({ file, read, check, known, problems }, path, value),
  );
  return { models, problems };
}

/** Where one text's models are checked: shared by model files and by models written in the policy. */
export interface ModelContext {
  readonly file: string;
  readonly read: ReadText;
  readonly check: SchemaCheck;
  readonly known: KnownNames;
  /** Problems are added here. */
  readonly problems: Problem[];
}

/** What is left of one model without its broken rows; nothing when it cannot be used at all. */
export function keepValidModel(context: ModelContext, at: JsonPath, value: unknown): Model[] {
  const { file, read, check, known, problems } = context;
  const valid = dropInvalidRows(check, "library", value);
  for (const mistake of valid.mistakes) {
    problems.push(problemAt("model-invalid", file, read, { ...mistake, path: [...at, ...mistake.path] }));
  }
  if (valid.value === undefined) return [];
  const mistakes = checkModel(valid.value as Model, known);
  for (const mistake of mistakes) {
    const path = [...at, ...valid.originalPath(mistake.path)];
    problems.push(problemAt(mistake.code, file, read, { ...mistake, path }));
  }
  // Rows say where they are written, so that those that match nothing can be told there.
  const placed = withPlaces(valid.value as Model, (path) => {
    const range = read.rangeAt([...at, ...valid.originalPath(path)]);
    return { file, ...range };
  });
  const kept = mistakes.length > 0 ? dropRows(placed, mistakes) : placed;
  return kept === undefined ? [] : [kept as Model];
}

function withPlaces(model: Model, locate: (path: JsonPath) => Location): Model {
  const subject = ["library", "global", "module"].find((key) => key in model) ?? "module";
  const placed: Record<string, unknown> = { ...model, writtenAt: locate([subject]) };
  for (const list of rowLists)
    if (model[list])
      placed[list] = model[list].map((row, index) => ({
        ...row,
        writtenAt: locate([list, index, "path"]),
      }));
  return placed as Model;
}

/** The names that models may use. */
export function knownNames(catalog: Catalog): KnownNames {
  return {
    dataTypes: new Set(catalog.dataTypes.map((type) => type.id)),
    sinkKinds: new Set(catalog.sinkKinds.map((kind) => kind.id)),
    providers: new Set(catalog.clouds.map((cloud) => cloud.provider)),
  };
}

function modelsIn(value: unknown): [JsonPath, unknown][] {
  const models = typeof value === "object" && value !== null && "models" in value ? value.models : undefined;
  return Array.isArray(models) ? models.map((model, index) => [["models", index], model]) : [[[], value]];
}
