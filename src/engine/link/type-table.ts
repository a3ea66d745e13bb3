import type { FileId } from "../base/location.ts";
import type { ClassMember, DocTag, FileFacts, TypeDeclaration, TypeRef } from "../extract/index.ts";
import type { ClassTable } from "./class-table.ts";
import type { ClassNode, ImportTarget, LocatedType, TypeScope, TypeTarget } from "./program.ts";
import { anchor, substitute } from "./substitute-type.ts";
import { createTypeOperators, literalKeys } from "./type-operators.ts";
import type { ValueTypes } from "./value-types.ts";

type Members = ReadonlyMap<string, LocatedType>;

export interface TypeTableParts {
  readonly files: ReadonlyMap<FileId, FileFacts>;
  readonly scope: TypeScope;
  readonly importTarget: (from: FileId, specifier: string, imported: string) => ImportTarget;
  readonly classes: ClassTable;
  readonly values: ValueTypes;
}

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
  "Exclude",
  "Extract",
  "NoInfer",
]);

const deepest = 8;

/** Types joined by name, without a type checker. */
export function createTypeTable({ files, scope, importTarget, classes, values }: TypeTableParts) {
  const declarations = new Map<string, TypeDeclaration>();
  for (const [file, facts] of files) {
    for (const each of facts.types) {
      const key = `${file}\0${each.name}`;
      if (!declarations.has(key)) declarations.set(key, each);
    }
  }
  const memberCache = new WeakMap<TypeRef, Map<FileId, Members | undefined>>();
  const operators = createTypeOperators({ memberType, membersOf, values, expand });

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

  /** What a named type stands for, wherever it is written. */
  function targetOf(file: FileId, type: Extract<TypeRef, { kind: "name" }>): TypeTarget {
    const from = type.scope ?? file;
    if (type.from === undefined) return target(from, type.name);
    const found = importTarget(from, type.from, type.name);
    if (found.kind === "cell") return target(found.file, found.name);
    return found.kind === "library"
      ? { kind: "library", library: found.library, name: found.member }
      : { kind: "unknown", name: type.name };
  }

  /** One step from a name to what it is declared as, or from an operator to what it makes; absent: there is none. */
  function expand(file: FileId, type: TypeRef): LocatedType | undefined {
    if (type.kind !== "name") return operators.apply(file, type);
    const made = operators.apply(file, type);
    if (made) return made;
    const found = targetOf(file, type);
    if (found.kind !== "declaration" || found.declaration.kind === "interface") return undefined;
    const { declaration } = found;
    return { file: found.file, type: bind(declaration.type, declaration.typeParams, type.args, file) };
  }

  function bind(
    type: TypeRef,
    params: readonly string[],
    args: readonly TypeRef[],
    argsFile: FileId,
  ): TypeRef {
    if (params.length === 0 || args.length === 0) return type;
    return substitute(
      type,
      params,
      args.map((each) => anchor(each, argsFile)),
    );
  }

  function membersOf(file: FileId, type: TypeRef, depth = 0): Members | undefined {
    if (depth > deepest) return undefined;
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
        return new Map(
          type.members.map((each) => [each.name, located(file, each.type, each.tags, each.called)]),
        );
      case "intersection":
      case "union":
        return mergeMembers(type.of.map((each) => membersOf(file, each, depth + 1)));
      case "name":
        return namedMembers(file, type, depth);
      case "indexed":
      case "typeof": {
        const made = expand(file, type);
        return made && membersOf(made.file, made.type, depth + 1);
      }
      default:
        return undefined;
    }
  }

  function namedMembers(
    file: FileId,
    type: Extract<TypeRef, { kind: "name" }>,
    depth: number,
  ): Members | undefined {
    const { name, args } = type;
    const [first, second] = args;
    if (first && transparent.has(name)) return membersOf(file, first, depth + 1);
    if (first && (name === "Pick" || name === "Omit")) {
      const base = membersOf(file, first, depth + 1);
      const keys = keysOf(file, second);
      if (!base || !keys) return base;
      return new Map([...base].filter(([key]) => keys.has(key) === (name === "Pick")));
    }
    if (first && second && name === "Record") {
      const keys = keysOf(file, first);
      return keys && new Map([...keys].map((key) => [key, { file, type: second }]));
    }
    const found = targetOf(file, type);
    if (found.kind === "class")
      return classMembers(
        found.node,
        args.map((each) => anchor(each, file)),
      );
    if (found.kind !== "declaration") {
      const made = operators.apply(file, type);
      return made && membersOf(made.file, made.type, depth + 1);
    }
    const { declaration } = found;
    if (declaration.kind === "enum") return undefined;
    const bound = (each: TypeRef) => bind(each, declaration.typeParams, args, file);
    const inherited = declaration.extends.map((each) => membersOf(found.file, bound(each), depth + 1));
    return mergeMembers([...inherited, membersOf(found.file, bound(declaration.type), depth + 1)]);
  }

  /** The string keys that a type lists: literals, `keyof`, and aliases of them. */
  function keysOf(file: FileId, type: TypeRef | undefined, depth = 0): ReadonlySet<string> | undefined {
    if (!type || depth > deepest) return undefined;
    if (type.kind === "keyof") {
      const members = membersOf(file, type.of, depth + 1);
      return members && new Set(members.keys());
    }
    const literal = literalKeys(type);
    if (literal || type.kind !== "name") return literal;
    const made = expand(file, type);
    return made && keysOf(made.file, made.type, depth + 1);
  }

  function classMembers(node: ClassNode, args: readonly TypeRef[]): Members {
    const members = new Map<string, LocatedType>();
    const seen = new Set<ClassNode>();
    let bound = args;
    for (let at: ClassNode | undefined = node; at && !seen.has(at); at = at.superclass()) {
      seen.add(at);
      const { facts, file } = at;
      for (const each of facts.members) {
        if (each.static || each.kind === "getter" || each.kind === "setter" || members.has(each.name))
          continue;
        const type = substitute(memberTypeOf(file, each), facts.typeParams, bound);
        members.set(each.name, located(file, type, each.tags));
      }
      const inherited = facts.superclass?.kind === "name" ? facts.superclass.args : [];
      bound = inherited.map((each) => anchor(substitute(each, facts.typeParams, bound), file));
    }
    return members;
  }

  function memberTypeOf(file: FileId, member: ClassMember): TypeRef {
    if (member.kind !== "method") return member.type ?? { kind: "other" };
    const facts = member.function === undefined ? undefined : files.get(file)?.functions[member.function];
    return {
      kind: "function",
      params: facts?.params.map((each) => each.type ?? { kind: "other" }) ?? [],
      returns: facts?.returnType ?? member.type ?? { kind: "other" },
      ...(facts?.typeParams && { typeParams: facts.typeParams }),
      ...(facts?.predicate && { predicate: facts.predicate }),
    };
  }

  function memberType(file: FileId, type: TypeRef, key: string): LocatedType | undefined {
    return membersOf(file, type)?.get(key);
  }

  return {
    target,
    targetOf,
    expand,
    bind,
    memberType,
    keysOf: (file: FileId, type: TypeRef) => keysOf(file, type),
    membersOf: (file: FileId, type: TypeRef) => membersOf(file, type),
  };
}

function located(
  file: FileId,
  type: TypeRef,
  tags: readonly DocTag[] | undefined,
  called?: string,
): LocatedType {
  const tag = tags?.find((each) => each.name === "pii")?.text;
  const residency = tags?.find((each) => each.name === "residency")?.text;
  return {
    file,
    type,
    ...(tag === undefined ? {} : { tag }),
    ...(residency === undefined ? {} : { residency }),
    ...(called === undefined ? {} : { called }),
  };
}

function mergeMembers(all: readonly (Members | undefined)[]): Members | undefined {
  const known = all.filter((each): each is Members => each !== undefined);
  if (known.length === 0) return undefined;
  return known.length === 1 ? known[0] : new Map(known.flatMap((each) => [...each]));
}
