import { parsePath } from "../base/access-path.ts";
import type { Model } from "../base/catalog.ts";
import type { SchemaRow } from "../base/schema-row.ts";

/** A row, with the place of what it is about: an argument, and the keys that lead on from there. */
export interface SchemaWord extends SchemaRow {
  readonly argument: number;
  readonly keys: readonly string[];
}

/** How the schemas of a library are written. */
export interface SchemaLanguage {
  readonly names: ReadonlyMap<string, SchemaWord>;
  readonly methods: ReadonlyMap<string, SchemaWord>;
}

export interface SchemaLanguages {
  /** Of a package, or of one of its modules. */
  of(library: string): SchemaLanguage | undefined;
  /** Whether some name or method gives what a schema lets through. */
  parses(name: string): boolean;
}

export function createSchemaLanguages(models: readonly Model[]): SchemaLanguages {
  const languages = new Map<string, SchemaLanguage>();
  const parsers = new Set<string>();
  for (const { library, aliases = [], schemas } of models) {
    if (library === undefined || !schemas) continue;
    const names = new Map<string, SchemaWord>();
    const methods = new Map<string, SchemaWord>();
    for (const row of schemas) {
      const word = { ...row, ...placeOf(row.of) };
      for (const name of row.names ?? []) names.set(name, word);
      for (const name of row.methods ?? []) methods.set(name, word);
      if (row.as === "parse")
        for (const name of [row.names ?? [], row.methods ?? []].flat()) parsers.add(name);
    }
    for (const name of [library, ...aliases]) languages.set(name, { names, methods });
  }
  return {
    of: (library) => languages.get(library) ?? languages.get(packageOf(library)),
    parses: (name) => parsers.has(name),
  };
}

/** The argument that a path names, and the members after it. */
export function placeOf(path = "Argument[0]"): {
  readonly argument: number;
  readonly keys: readonly string[];
} {
  const parsed = parsePath(path);
  const [first, ...rest] = parsed.ok ? parsed.tokens : [];
  return {
    argument: first?.word === "Argument" ? first.from : 0,
    keys: rest.flatMap((token) => (token.word === "Member" ? (token.names[0] ?? []) : [])),
  };
}

function packageOf(library: string): string {
  return library
    .split("/")
    .slice(0, library.startsWith("@") ? 2 : 1)
    .join("/");
}
