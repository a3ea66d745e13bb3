import type { FunctionFacts, ObjectEntry, TypeRef, Value, ValueId } from "../extract/index.ts";
import type { SchemaLanguage, SchemaLanguages, SchemaWord } from "./schema-language.ts";

/** A value, and where it is written. */
export interface WrittenValue<At> {
  readonly at: At;
  readonly id: ValueId;
}

export interface SchemaParts<At extends { readonly facts: FunctionFacts }> {
  readonly languages: SchemaLanguages;
  /** What a variable or an import of a value was set to, in whichever module. */
  originOf(at: At, value: Value): WrittenValue<At> | undefined;
  /** The package that an import leads to. */
  libraryOf(at: At, value: Extract<Value, { op: "import" }>): { library: string; name: string } | undefined;
  /** A function of the same file. */
  functionAt(at: At, index: number): At | undefined;
  /** A type that is written there, to be read anywhere. */
  anchored(at: At, type: TypeRef): TypeRef;
}

export type MadeValue = Extract<Value, { op: "call" | "new" }>;

/** References may lead in circles. */
export const deepestSchema = 24;

/** What the names in the text of a schema lead to: a library's names, and what was written elsewhere. */
export function createSchemaWords<At extends { readonly facts: FunctionFacts }>(parts: SchemaParts<At>) {
  const { languages } = parts;
  /** Functions that are handed a library's names: `pgTable("users", (t) => ({ email: t.text() }))`. */
  const builders = new WeakMap<FunctionFacts, SchemaLanguage>();

  /** Through variables and imports, and through what a module exports: `schema.users`. */
  function originOf(at: At, value: Value, depth: number): WrittenValue<At> | undefined {
    if (value.op !== "load") return parts.originOf(at, value);
    const object = at.facts.values[value.object];
    if (object?.op === "import" && object.imported === "*")
      return parts.originOf(at, { ...object, imported: value.key });
    const literal = depth < deepestSchema ? literalAt(at, value.object, depth + 1) : undefined;
    const held = literal?.at.facts.values[literal.id];
    const entry =
      held?.op === "object" ? held.entries.findLast((each) => keyOf(each) === value.key) : undefined;
    return literal && entry && "value" in entry ? { at: literal.at, id: entry.value } : undefined;
  }

  /** What a value was written as: `fields` is `{ email: String }`. */
  function literalAt(at: At, id: ValueId, depth: number): WrittenValue<At> | undefined {
    const value = at.facts.values[id];
    if (!value || depth > deepestSchema) return undefined;
    if (value.op === "post") return literalAt(at, value.before, depth + 1);
    if (value.op === "typed") return literalAt(at, value.value, depth + 1);
    if (value.op === "phi") return firstKnown(value.inputs, (each) => literalAt(at, each, depth + 1));
    if (value.op !== "cell" && value.op !== "import" && value.op !== "load") return { at, id };
    const origin = originOf(at, value, depth + 1);
    return origin && literalAt(origin.at, origin.id, depth + 1);
  }

  /** Which of a library's names a callee is. */
  function wordOf(
    at: At,
    id: ValueId,
    depth: number,
  ): { word: SchemaWord; language: SchemaLanguage } | undefined {
    const value = at.facts.values[id];
    if (!value || depth > deepestSchema) return undefined;
    const named = (language: SchemaLanguage | undefined, name: string) => {
      const word = language?.names.get(name);
      return language && word && { word, language };
    };
    if (value.op === "load") {
      const word = named(libraryAt(at, value.object, depth + 1), value.key);
      if (word) return word;
    }
    if (value.op === "import") {
      const library = parts.libraryOf(at, value);
      if (library) return named(languages.of(library.library), library.name);
    }
    if (value.op === "post") return wordOf(at, value.before, depth + 1);
    if (value.op === "phi") return firstKnown(value.inputs, (each) => wordOf(at, each, depth + 1));
    if (value.op === "call") {
      const maker = wordOf(at, value.callee, depth + 1);
      return maker?.word.as === "maker" ? named(maker.language, maker.word.makes ?? "") : undefined;
    }
    const origin = originOf(at, value, depth + 1);
    return origin && wordOf(origin.at, origin.id, depth + 1);
  }

  /** The library whose names are a value's members. */
  function libraryAt(at: At, id: ValueId, depth: number): SchemaLanguage | undefined {
    const value = at.facts.values[id];
    if (!value || depth > deepestSchema) return undefined;
    if (value.op === "param") return value.index === 0 ? builders.get(at.facts) : undefined;
    if (value.op === "post") return libraryAt(at, value.before, depth + 1);
    if (value.op === "phi") return firstKnown(value.inputs, (each) => libraryAt(at, each, depth + 1));
    if (value.op === "call" || value.op === "new") {
      const made = wordOf(at, value.callee, depth + 1);
      return made?.word.as === "library" ? made.language : undefined;
    }
    if (value.op === "import") {
      const library = parts.libraryOf(at, value);
      if (library) return languages.of(library.library);
    }
    // A class has the static members of what it extends: `User.init({ … })`.
    if (value.op === "class")
      return value.superclass === undefined ? undefined : libraryAt(at, value.superclass, depth + 1);
    const within = value.op === "load" ? libraryAt(at, value.object, depth + 1) : undefined;
    if (within) return within;
    const origin = originOf(at, value, depth + 1);
    return origin && libraryAt(origin.at, origin.id, depth + 1);
  }

  function argumentAt(
    at: At,
    call: MadeValue,
    { argument, keys }: Pick<SchemaWord, "argument" | "keys">,
    depth: number,
  ): WrittenValue<At> | undefined {
    const given = call.args[argument];
    let found = given && literalOr(at, given.value, depth);
    for (const key of keys) {
      const value = found?.at.facts.values[found.id];
      const entry =
        value?.op === "object" ? value.entries.findLast((each) => keyOf(each) === key) : undefined;
      found = found && entry && "value" in entry ? literalOr(found.at, entry.value, depth) : undefined;
    }
    return found;
  }

  function literalOr(at: At, id: ValueId, depth: number): WrittenValue<At> {
    return literalAt(at, id, depth) ?? { at, id };
  }

  /** The library whose schema a chain of calls began with. */
  function languageOf(at: At, id: ValueId, depth: number): SchemaLanguage | undefined {
    const value = at.facts.values[id];
    if (!value || depth > deepestSchema) return undefined;
    if (value.op === "post") return languageOf(at, value.before, depth + 1);
    if (value.op === "phi") return firstKnown(value.inputs, (each) => languageOf(at, each, depth + 1));
    if (value.op === "typed") return languageOf(at, value.value, depth + 1);
    if (value.op === "call" || value.op === "new") {
      const found = wordOf(at, value.callee, depth + 1);
      const callee = at.facts.values[value.callee];
      return (
        found?.language ?? (callee?.op === "load" ? languageOf(at, callee.object, depth + 1) : undefined)
      );
    }
    const word = wordOf(at, id, depth + 1);
    if (word) return word.language;
    if (value.op === "load" && value.key === "shape") return languageOf(at, value.object, depth + 1);
    const origin = originOf(at, value, depth + 1);
    return origin && languageOf(origin.at, origin.id, depth + 1);
  }

  function textAt(at: At | undefined, id: ValueId): string | undefined {
    const value = at?.facts.values[id];
    return value?.op === "const" && typeof value.value === "string" ? value.value : undefined;
  }

  return {
    originOf,
    wordOf,
    languageOf,
    argumentAt,
    literalOr,
    textAt,
    /** Says that a function is handed the names of a library. */
    teach: (facts: FunctionFacts, language: SchemaLanguage) => builders.set(facts, language),
  };
}

/** A variable of a module may be read before it is set, by the text: the first value that says something counts. */
export function firstKnown<T>(
  inputs: readonly ValueId[],
  of: (input: ValueId) => T | undefined,
): T | undefined {
  for (const input of inputs) {
    const known = of(input);
    if (known !== undefined) return known;
  }
  return undefined;
}

export function keyOf(entry: ObjectEntry): string | undefined {
  return "key" in entry ? entry.key : undefined;
}
