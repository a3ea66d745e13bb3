import type { FileId } from "../base/location.ts";
import type { TypeRef } from "../extract/index.ts";
import { createGeneratedLabels } from "./generated-labels.ts";
import type { LocatedType } from "./program.ts";
import type { ValueTypes } from "./value-types.ts";

interface Parts {
  memberType(file: FileId, type: TypeRef, key: string): LocatedType | undefined;
  membersOf(file: FileId, type: TypeRef): ReadonlyMap<string, LocatedType> | undefined;
  expand(file: FileId, type: TypeRef): LocatedType | undefined;
  readonly values: ValueTypes;
}

const lists = new Set(["Array", "ReadonlyArray", "Set", "ReadonlySet", "Iterable", "AsyncIterable"]);
const deepest = 6;
/** What libraries of schemas call the type of what a schema describes: `z.infer<typeof signup>`. */
const inferred =
  /(?:^|\.)(?:infer|input|output|TypeOf|Infer|Infer(?:Type|Input|Output|SelectModel|InsertModel|SchemaType|RawDocType)|Static(?:Decode)?)$/;
/** Members of a schema that are only there for their type: `typeof users.$inferSelect`. */
const inferredMember = /\.(?:\$infer|\$inferSelect|\$inferInsert|infer|inferIn|inferOut)$/;

/** Types that are made from others: `T["key"]`, `typeof value`, `ReturnType<F>`, `Parameters<F>`, `InstanceType<C>`, `z.infer<S>`. */
export function createTypeOperators({ memberType, membersOf, expand, values }: Parts) {
  const withLabel = createGeneratedLabels();

  /** What an operator makes; absent when the type is none, or nothing is known. */
  function apply(file: FileId, type: TypeRef): LocatedType | undefined {
    if (type.kind === "indexed") return indexed(file, type.object, type.key);
    if (type.kind === "typeof") return typeOfValue(type.scope ?? file, type.name);
    const [first] = type.kind === "name" ? type.args : [];
    if (type.kind !== "name" || !first) return undefined;
    if (type.name === "InstanceType" && first.kind === "typeof")
      return { file: first.scope ?? file, type: { kind: "name", name: first.name, args: [] } };
    if (first.kind === "typeof" && inferred.test(type.name)) {
      const from = first.scope ?? file;
      const schema = values.ofSchema(from, first.name);
      return schema && { file: from, type: schema };
    }
    if (type.name !== "ReturnType" && type.name !== "Parameters") return undefined;
    const of = functionOf(file, first);
    if (of?.type.kind !== "function") return undefined;
    return {
      file: of.file,
      type: type.name === "ReturnType" ? of.type.returns : { kind: "tuple", of: of.type.params },
    };
  }

  function typeOfValue(file: FileId, name: string): LocatedType | undefined {
    const schema = inferredMember.test(name) ? name.slice(0, name.lastIndexOf(".")) : undefined;
    const type = schema === undefined ? values.ofName(file, name) : values.ofSchema(file, schema);
    return type && { file, type };
  }

  /** The function type that a type is, through aliases. */
  function functionOf(file: FileId, type: TypeRef): LocatedType | undefined {
    let at: LocatedType | undefined = { file, type };
    for (let step = 0; at && at.type.kind !== "function" && step < deepest; step++)
      at = expand(at.file, at.type);
    return at;
  }

  function indexed(file: FileId, object: TypeRef, key: TypeRef): LocatedType | undefined {
    if (key.kind === "literal") {
      const element = typeof key.value === "number" ? elementOf(file, object, key.value) : undefined;
      if (element) return element;
      const member = memberType(file, object, String(key.value));
      return member && { ...member, type: withLabel(member.type, object, key) };
    }
    if (key.kind === "keyword" && key.name === "number") return elementOf(file, object, undefined);
    const members = membersOf(file, object);
    if (!members) return undefined;
    const keys = literalKeys(key);
    const some = [...members].filter(([name]) => keys?.has(name) ?? key.kind === "keyof");
    const [only] = some;
    if (!only) return undefined;
    // The members may stand in several files; those of the first one speak for all.
    return { file: only[1].file, type: { kind: "union", of: some.map(([, each]) => each.type) } };
  }

  function elementOf(file: FileId, list: TypeRef, index: number | undefined): LocatedType | undefined {
    let at: LocatedType | undefined = { file, type: list };
    for (let step = 0; at && step < deepest; step++) {
      const { type }: LocatedType = at;
      if (type.kind === "array") return { file: at.file, type: type.of };
      if (type.kind === "tuple") {
        const one = index === undefined ? { kind: "union" as const, of: type.of } : type.of[index];
        return one && { file: at.file, type: one };
      }
      const [first] = type.kind === "name" && lists.has(type.name) ? type.args : [];
      if (first) return { file: at.file, type: first };
      at = expand(at.file, type);
    }
    return undefined;
  }

  return { apply };
}

/** The keys of a type that lists them as literals. */
export function literalKeys(type: TypeRef | undefined): ReadonlySet<string> | undefined {
  if (type?.kind === "literal") return new Set([String(type.value)]);
  if (type?.kind !== "union") return undefined;
  const keys = new Set<string>();
  for (const each of type.of) {
    if (each.kind !== "literal") return undefined;
    keys.add(String(each.value));
  }
  return keys;
}
