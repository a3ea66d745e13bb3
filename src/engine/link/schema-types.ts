import type { FunctionFacts, TypeRef, Value, ValueId } from "../extract/index.ts";

/** A value, and where it is written. */
export interface WrittenValue<At> {
  readonly at: At;
  readonly id: ValueId;
}

/** What a schema lets through, and the field of the result where that stands. */
export interface Parsed {
  readonly type: TypeRef;
  readonly field?: string;
}

interface Parts<At extends { readonly facts: FunctionFacts }> {
  /** What a variable or an import of a value was set to, in whichever module. */
  originOf(at: At, value: Value): WrittenValue<At> | undefined;
  /** A type that is written there, to be read anywhere. */
  anchored(at: At, type: TypeRef): TypeRef;
}

/** Packages whose schemas are built by calls, and whose schemas say what their `parse` gives. */
const packages = /^(?:zod|yup|@hono\/zod-openapi)(?:\/|$)/;

const other: TypeRef = { kind: "other" };
const texts = "string email url uuid guid cuid cuid2 ulid nanoid jwt ipv4 ipv6 base64 e164 emoji";
const builders = new Map<string, TypeRef>([
  ...texts.split(" ").map((name): [string, TypeRef] => [name, { kind: "keyword", name: "string" }]),
  ...["number", "int", "float32", "float64", "bigint"].map((name): [string, TypeRef] => [
    name,
    { kind: "keyword", name: "number" },
  ]),
  ...["boolean", "bool", "stringbool"].map((name): [string, TypeRef] => [
    name,
    { kind: "keyword", name: "boolean" },
  ]),
  ["date", { kind: "name", name: "Date", args: [] }],
  // One of a few texts that the code knows.
  ...["enum", "nativeEnum", "literal"].map((name): [string, TypeRef] => [
    name,
    { kind: "literal", value: "" },
  ]),
]);
const records = new Set(["object", "strictObject", "looseObject"]);
/** Schemas of what their only argument is the schema of. */
const around = new Set(["optional", "nullable", "nullish", "promise", "readonly", "exactOptional"]);
const lists = new Set(["array", "set"]);
/** Methods that make a schema of something else. All others narrow it, describe it, or say what stands in for nothing. */
const changes = new Set(["transform", "pipe", "to", "overwrite", "keyof", "unwrap", "element"]);
const extensions = new Set(["extend", "safeExtend", "augment", "merge", "and", "shape", "concat"]);

const deepest = 24;

/** What schemas say of the values that they let through, as far as their text shows it. */
export function createSchemaTypes<At extends { readonly facts: FunctionFacts }>(parts: Parts<At>) {
  const parsedIn = new WeakMap<FunctionFacts, Map<ValueId, Parsed | undefined>>();

  function schemaOf(at: At, id: ValueId, depth = 0): TypeRef | undefined {
    const value = at.facts.values[id];
    if (!value || depth > deepest) return undefined;
    if (value.op === "call") return built(at, value, depth + 1);
    if (value.op === "post") return schemaOf(at, value.before, depth + 1);
    if (value.op === "typed") return schemaOf(at, value.value, depth + 1);
    if (value.op === "load" && value.key === "shape") return schemaOf(at, value.object, depth + 1);
    const origin = parts.originOf(at, value);
    const type = origin && schemaOf(origin.at, origin.id, depth + 1);
    return type && parts.anchored(origin.at, type);
  }

  function built(at: At, call: Extract<Value, { op: "call" }>, depth: number): TypeRef | undefined {
    const callee = at.facts.values[call.callee];
    if (callee?.op !== "load") return undefined;
    const args = call.args.map((each) => each.value);
    if (isLibrary(at, callee.object)) return start(at, callee.key, args, depth);
    const base = schemaOf(at, callee.object, depth);
    return base && changed(at, base, callee.key, args, depth);
  }

  function start(at: At, name: string, [first]: readonly ValueId[], depth: number): TypeRef {
    const leaf = builders.get(name);
    if (leaf) return leaf;
    if (records.has(name))
      return first === undefined ? { kind: "object", members: [] } : shapeOf(at, first, depth);
    const inner = (first !== undefined && schemaOf(at, first, depth)) || other;
    if (lists.has(name)) return { kind: "array", of: inner };
    if (name === "union" || name === "xor") return unionOf(at, first, depth);
    return around.has(name) ? inner : other;
  }

  function changed(
    at: At,
    base: TypeRef,
    method: string,
    [first]: readonly ValueId[],
    depth: number,
  ): TypeRef {
    if (method === "array") return { kind: "array", of: base };
    if (changes.has(method)) return other;
    if (first === undefined) return base;
    if (extensions.has(method))
      return { kind: "intersection", of: [base, schemaOf(at, first, depth) ?? shapeOf(at, first, depth)] };
    if (method === "or") return { kind: "union", of: [base, schemaOf(at, first, depth) ?? other] };
    if (method !== "pick" && method !== "omit") return base;
    const keys = keysOf(at, first);
    if (!keys) return other;
    return {
      kind: "name",
      name: method === "pick" ? "Pick" : "Omit",
      args: [base, { kind: "union", of: keys }],
    };
  }

  /** `{ email: z.string() }`, as it is given to `object` and `extend`. */
  function shapeOf(at: At, id: ValueId, depth: number): TypeRef {
    const value = at.facts.values[id];
    const inherited: TypeRef[] = [];
    const members: Extract<TypeRef, { kind: "object" }>["members"][number][] = [];
    for (const entry of value?.op === "object" ? value.entries : []) {
      if ("spread" in entry) inherited.push(schemaOf(at, entry.spread, depth) ?? other);
      else if ("key" in entry) {
        const type = schemaOf(at, entry.value, depth) ?? other;
        members.push({ name: entry.key, type, optional: false, span: entry.keySpan });
      }
    }
    const own: TypeRef = { kind: "object", members };
    return inherited.length > 0 ? { kind: "intersection", of: [...inherited, own] } : own;
  }

  function unionOf(at: At, id: ValueId | undefined, depth: number): TypeRef {
    const value = id === undefined ? undefined : at.facts.values[id];
    const items = value?.op === "array" ? value.items : [];
    return { kind: "union", of: items.map((each) => schemaOf(at, each.value, depth) ?? other) };
  }

  function keysOf(at: At, id: ValueId): TypeRef[] | undefined {
    const value = at.facts.values[id];
    if (value?.op !== "object") return undefined;
    return value.entries.flatMap((entry) =>
      "key" in entry ? [{ kind: "literal", value: entry.key } as const] : [],
    );
  }

  function isLibrary(at: At, id: ValueId): boolean {
    const value = at.facts.values[id];
    if (value?.op === "post") return isLibrary(at, value.before);
    if (value?.op === "load") return value.key === "coerce" && isLibrary(at, value.object);
    return value?.op === "import" && packages.test(value.specifier);
  }

  /** What a call of `schema.parse` and the like gives, and the field of its result where that stands. */
  function parsed(at: At, id: ValueId): Parsed | undefined {
    const value = at.facts.values[id];
    const callee = value?.op === "call" ? at.facts.values[value.callee] : undefined;
    if (callee?.op !== "load" || !parsers.has(callee.key)) return undefined;
    let known = parsedIn.get(at.facts);
    if (!known) {
      known = new Map();
      parsedIn.set(at.facts, known);
    }
    if (!known.has(id)) {
      const type = schemaOf(at, callee.object);
      known.set(id, type && (callee.key.startsWith("safe") ? { type, field: "data" } : { type }));
    }
    return known.get(id);
  }

  return { schemaOf: (at: At, id: ValueId) => schemaOf(at, id), parsed };
}

const parsers = new Set([
  "parse",
  "parseAsync",
  "safeParse",
  "safeParseAsync",
  "validate",
  "validateSync",
  "cast",
]);
