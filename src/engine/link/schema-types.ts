import type { FunctionFacts, TypeRef, Value, ValueId } from "../extract/index.ts";
import { placeOf, type SchemaLanguage, type SchemaWord } from "./schema-language.ts";
import {
  createSchemaWords,
  deepestSchema,
  firstKnown,
  keyOf,
  type MadeValue,
  type SchemaParts,
  type WrittenValue,
} from "./schema-words.ts";

/** What a schema lets through, and the field of the result where that stands. */
export interface Parsed {
  readonly type: TypeRef;
  readonly field?: string;
}

type ObjectType = Extract<TypeRef, { kind: "object" }>;

const other: TypeRef = { kind: "other" };
/** What a schema describes: the result of the call that makes it, or the call's receiver. */
export interface Described {
  readonly type: TypeRef;
  readonly receiver: boolean;
}

/** What values of a sort are declared as: a word is one of a few texts that the code knows. */
const sorts = new Map<string, TypeRef>([
  ["text", { kind: "keyword", name: "string" }],
  ["number", { kind: "keyword", name: "number" }],
  ["flag", { kind: "keyword", name: "boolean" }],
  ["date", { kind: "name", name: "Date", args: [] }],
  ["word", { kind: "literal", value: "" }],
  ["unknown", other],
]);

/** What schemas say of the values that they describe, as far as their text shows it. */
export function createSchemaTypes<At extends { readonly facts: FunctionFacts }>(parts: SchemaParts<At>) {
  const { originOf, wordOf, languageOf, argumentAt, literalOr, textAt, teach } = createSchemaWords(parts);
  const taught = new WeakSet<FunctionFacts>();
  const known = new WeakMap<FunctionFacts, Map<ValueId, TypeRef | undefined>>();

  function schemaOf(at: At, id: ValueId, depth = 0): TypeRef | undefined {
    if (depth > deepestSchema) return undefined;
    let found = known.get(at.facts);
    if (!found) {
      found = new Map();
      known.set(at.facts, found);
    }
    if (!found.has(id)) {
      found.set(id, undefined); // a schema of itself describes nothing, instead of looping
      found.set(id, read(at, id, depth + 1));
    }
    return found.get(id);
  }

  function read(at: At, id: ValueId, depth: number): TypeRef | undefined {
    const value = at.facts.values[id];
    if (!value) return undefined;
    if (value.op === "call" || value.op === "new") return made(at, value, depth);
    if (value.op === "post") return schemaOf(at, value.before, depth);
    if (value.op === "typed") return schemaOf(at, value.value, depth);
    if (value.op === "phi") return firstKnown(value.inputs, (each) => schemaOf(at, each, depth));
    if (value.op === "load" && value.key === "shape") return schemaOf(at, value.object, depth);
    const word = value.op === "load" || value.op === "import" ? wordOf(at, id, depth)?.word : undefined;
    if (word && sorts.has(word.as)) return sorts.get(word.as);
    const origin = originOf(at, value, depth);
    const type = origin && schemaOf(origin.at, origin.id, depth);
    return type && parts.anchored(origin.at, type);
  }

  function made(at: At, call: MadeValue, depth: number): TypeRef | undefined {
    const found = wordOf(at, call.callee, depth);
    if (found) return start(at, found.language, found.word, call, depth);
    const callee = at.facts.values[call.callee];
    if (callee?.op !== "load") return undefined;
    const base = schemaOf(at, callee.object, depth);
    return base && changed(at, base, callee, call, depth);
  }

  function start(
    at: At,
    language: SchemaLanguage,
    word: SchemaWord,
    call: MadeValue,
    depth: number,
  ): TypeRef | undefined {
    const of = argumentAt(at, call, word, depth);
    switch (word.as) {
      case "record":
        return recordOf(at, language, word, call, depth);
      case "list":
        return { kind: "array", of: of ? fieldOf(of.at, language, of.id, word.plain, depth) : other };
      case "same":
        return of && schemaOf(of.at, of.id, depth) ? schemaOf(of.at, of.id, depth) : other;
      case "union":
        return { kind: "union", of: unionOf(at, call, word, depth) };
      case "library":
      case "maker":
      case "parse":
        return undefined;
      default:
        return sorts.get(word.as) ?? other;
    }
  }

  function recordOf(
    at: At,
    language: SchemaLanguage,
    word: SchemaWord,
    call: MadeValue,
    depth: number,
  ): TypeRef {
    const of = argumentAt(at, call, word, depth);
    const fields = of
      ? fieldsOf(of.at, language, of.id, word.plain, depth)
      : { kind: "object" as const, members: [] };
    const label = word.label === undefined ? undefined : labelOf(at, call, word.label, depth);
    return label === undefined ? fields : labelled(fields, label);
  }

  /** What the records are called: by the schema, or else by the variable that holds it. */
  function labelOf(at: At, call: MadeValue, path: string, depth: number): string | undefined {
    const given = argumentAt(at, call, placeOf(path), depth);
    const text = given?.at.facts.values[given.id];
    if (text?.op === "const" && typeof text.value === "string") return text.value;
    return call.name?.replace(/(?:schema|table|model)$/i, "") || undefined;
  }

  function changed(
    at: At,
    base: TypeRef,
    callee: Extract<Value, { op: "load" }>,
    call: MadeValue,
    depth: number,
  ): TypeRef | undefined {
    const language = languageOf(at, callee.object, depth);
    const word = language?.methods.get(callee.key);
    if (!language || !word) return base;
    const of = argumentAt(at, call, word, depth);
    const given = () =>
      (of && (schemaOf(of.at, of.id, depth) ?? fieldsOf(of.at, language, of.id, undefined, depth))) ?? other;
    switch (word.as) {
      case "list":
        return { kind: "array", of: base };
      case "extension":
        return of ? { kind: "intersection", of: [base, given()] } : base;
      case "either":
        return { kind: "union", of: [base, (of && schemaOf(of.at, of.id, depth)) ?? other] };
      case "pick":
      case "omit":
        return selected(base, word.as, of);
      case "typed": {
        const [type] = (call.op === "call" && call.typeArgs) || [];
        return type ? parts.anchored(at, type) : base;
      }
      case "parse":
        return undefined;
      default:
        return sorts.get(word.as) ?? base;
    }
  }

  /** `.pick({ email: true })`, `.pick(["email"])` */
  function selected(base: TypeRef, how: "pick" | "omit", of: WrittenValue<At> | undefined): TypeRef {
    const value = of?.at.facts.values[of.id];
    const keys =
      value?.op === "object"
        ? value.entries.flatMap((entry) => keyOf(entry) ?? [])
        : value?.op === "array"
          ? value.items.flatMap((item) => textAt(of?.at, item.value) ?? [])
          : undefined;
    if (!keys) return other;
    const literals = keys.map((key) => ({ kind: "literal" as const, value: key }));
    return {
      kind: "name",
      name: how === "pick" ? "Pick" : "Omit",
      args: [base, { kind: "union", of: literals }],
    };
  }

  /** `{ email: z.string() }`, or a function that gives such an object. */
  function fieldsOf(
    at: At,
    language: SchemaLanguage,
    id: ValueId,
    plain: string | undefined,
    depth: number,
  ): TypeRef {
    const value = at.facts.values[id];
    if (!value || depth > deepestSchema) return other;
    if (value.op === "closure") {
      const inner = parts.functionAt(at, value.function);
      const [result] = inner?.facts.returns ?? [];
      if (!inner || result === undefined) return other;
      if (!taught.has(inner.facts)) {
        taught.add(inner.facts);
        teach(inner.facts, language);
        known.delete(inner.facts);
      }
      const given = literalOr(inner, result, depth + 1);
      return fieldsOf(given.at, language, given.id, plain, depth + 1);
    }
    const inherited: TypeRef[] = [];
    const members: ObjectType["members"][number][] = [];
    for (const entry of value.op === "object" ? value.entries : []) {
      if ("spread" in entry) {
        const of = literalOr(at, entry.spread, depth + 1);
        const type =
          schemaOf(at, entry.spread, depth + 1) ?? fieldsOf(of.at, language, of.id, plain, depth + 1);
        if (type.kind === "object") members.push(...type.members);
        else inherited.push(type);
      } else if ("key" in entry) {
        if (plain !== undefined && isUnread(at, entry.value)) continue;
        const type = fieldOf(at, language, entry.value, plain, depth + 1);
        members.push({ name: entry.key.replace(/\?$/, ""), type, optional: false, span: entry.keySpan });
      }
    }
    const own: TypeRef = { kind: "object", members };
    return inherited.length > 0 ? { kind: "intersection", of: [...inherited, own] } : own;
  }

  function fieldOf(
    at: At,
    language: SchemaLanguage,
    id: ValueId,
    plain: string | undefined,
    depth: number,
  ): TypeRef {
    const type = schemaOf(at, id, depth);
    if (type || plain === undefined) return type ?? other;
    const literal = literalOr(at, id, depth);
    const value = literal.at.facts.values[literal.id];
    const inner = (each: ValueId) => fieldOf(literal.at, language, each, plain, depth + 1);
    if (!value || depth > deepestSchema) return other;
    if (value.op === "const" && typeof value.value === "string") return wordType(language, value.value);
    if (value.op === "global") return wordType(language, value.variable);
    if (value.op === "array")
      return { kind: "array", of: value.items[0] ? inner(value.items[0].value) : other };
    if (value.op !== "object") return other;
    const named = value.entries.findLast((each) => keyOf(each) === plain);
    if (!named || !("value" in named)) return fieldsOf(literal.at, language, literal.id, plain, depth + 1);
    const few = value.entries.some((each) => keyOf(each) === "enum");
    return few ? (sorts.get("word") ?? other) : inner(named.value);
  }

  function wordType(language: SchemaLanguage, text: string): TypeRef {
    const [word = ""] = /^[\w-]+/.exec(text) ?? [];
    const sort = /^["']/.test(text) ? "word" : language.names.get(word)?.as;
    const type = sorts.get(sort ?? "unknown") ?? other;
    return text.endsWith("[]") ? { kind: "array", of: type } : type;
  }

  function unionOf(at: At, call: MadeValue, word: SchemaWord, depth: number): TypeRef[] {
    const first = argumentAt(at, call, word, depth);
    const list = first?.at.facts.values[first.id];
    const items = list?.op === "array" ? list.items : call.args;
    const from = list?.op === "array" && first ? first.at : at;
    return items.map((each) => schemaOf(from, each.value, depth) ?? other);
  }

  /** What a call of `schema.parse`, `parse(schema, …)` and the like gives, and the field of its result where that stands. */
  function parsed(at: At, id: ValueId): Parsed | undefined {
    const value = at.facts.values[id];
    const callee = value?.op === "call" ? at.facts.values[value.callee] : undefined;
    if (value?.op !== "call" || !callee) return undefined;
    const name = callee.op === "load" ? callee.key : callee.op === "import" ? callee.imported : "";
    if (!parts.languages.parses(name)) return undefined;
    const found = wordOf(at, value.callee, 0)?.word;
    if (found) {
      const of = found.as === "parse" ? argumentAt(at, value, found, 0) : undefined;
      return of && parsedAs(schemaOf(of.at, of.id), found);
    }
    if (callee.op !== "load") return undefined;
    const type = schemaOf(at, callee.object);
    const method = type && languageOf(at, callee.object, 0)?.methods.get(name);
    return method?.as === "parse" ? parsedAs(type, method) : undefined;
  }

  /** What the schema that a call makes describes, and whether its receiver is that schema, and not its result. */
  function described(at: At, id: ValueId): Described | undefined {
    const value = at.facts.values[id];
    const type = value?.op === "call" || value?.op === "new" ? schemaOf(at, id) : undefined;
    if (!type || (value?.op !== "call" && value?.op !== "new")) return undefined;
    return { type, receiver: wordOf(at, value.callee, 0)?.word.describes !== undefined };
  }

  return { schemaOf: (at: At, id: ValueId) => schemaOf(at, id), parsed, described };
}

function parsedAs(type: TypeRef | undefined, { to }: SchemaWord): Parsed | undefined {
  return type && (to === undefined ? { type } : { type, field: to });
}

/** `{ type: String, select: false }` is read only where it is asked for. */
function isUnread({ facts }: { readonly facts: FunctionFacts }, id: ValueId): boolean {
  const field = facts.values[id];
  const select = field?.op === "object" ? field.entries.find((each) => keyOf(each) === "select") : undefined;
  const value = select && "value" in select ? facts.values[select.value] : undefined;
  return value?.op === "const" && value.value === false;
}

function labelled(type: TypeRef, label: string): TypeRef {
  if (type.kind === "object") return { ...type, label };
  return type.kind === "intersection" ? { ...type, of: type.of.map((each) => labelled(each, label)) } : type;
}
