import type { SymAtom } from "./atom.ts";
import { type Keyed, keyed, passes } from "./key-tests.ts";

/**
 * Two fields that no property has: what is used as a key (of a map, or of an object with computed keys), and a map's
 * values by their keys. An element of a map is a pair. They are data, unlike hidden fields.
 */
export const keysField = "*keys";
export const valuesField = "*values";

/** The elements of a list: what `*` loads, without the named fields of an object. */
export const elementKey = "[]";

/** What stands under a key that only the caller knows: that of `Keyed.under`. */
export const underKey = "?";

/** What a value is where it is no object. */
export const primitiveKey = "*own";

export function isIndex(key: string): boolean {
  return key.charCodeAt(0) >= 48 && key.charCodeAt(0) <= 57;
}

/** What keys say of a part of a caller's value: where the key of that part does not pass, it is hidden. */
export function partKeyed(atom: SymAtom, key: string): Keyed | undefined | "hidden" {
  const { filter, under } = atom.keyed ?? {};
  if (!filter) return atom.keyed;
  const deep = filter.deep ? filter : undefined;
  if (key === elementKey || key === underKey || isIndex(key)) return keyed(deep, under);
  if (key === "*")
    return keyed(deep, { port: { root: atom.root, path: [...atom.path, keysField] }, tests: filter.tests });
  if (key.startsWith("*") || key.startsWith("@@")) return keyed(undefined, under);
  return passes(filter.tests, key) ? keyed(deep, under) : "hidden";
}
