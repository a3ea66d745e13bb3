import { limits } from "../base/limits.ts";
import { type SymAtom, symAtom } from "./atom.ts";
import { isAnyKey, primitiveKey } from "./key-words.ts";
import { foldAll, type Held, join, type Shape } from "./shape.ts";

/**
 * Cuts a tree that has grown too deep or too large: recursion through data would otherwise never end. What lies deeper
 * is folded. The width of the first level is kept, for an object may well have hundreds of functions.
 */
export function bound(shape: Shape, onCut: (limit: "pathDepth" | "shapeSize" | "siblings") => void): Shape {
  const told = () => onCut("siblings");
  if (!shape.fields) return withoutSiblings(shape, told);
  let result = cut(shape, limits.pathDepth);
  if (result !== shape) onCut("pathDepth");
  if (sizeOf(result, 0) > limits.shapeSize) result = withoutSiblings(result, told);
  for (let depth = limits.pathDepth - 1; depth > 0 && sizeOf(result, 0) > limits.shapeSize; depth--) {
    result = cut(result, depth);
    onCut("shapeSize");
  }
  return result;
}

/** A value that may be any of very many fields of a caller's value is some field of it. */
function withoutSiblings(shape: Shape, onCut: () => void): Shape {
  const own = shape.atoms.size > limits.siblings ? joinSiblings(shape, onCut) : shape;
  if (!shape.fields) return own;
  let fields: Map<string, Shape> | undefined;
  for (const [key, value] of shape.fields) {
    const part = key.startsWith("@@") ? value : withoutSiblings(value, onCut);
    if (part === value) continue;
    fields ??= new Map(shape.fields);
    fields.set(key, part);
  }
  return fields || own !== shape ? { atoms: own.atoms, fields: fields ?? shape.fields } : shape;
}

function joinSiblings(shape: Shape, onCut: () => void): Shape {
  const families = new Map<string, { atom: SymAtom; held: Held }[]>();
  for (const held of shape.atoms.values()) {
    const { atom } = held;
    const last = atom.kind === "sym" ? atom.path.at(-1) : undefined;
    if (atom.kind !== "sym" || last === undefined || !isNamed(last)) continue;
    const parent = `${atom.root}.${atom.path.slice(0, -1).join(".")} ${atom.deep} ${atom.safe?.key ?? ""}`;
    const family = families.get(parent);
    if (family) family.push({ atom, held });
    else families.set(parent, [{ atom, held }]);
  }
  let result: Shape | undefined;
  for (const family of families.values()) {
    if (family.length <= limits.siblings) continue;
    onCut();
    const atoms = new Map((result ?? shape).atoms);
    for (const { atom } of family) atoms.delete(atom.key);
    const [{ atom, held }] = family as [{ atom: SymAtom; held: Held }];
    const some = symAtom(atom.root, [...atom.path.slice(0, -1), "*"], atom.deep, atom.safe);
    const any = new Map([[some.key, { atom: some, trail: held.trail }]]);
    result = join({ atoms, fields: undefined }, { atoms: any, fields: undefined });
  }
  return result ?? shape;
}

function isNamed(key: string): boolean {
  return !isAnyKey(key) && key !== primitiveKey && !key.startsWith("@@") && !key.startsWith("*");
}

function cut(shape: Shape, depth: number): Shape {
  if (!shape.fields) return shape;
  if (depth === 0) return foldAll(shape, []);
  let changed: Map<string, Shape> | undefined;
  for (const [key, value] of shape.fields) {
    const part = cut(value, depth - 1);
    if (part === value) continue;
    changed ??= new Map(shape.fields);
    changed.set(key, part);
  }
  return changed ? { atoms: shape.atoms, fields: changed } : shape;
}

/** Nodes and atoms of a tree; counting stops soon after it is too many. */
function sizeOf(shape: Shape, counted: number): number {
  let size = counted + 1 + shape.atoms.size;
  for (const value of shape.fields?.values() ?? []) {
    if (size > limits.shapeSize) return size;
    size = sizeOf(value, size);
  }
  return size;
}
