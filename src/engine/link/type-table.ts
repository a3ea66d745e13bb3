import type { FileId } from "../base/location.ts";
import type { DocTag, FileFacts, TypeDeclaration, TypeRef } from "../extract/index.ts";
import type { ClassTable } from "./class-table.ts";
import type { ClassNode, LocatedType, TypeScope, TypeTarget } from "./program.ts";

type Members = ReadonlyMap<string, LocatedType>;

/** Wrappers whose members are those of their first argument. `Promise` counts: a promise stands for what it will hold. */
const transparent = new Set([
  "Partial",
  "Required",
  "Readonly",
  "NonNullable",
  "Promise",
  "Awaited",
  "Ref",
  "PromiseLike",
]);

/** Types joined by name, without a type checker. */
export function createTypeTable(
  files: ReadonlyMap<FileId, FileFacts>,
  scope: TypeScope,
  classes: ClassTable,
) {
  const declarations = new Map<string, TypeDeclaration>();
  for (const [file, facts] of files) {
    for (const each of facts.types) {
      const key = `${file}\0${each.name}`;
      if (!declarations.has(key)) declarations.set(key, each);
    }
  }
  const memberCache = new WeakMap<TypeRef, Map<FileId, Members | undefined>>();
  let implementers: Map<unknown, ClassNode[]> | undefined;

  function target(file: FileId, name: string): TypeTarget {
    const own = declarations.get(`${file}\0${name}`);
    if (own) return { kind: "declaration", file, declaration: own };
    const cls = classes.named(file, name);
    if (cls) return { kind: "class", node: cls };
    const dot = name.indexOf(".");
    const found = scope(file, dot < 0 ? name : name.slice(0, dot));
    if (found.kind === "library") {
      return { kind: "library", library: found.library, name: dot >= 0 ? name.slice(dot + 1) : found.member };
    }
    if (found.kind === "namespace" && dot >= 0) return target(found.file, name.slice(dot + 1));
    if (found.kind === "cell" && dot < 0 && (found.file !== file || found.name !== name)) {
      return target(found.file, found.name);
    }
    return { kind: "unknown", name };
  }

  function implementations(of: TypeTarget): readonly ClassNode[] {
    implementers ??= indexImplementers();
    if (of.kind === "declaration") return implementers.get(of.declaration) ?? [];
    if (of.kind === "class") return implementers.get(of.node) ?? [];
    return [];
  }

  function indexImplementers(): Map<unknown, ClassNode[]> {
    const index = new Map<unknown, ClassNode[]>();
    for (const node of classes.all) {
      const seen = new Set<unknown>();
      for (let at: ClassNode | undefined = node; at && !seen.has(at); at = at.superclass()) {
        seen.add(at);
        for (const each of at.facts.implements) {
          if (each.kind !== "name") continue;
          const found = target(at.file, each.name);
          if (found.kind === "declaration") add(index, found.declaration, node);
          if (found.kind === "class") add(index, found.node, node);
        }
        if (at !== node) add(index, at, node);
      }
    }
    return index;
  }

  function membersOf(file: FileId, type: TypeRef, depth = 0): Members | undefined {
    if (depth > 8) return undefined;
    const cached = memberCache.get(type);
    if (cached?.has(file)) return cached.get(file);
    const found = findMembers(file, type, depth);
    if (cached) cached.set(file, found);
    else memberCache.set(type, new Map([[file, found]]));
    return found;
  }

  function findMembers(file: FileId, type: TypeRef, depth: number): Members | undefined {
    switch (type.kind) {
      case "object":
        return new Map(type.members.map((each) => [each.name, located(file, each.type, each.tags)]));
      case "intersection":
      case "union":
        return mergeMembers(type.of.map((each) => membersOf(file, each, depth + 1)));
      case "name":
        return namedMembers(file, type.name, type.args, depth);
      default:
        return undefined;
    }
  }

  function namedMembers(
    file: FileId,
    name: string,
    args: readonly TypeRef[],
    depth: number,
  ): Members | undefined {
    const first = args[0];
    if (first && transparent.has(name)) return membersOf(file, first, depth + 1);
    if (first && (name === "Pick" || name === "Omit")) {
      const base = membersOf(file, first, depth + 1);
      const keys = literalKeys(args[1]);
      if (!base || !keys) return base;
      return new Map([...base].filter(([key]) => keys.has(key) === (name === "Pick")));
    }
    const found = target(file, name);
    if (found.kind === "class") return classMembers(found.node);
    if (found.kind !== "declaration") return undefined;
    const { declaration } = found;
    if (declaration.kind === "enum") return undefined;
    const bound = substitute(declaration.type, declaration.typeParams, args);
    const inherited = declaration.extends.map((each) => membersOf(found.file, each, depth + 1));
    return mergeMembers([...inherited, membersOf(found.file, bound, depth + 1)]);
  }

  function classMembers(node: ClassNode): Members {
    const members = new Map<string, LocatedType>();
    const seen = new Set<ClassNode>();
    for (let at: ClassNode | undefined = node; at && !seen.has(at); at = at.superclass()) {
      seen.add(at);
      for (const each of at.facts.members) {
        if (each.static || each.kind === "method" || members.has(each.name)) continue;
        members.set(each.name, located(at.file, each.type ?? { kind: "other" }, each.tags));
      }
    }
    return members;
  }

  function memberType(file: FileId, type: TypeRef, key: string): LocatedType | undefined {
    return membersOf(file, type)?.get(key);
  }

  return {
    target,
    implementations,
    memberType,
    membersOf: (file: FileId, type: TypeRef) => membersOf(file, type),
  };
}

function located(file: FileId, type: TypeRef, tags: readonly DocTag[] | undefined): LocatedType {
  const tag = tags?.find((each) => each.name === "pii")?.text;
  const residency = tags?.find((each) => each.name === "residency")?.text;
  return {
    file,
    type,
    ...(tag === undefined ? {} : { tag }),
    ...(residency === undefined ? {} : { residency }),
  };
}

function add<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key);
  if (list) {
    if (!list.includes(value)) list.push(value);
  } else index.set(key, [value]);
}

function mergeMembers(all: readonly (Members | undefined)[]): Members | undefined {
  const known = all.filter((each): each is Members => each !== undefined);
  if (known.length === 0) return undefined;
  return known.length === 1 ? known[0] : new Map(known.flatMap((each) => [...each]));
}

function literalKeys(type: TypeRef | undefined): ReadonlySet<string> | undefined {
  if (type?.kind === "literal") return new Set([String(type.value)]);
  if (type?.kind !== "union") return undefined;
  const keys = new Set<string>();
  for (const each of type.of) {
    if (each.kind !== "literal") return undefined;
    keys.add(String(each.value));
  }
  return keys;
}

/** Generics to the extent that names allow: parameters at the top level of members and arrays. */
function substitute(type: TypeRef, params: readonly string[], args: readonly TypeRef[]): TypeRef {
  if (params.length === 0 || args.length === 0) return type;
  const replace = (each: TypeRef): TypeRef => {
    if (each.kind === "name" && each.args.length === 0) return args[params.indexOf(each.name)] ?? each;
    if (each.kind === "name") return { ...each, args: each.args.map(replace) };
    if (each.kind === "array") return { ...each, of: replace(each.of) };
    if (each.kind === "union" || each.kind === "intersection") return { ...each, of: each.of.map(replace) };
    if (each.kind === "object") {
      return { ...each, members: each.members.map((member) => ({ ...member, type: replace(member.type) })) };
    }
    return each;
  };
  return replace(type);
}
