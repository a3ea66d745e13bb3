import type { FileId } from "../base/location.ts";
import type { FileFacts, FunctionFacts, TypeMember, TypeRef, ValueId } from "../extract/index.ts";
import type { ImportTarget, TypeScope } from "./program.ts";
import type { SchemaLanguages } from "./schema-language.ts";
import { createSchemaTypes, type Described, type Parsed } from "./schema-types.ts";
import type { WrittenValue } from "./schema-words.ts";
import { anchor } from "./substitute-type.ts";

const other: TypeRef = { kind: "other" };
const deepest = 5;

export interface ValueTypes {
  /** What the value of a module's variable, as written in a file, is by its own text: `typeof settings`. */
  ofName(file: FileId, name: string): TypeRef | undefined;
  /** What the schema that a module's variable holds lets through: `z.infer<typeof signup>`. */
  ofSchema(file: FileId, name: string): TypeRef | undefined;
  /** What a call of a schema's `parse` gives. */
  parsed(file: FileId, facts: FunctionFacts, id: ValueId): Parsed | undefined;
  /** What the schema that a call makes describes. */
  described(file: FileId, facts: FunctionFacts, id: ValueId): Described | undefined;
}

interface At {
  readonly file: FileId;
  readonly facts: FunctionFacts;
}

interface Modules {
  importTarget(from: FileId, specifier: string, imported: string): ImportTarget;
  exportTarget(file: FileId, name: string): ImportTarget | undefined;
  /** Where a name leads that a file declares or imports. */
  readonly typeScope: TypeScope;
}

/** Types of values, as far as their text shows them: literals, functions, new objects. */
export function createValueTypes(
  files: ReadonlyMap<FileId, FileFacts>,
  { typeScope: scope, importTarget, exportTarget }: Modules,
  languages: SchemaLanguages,
): ValueTypes {
  const variables = new Map<FileId, ReadonlyMap<string, ValueId>>();

  function variablesOf(file: FileId): ReadonlyMap<string, ValueId> {
    let known = variables.get(file);
    if (!known) {
      const written = new Map<string, ValueId>();
      for (const value of files.get(file)?.functions[0]?.values ?? [])
        if (value.op === "cell-write" && value.cell.owner === 0) written.set(value.cell.name, value.value);
      known = written;
      variables.set(file, known);
    }
    return known;
  }

  const schemas = createSchemaTypes<At>({
    languages,
    libraryOf(at, { specifier, imported }) {
      const target = importTarget(at.file, specifier, imported);
      return target.kind === "library" ? { library: target.library, name: target.member } : undefined;
    },
    functionAt({ file }, index) {
      const facts = files.get(file)?.functions[index];
      return facts && { file, facts };
    },
    originOf(at, value) {
      if (value.op === "cell")
        return value.cell.owner === 0 ? writtenAt(scope(at.file, value.cell.name)) : undefined;
      return value.op === "import"
        ? writtenAt(importTarget(at.file, value.specifier, value.imported))
        : undefined;
    },
    anchored: (at, type) => anchor(type, at.file),
  });

  function writtenAt(target: ImportTarget): WrittenValue<At> | undefined {
    if (target.kind !== "cell") return undefined;
    const id = variablesOf(target.file).get(target.name);
    const facts = files.get(target.file)?.functions[0];
    return id === undefined || !facts ? undefined : { at: { file: target.file, facts }, id };
  }

  /** `users`, and `schema.users` of a namespace. */
  function writtenAs(file: FileId, name: string): WrittenValue<At> | undefined {
    const [first = "", second] = name.split(".");
    const target = scope(file, first);
    if (second === undefined || target.kind !== "namespace") return writtenAt(target);
    const exported = exportTarget(target.file, second);
    return exported && writtenAt(exported);
  }

  const ofSchemas = new Map<string, TypeRef | undefined>();

  function ofSchema(file: FileId, name: string): TypeRef | undefined {
    const key = `${file}\0${name}`;
    if (!ofSchemas.has(key)) {
      const written = writtenAs(file, name);
      const type = written && schemas.schemaOf(written.at, written.id);
      ofSchemas.set(key, type && anchor(type, written.at.file));
    }
    return ofSchemas.get(key);
  }

  function ofName(file: FileId, name: string, depth = 0): TypeRef | undefined {
    const [first = "", ...path] = name.split(".");
    const written = writtenAt(scope(file, first));
    if (!written || depth > deepest) return undefined;
    const type = anchor(typeOf(written.at, written.id, depth + 1), written.at.file);
    return path.reduce<TypeRef | undefined>((at, key) => at && memberOf(at, key), type);
  }

  function typeOf(at: At, id: ValueId, depth: number): TypeRef {
    const value = at.facts.values[id];
    if (!value || depth > deepest) return other;
    const inner = (each: ValueId) => typeOf(at, each, depth + 1);
    switch (value.op) {
      case "const":
        return value.value === null
          ? { kind: "literal", value: null }
          : { kind: "keyword", name: typeof value.value };
      case "concat":
        return { kind: "keyword", name: "string" };
      case "object":
        return objectType(value.entries, inner);
      case "array":
        return { kind: "array", of: union(value.items.slice(0, 4).map((item) => inner(item.value))) };
      case "typed":
        return value.type.kind === "name" && value.type.name === "const" ? inner(value.value) : value.type;
      case "closure":
        return functionType(at, value.function, depth);
      case "call": {
        const callee = inner(value.callee);
        return callee.kind === "function" ? callee.returns : other;
      }
      case "new":
        return nameOf(at, value.callee);
      case "phi":
        return union(value.inputs.filter((each) => each < id).map(inner));
      case "cell":
        return value.cell.owner === 0 ? (ofName(at.file, value.cell.name, depth + 1) ?? other) : other;
      case "store":
      case "post":
        return inner(value.op === "store" ? value.object : value.before);
      default:
        return other;
    }
  }

  /** `new Store()` is a `Store`. */
  function nameOf(at: At, callee: ValueId): TypeRef {
    const value = at.facts.values[callee];
    if (value?.op === "cell") return { kind: "name", name: value.cell.name, args: [] };
    if (value?.op === "class") {
      const name = files.get(at.file)?.classes[value.class]?.name;
      return name ? { kind: "name", name, args: [] } : other;
    }
    if (value?.op === "import")
      return { kind: "name", name: value.imported, args: [], from: value.specifier };
    return other;
  }

  function functionType({ file }: At, index: number, depth: number): TypeRef {
    const facts = files.get(file)?.functions[index];
    if (!facts) return other;
    const returns =
      facts.returnType ?? union(facts.returns.map((id) => typeOf({ file, facts }, id, depth + 1)));
    const wrapped = facts.async && !facts.returnType;
    return {
      kind: "function",
      params: facts.params.map((param) => param.type ?? other),
      returns: wrapped ? { kind: "name", name: "Promise", args: [returns] } : returns,
      ...(facts.typeParams && { typeParams: facts.typeParams }),
      ...(facts.predicate && { predicate: facts.predicate }),
    };
  }

  return {
    ofName: (file, name) => ofName(file, name),
    ofSchema,
    parsed: (file, facts, id) => schemas.parsed({ file, facts }, id),
    described: (file, facts, id) => schemas.described({ file, facts }, id),
  };
}

type Entries = Extract<FunctionFacts["values"][number], { op: "object" }>["entries"];

function objectType(entries: Entries, inner: (id: ValueId) => TypeRef): TypeRef {
  const members: TypeMember[] = [];
  const spread: TypeRef[] = [];
  for (const entry of entries) {
    if ("spread" in entry) spread.push(inner(entry.spread));
    else if ("key" in entry)
      members.push({ name: entry.key, type: inner(entry.value), optional: false, span: entry.keySpan });
  }
  const own: TypeRef = { kind: "object", members };
  return spread.length > 0 ? { kind: "intersection", of: [...spread, own] } : own;
}

function union(types: readonly TypeRef[]): TypeRef {
  const known = types.filter((each) => each.kind !== "other");
  return known.length === 1 ? (known[0] as TypeRef) : known.length > 1 ? { kind: "union", of: known } : other;
}

function memberOf(type: TypeRef, key: string): TypeRef | undefined {
  if (type.kind !== "object") return undefined;
  return type.members.find((each) => each.name === key)?.type;
}
