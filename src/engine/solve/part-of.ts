import { limits } from "../base/limits.ts";
import { type SymAtom, symAtom } from "./atom.ts";
import { partKeyed } from "./key-tests.ts";
import { isAnyKey, isSort, keysField, noTextKey, objectKey, primitiveKey } from "./key-words.ts";

/** A part of a caller's value; undefined where its key does not pass. */
export function partOf(atom: SymAtom, key: string): SymAtom | undefined {
  const { root, path, safe } = atom;
  if (atom.deep) {
    const isTold = !(key === objectKey || key === noTextKey) || isSort(path.at(-1));
    return isTold ? atom : symAtom(root, [...path, key], true, safe, atom.keyed);
  }
  const sort = path.at(-1);
  if (sort === objectKey || sort === noTextKey) {
    if (key === primitiveKey && sort === objectKey) return undefined;
    if (key === objectKey || key === noTextKey) return atom;
    if (key === primitiveKey || path.length <= limits.pathDepth)
      return partOf(symAtom(root, path.slice(0, -1), false, safe, atom.keyed), key);
  }
  const part = partKeyed(atom, key);
  if (part === "hidden" || (key === keysField && sort === primitiveKey)) return undefined;
  // Keys are texts.
  if (key === primitiveKey && (sort === keysField || sort === primitiveKey)) return atom;
  // What sort a value is adds nothing to the depth.
  if (path.length >= limits.pathDepth && !isSort(key)) return symAtom(root, path, true, safe, atom.keyed);
  // Which sort of any key is told apart once: further down, a function that walks through all there is would give as many
  // symbols as there are mixes of them.
  return symAtom(root, [...path, isAnyKey(key) && path.some(isAnyKey) ? "*" : key], false, safe, part);
}
