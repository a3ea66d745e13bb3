import type { SymAtom } from "./atom.ts";
import { isAnyKey, isSort, keysField } from "./key-words.ts";
import { hasAtom, isEmpty, mapSymbols, type Shape, withFields } from "./shape.ts";

/** A caller's value that is passed on whole, beside what its parts hold in their places, says that twice: without them. */
export function withoutOwnParts(shape: Shape): Shape {
  if (!shape.fields?.has("*") && !shape.fields?.has(keysField)) return shape;
  return hasAtom(shape, (atom) => atom.kind === "sym" && isWhole(atom))
    ? withoutParts(shape, shape, 0)
    : shape;
}

function withoutParts(whole: Shape, shape: Shape, depth: number): Shape {
  if (!shape.fields) return shape;
  const fields = new Map(shape.fields);
  for (const key of ["*", keysField]) {
    const some = fields.get(key);
    if (!some) continue;
    const others = mapSymbols(some, (atom) => (isPart(whole, atom, depth + 1) ? undefined : atom));
    const left = withoutParts(whole, others, depth + 1);
    if (isEmpty(left)) fields.delete(key);
    else fields.set(key, left);
  }
  return withFields({ atoms: shape.atoms, fields: undefined }, fields);
}

function isPart(whole: Shape, { root, path }: SymAtom, depth: number): boolean {
  return hasAtom(whole, (atom) => {
    if (atom.kind !== "sym" || atom.root !== root || !isWhole(atom)) return false;
    if (!atom.path.every((key, at) => path[at] === key)) return false;
    const below = path.slice(atom.path.length).filter((key) => !isSort(key));
    return below.length === depth && below.every((key) => isAnyKey(key) || key === keysField);
  });
}

function isWhole({ deep, safe, keyed, path }: SymAtom): boolean {
  return !deep && !safe && !keyed && !isSort(path.at(-1));
}
