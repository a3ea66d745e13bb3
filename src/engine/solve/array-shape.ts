import { type Atom, builtinAtom } from "./atom.ts";
import { empty, joinAll, load, ofAtom, type Shape, store, withFields } from "./shape.ts";

/** Items that are kept apart by their positions; of longer arrays all are one. */
const mostItems = 8;

/** An array of some items. */
export function arrayOf(items: readonly Shape[]): Shape {
  if (items.length === 0) return withFields(empty, new Map([["*", empty]]));
  if (items.length > mostItems) return store(empty, "*", joinAll(items));
  return items.reduce((all, item, index) => store(all, String(index), item), empty);
}

/** The items of an array of which every item is known by its position; undefined for others. */
export function writtenItems(array: Shape): readonly Shape[] | undefined {
  if (array.atoms.size > 0 || !array.fields) return undefined;
  const items: Shape[] = [];
  for (const [key, value] of array.fields) {
    if (key !== String(items.length)) return undefined;
    items.push(value);
  }
  return items;
}

/** A list with all of its elements replaced: what was known of them by the whole list falls away. */
export function withElements(list: Shape, element: Shape): Shape {
  const atoms = new Map([...list.atoms].filter(([, { atom }]) => ofCollections.has(atom.kind)));
  const hidden = [...(list.fields ?? [])].filter(([key]) => key.startsWith("@@"));
  return { atoms, fields: new Map([...hidden, ["*", element]]) };
}

/** What says of which kind a collection is, and nothing of its elements. */
const ofCollections: ReadonlySet<Atom["kind"]> = new Set(["builtin", "instance", "class", "api", "function"]);

/** The items of an array from an index on. */
export function sliceFrom(array: Shape, from: number): Shape {
  const items = writtenItems(array);
  return items ? arrayOf(items.slice(from)) : store(empty, "*", load(array, "*"));
}

/** The hidden field of a list of arguments: its elements are what one call was given, and not one sort of thing. */
export const argumentsField = "@@arguments";

/** What a rest parameter holds, where it is not known which argument stands where. */
export function argumentList(given: Shape): Shape {
  return store(store(empty, "*", given), argumentsField, ofAtom(builtinAtom("arguments")));
}
