import { type Model, nearestName, parsePath } from "../engine/index.ts";
import type { JsonPath, Mistake } from "./mistake.ts";

/** What a valid model may name outside itself. Without a list nothing is compared. */
export interface KnownNames {
  readonly dataTypes?: ReadonlySet<string>;
  readonly sinkKinds?: ReadonlySet<string>;
  readonly providers?: ReadonlySet<string>;
}

/** A mistake that a schema cannot see, with the sort of problem that it makes. */
export interface ModelMistake extends Mistake {
  readonly code: "model-path-invalid" | "catalog-unknown-reference" | "model-invalid";
}

/** The lists of a model whose rows have a path. */
export const rowLists = [
  "types",
  "typeArguments",
  "sources",
  "sinks",
  "sanitizers",
  "guards",
  "errors",
  "propagators",
  "states",
  "combinators",
  "rewrites",
  "constants",
  "channels",
] as const;

/** Reads every path of a model that its schema accepted, and looks up every name in it. */
export function checkModel(model: Model, known: KnownNames): ModelMistake[] {
  return [
    ...checkPaths(model),
    ...checkTypeNames(model),
    ...checkKinds(model, known),
    ...checkPlaces(model, known),
  ];
}

function checkPaths(model: Model): ModelMistake[] {
  const rows = rowLists.flatMap((list) =>
    (model[list] ?? []).flatMap((row, index) =>
      (
        [
          "path",
          "from",
          "to",
          "picks",
          "omits",
          "at",
          "under",
          "unless",
          "host",
          "region",
          "recipients",
          "by",
          "list",
        ] as const
      ).flatMap((key) => pathsAt(row, key).map((path) => [list, index, key, path] as const)),
    ),
  );
  const places = (model.places ?? []).flatMap((row, index) =>
    (["region", "host", "client", "set"] as const).map((key) => ["places", index, key, row[key]] as const),
  );
  const redactions = (model.redactions ?? []).flatMap((row, index) =>
    (["list", "of"] as const).map((key) => ["redactions", index, key, row[key]] as const),
  );
  return [...rows, ...places, ...redactions].flatMap(([list, index, key, path]) => {
    if (path === undefined) return [];
    const parsed = parsePath(path);
    return parsed.ok ? [] : [pathMistake([list, index, key], path, parsed.at, parsed.message)];
  });
}

function pathsAt(row: object, key: string): readonly string[] {
  return [(row as Record<string, string | readonly string[] | undefined>)[key] ?? []].flat();
}

function pathMistake(at: JsonPath, path: string, offset: number, message: string): ModelMistake {
  return {
    code: "model-path-invalid",
    path: at,
    message: `The path "${path}" cannot be read from character ${offset + 1} on: ${message}`,
    hint: "Join path words with dots, such as Member[info].Argument[0..] or ReturnValue.",
  };
}

function checkTypeNames(model: Model): ModelMistake[] {
  const declared = new Set((model.types ?? []).map((row) => row.name));
  // A model that no variable reaches declares its types by the receivers that name them.
  const receiverTypes = model.global?.startsWith("#") ? (model.receivers ?? []).map((row) => row.type) : [];
  const types = new Set([...declared, ...receiverTypes]);
  const uses = [
    ...rowLists.flatMap((list) =>
      (model[list] ?? []).map((row, index) => [[list, index, "on"] as JsonPath, row.on] as const),
    ),
    ...(model.places ?? []).map((row, index) => [["places", index, "type"] as JsonPath, row.type] as const),
    ...(model.redactions ?? []).map(
      (row, index) => [["redactions", index, "type"] as JsonPath, row.type] as const,
    ),
    ...(model.receivers ?? []).map(
      (row, index) => [["receivers", index, "type"] as JsonPath, row.type] as const,
    ),
  ];
  return uses.flatMap(([path, name]) =>
    name === undefined ? [] : unknownName(path, "type", name, types, 'Declare it in "types" of this model.'),
  );
}

function checkKinds(model: Model, known: KnownNames): ModelMistake[] {
  const safe = (["sanitizers", "guards", "propagators"] as const).flatMap((list) =>
    (model[list] ?? []).flatMap((row, index) => [
      ...("data" in row ? (row.data ?? []) : []).flatMap((name, at) =>
        unknownDataType([list, index, "data", at], name, known.dataTypes),
      ),
      ...(row.protects ?? []).flatMap((name, at) =>
        unknownName([list, index, "protects", at], "sink kind", name, known.sinkKinds),
      ),
    ]),
  );
  return [
    ...(model.sources ?? []).flatMap((row, index) =>
      unknownDataType(["sources", index, "dataType"], row.dataType, known.dataTypes),
    ),
    ...(model.sinks ?? []).flatMap((row, index) =>
      unknownName(["sinks", index, "kind"], "sink kind", row.kind, known.sinkKinds),
    ),
    ...safe,
  ];
}

function checkPlaces(model: Model, known: KnownNames): ModelMistake[] {
  return (model.places ?? []).flatMap((row, index) => {
    const at = ["places", index];
    if ([row.region, row.host, row.client, row.else].every((each) => each === undefined)) {
      return [
        {
          code: "model-invalid" as const,
          path: at,
          message: "This place says neither where the region nor where the host is written",
          hint: 'Give "region", "host", "client" or "else".',
        },
      ];
    }
    return row.provider === undefined
      ? []
      : unknownName([...at, "provider"], "cloud", row.provider, known.providers);
  });
}

/** A data type or one of its categories, or `pii` for all of them. */
export function unknownDataType(
  path: JsonPath,
  name: string,
  known: ReadonlySet<string> | undefined,
): ModelMistake[] {
  if (!known || name === "pii" || known.has(name)) return [];
  if ([...known].some((id) => id.startsWith(`${name}.`))) return [];
  return unknownName(path, "data type", name, known);
}

/** A mistake when the name is not among the known ones; nothing when there is no list to compare with. */
export function unknownName(
  path: JsonPath,
  sort: string,
  name: string,
  known: ReadonlySet<string> | undefined,
  otherwise = `Known: ${known ? [...known].sort().join(", ") : ""}.`,
): ModelMistake[] {
  if (!known || known.has(name)) return [];
  const meant = nearestName(name, known);
  return [
    {
      code: "catalog-unknown-reference",
      path,
      message: `There is no ${sort} "${name}"`,
      hint: meant ? `Did you mean "${meant}"?` : otherwise,
    },
  ];
}
