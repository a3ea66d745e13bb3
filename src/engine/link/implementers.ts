import type { FileId } from "../base/location.ts";
import type { FileFacts, FunctionFacts, TypeRef, ValueId } from "../extract/index.ts";
import type { ClassNode, LocatedType, TypeTarget } from "./program.ts";

interface Parts {
  readonly files: ReadonlyMap<FileId, FileFacts>;
  readonly classes: readonly ClassNode[];
  target(file: FileId, name: string): TypeTarget;
  targetOf(file: FileId, type: Extract<TypeRef, { kind: "name" }>): TypeTarget;
  memberType(file: FileId, type: TypeRef, key: string): LocatedType | undefined;
}

/** One function of one file. */
export interface FunctionPlace {
  readonly file: FileId;
  readonly index: number;
}

type Literals = Map<unknown, Map<string, FunctionPlace[]>>;

/** Who implements an interface or extends a class: classes, and object literals that are declared as it. */
export function createImplementers(parts: Parts) {
  let classIndex: Map<unknown, ClassNode[]> | undefined;
  let literalIndex: Literals | undefined;

  function implementations(of: TypeTarget): readonly ClassNode[] {
    classIndex ??= indexClasses(parts);
    if (of.kind === "declaration") return classIndex.get(of.declaration) ?? [];
    return of.kind === "class" ? (classIndex.get(of.node) ?? []) : [];
  }

  /** The functions that a method of a declared type may be. */
  function methods(of: TypeTarget, key: string): FunctionPlace[] {
    const found = implementations(of).flatMap((node): FunctionPlace[] => {
      const at = node.member(key, false);
      const index = at?.member.kind === "method" ? at.member.function : undefined;
      return at && index !== undefined ? [{ file: at.owner.file, index }] : [];
    });
    literalIndex ??= indexLiterals(parts);
    if (of.kind === "declaration") found.push(...(literalIndex.get(of.declaration)?.get(key) ?? []));
    const seen = new Set<string>();
    return found.filter(({ file, index }) => !seen.has(`${file}\0${index}`) && seen.add(`${file}\0${index}`));
  }

  return { implementations, methods };
}

function indexClasses({ classes, target }: Parts): Map<unknown, ClassNode[]> {
  const index = new Map<unknown, ClassNode[]>();
  /** Also what an interface extends is implemented. */
  const note = (found: TypeTarget, node: ClassNode, depth: number) => {
    if (found.kind === "class") add(index, found.node, node);
    if (found.kind !== "declaration") return;
    add(index, found.declaration, node);
    for (const each of depth < 6 ? found.declaration.extends : [])
      if (each.kind === "name") note(target(found.file, each.name), node, depth + 1);
  };
  for (const node of classes) {
    const seen = new Set<unknown>();
    for (let at: ClassNode | undefined = node; at && !seen.has(at); at = at.superclass()) {
      seen.add(at);
      for (const each of at.facts.implements)
        if (each.kind === "name") note(target(at.file, each.name), node, 0);
      if (at !== node) add(index, at, node);
    }
  }
  return index;
}

/** `const notes: Notes = { write() {} }`, `function make(): Notes { return { write() {} }; }`. */
function indexLiterals(parts: Parts): Literals {
  const index: Literals = new Map();
  for (const [file, facts] of parts.files) {
    for (const each of facts.functions) {
      for (const value of each.values)
        if (value.op === "typed")
          noteLiteral(parts, index, { file, facts: each }, value.value, value.type, 0);
      const { returnType } = each;
      if (returnType)
        for (const id of each.returns) noteLiteral(parts, index, { file, facts: each }, id, returnType, 0);
    }
  }
  return index;
}

interface At {
  readonly file: FileId;
  readonly facts: FunctionFacts;
}

const wrappers = new Set(["Promise", "Readonly", "Partial", "Required", "Array", "ReadonlyArray"]);

function noteLiteral(
  parts: Parts,
  index: Literals,
  at: At,
  id: ValueId,
  type: TypeRef,
  depth: number,
  typeFile: FileId = at.file,
): void {
  const value = at.facts.values[id];
  if (!value || depth > 3) return;
  const deeper = (inner: ValueId, of: TypeRef, file = typeFile) =>
    noteLiteral(parts, index, at, inner, of, depth + 1, file);
  if (type.kind === "array" && value.op === "array")
    for (const item of value.items) deeper(item.value, type.of);
  if (type.kind === "union") for (const each of type.of) deeper(id, each);
  if (type.kind !== "name") return;
  const [first] = type.args;
  if (first && wrappers.has(type.name)) {
    deeper(id, type.name.endsWith("Array") ? { kind: "array", of: first } : first);
    return;
  }
  if (value.op !== "object") return;
  const found = parts.targetOf(typeFile, type);
  if (found.kind !== "declaration") return;
  let functions = index.get(found.declaration);
  if (!functions) {
    functions = new Map();
    index.set(found.declaration, functions);
  }
  for (const entry of value.entries) {
    if (!("key" in entry)) continue;
    const inner = at.facts.values[entry.value];
    if (inner?.op === "closure") add(functions, entry.key, { file: at.file, index: inner.function });
    else if (inner?.op === "object") {
      const member = parts.memberType(typeFile, type, entry.key);
      if (member) deeper(entry.value, member.type, member.file);
    }
  }
}

function add<K, V>(index: Map<K, V[]>, key: K, value: V): void {
  const list = index.get(key);
  if (list) {
    if (!list.includes(value)) list.push(value);
  } else index.set(key, [value]);
}
