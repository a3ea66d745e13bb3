import { writtenItems } from "./array-shape.ts";
import { builtinAtom, symAtom } from "./atom.ts";
import {
  after,
  builtinType,
  clean,
  each,
  element,
  foldedSelf,
  list,
  type Method,
  type Methods,
  record,
  self,
  textOf,
} from "./builtin-call.ts";
import { keysField, valuesField } from "./key-words.ts";
import { portOfKey } from "./list-tests.ts";
import { placesByKey } from "./places-by-key.ts";
import { empty, flatten, isEmpty, join, load, mapSymbols, ofAtom, type Shape, store } from "./shape.ts";

const keysOf = (map: Shape) => load(map, keysField);
const valuesOf = (map: Shape) => load(map, valuesField);

/** A map with one more entry. A key that is not constant joins; what comes with the same constant key replaces. */
export function withEntry(map: Shape, key: Shape, value: Shape, replaces: boolean): Shape {
  const name = textOf(key) ?? "*";
  const values = valuesOf(map);
  const next = replaces || name === "*" ? value : join(load(values, name), value);
  const kept = store(map, valuesField, store(values, name, next));
  const keys = flatten(key);
  return isEmpty(keys) ? kept : store(kept, keysField, join(keysOf(map), keys));
}

/** A map or a list with another value at a key. */
export function withValue(collection: Shape, key: string, value: Shape): Shape {
  if (!collection.fields?.has(valuesField) && builtinType(collection) !== "Map")
    return store(collection, key, value);
  return store(collection, valuesField, store(valuesOf(collection), key, value));
}

/** An object with a value under a key that may be data. */
export function withKey(object: Shape, key: Shape): Shape {
  const keys = keyText(key);
  return isEmpty(keys) ? object : store(object, keysField, join(keysOf(object), keys));
}

/** A key as data. Those of a caller's object are texts, whatever they have been compared with. */
function keyText(key: Shape): Shape {
  const plain = mapSymbols(key, (atom) =>
    atom.path.at(-1) === keysField ? symAtom(atom.root, atom.path, false, atom.safe) : atom,
  );
  return plain === key || plain.fields ? flatten(key) : plain;
}

/** `new Map(entries)`: of pairs, or of another map. */
export function makeMap(entries: Shape): Shape {
  const map = ofAtom(builtinAtom("Map"));
  if (isEmpty(entries)) return map;
  if (entries.fields?.has(valuesField)) return join(map, entries);
  const pairs = writtenItems(entries) ?? [element(entries)];
  return pairs.reduce((made, pair) => withEntry(made, load(pair, "0"), load(pair, "1"), true), map);
}

/** `new URLSearchParams(…)`, `new Headers(…)`: of pairs, of an object, or of a text. */
export function makeRecord(type: string, given: Shape): Shape {
  const made = ofAtom(builtinAtom(type));
  if (isEmpty(given)) return made;
  if (given.fields?.has(valuesField) || given.fields?.has("*") || given.fields?.has("0"))
    return join(made, withoutType(makeMap(given)));
  let result = made;
  for (const [key, value] of given.fields ?? [])
    if (!key.startsWith("@@")) result = store(result, valuesField, store(valuesOf(result), key, value));
  const rest: Shape = flatten({ atoms: given.atoms, fields: undefined });
  return isEmpty(rest) ? result : store(result, valuesField, join(valuesOf(result), rest));
}

function withoutType(map: Shape): Shape {
  return {
    atoms: new Map([...map.atoms].filter(([, { atom }]) => atom.kind !== "builtin")),
    fields: map.fields,
  };
}

const set: Method = ({ self: map, args, mutate, entry }) => {
  entry(textOf(args[0]));
  const next = withEntry(map, args[0] ?? empty, args[1] ?? empty, true);
  mutate(next);
  return next;
};

const append: Method = ({ self: map, args, mutate }) => {
  mutate(withEntry(map, args[0] ?? empty, args[1] ?? empty, false));
  return empty;
};

const get: Method = ({ self: map, args, entry }) => {
  const key = textOf(args[0]);
  entry(key);
  if (key !== undefined) return load(valuesOf(map), key);
  const port = args[0] && portOfKey(args[0])?.port;
  return load(placesByKey(valuesOf(map), port), "*");
};

const remove: Method = ({ self: map, args, mutate }) => {
  const key = textOf(args[0]);
  if (key !== undefined) mutate(store(map, valuesField, store(valuesOf(map), key, empty)));
  return empty;
};

const clear: Method = ({ self: map, mutate }) => {
  mutate(ofAtom(builtinAtom(builtinType(map) ?? "Map")));
  return empty;
};

const keyedMethods: Methods = {
  get,
  getAll: (call) => list(get(call)),
  set,
  append,
  delete: remove,
  clear,
  has: clean,
  sort: clean,
  keys: ({ self: map }) => list(keysOf(map)),
  values: ({ self: map }) => list(element(valuesOf(map))),
  entries: ({ self: map }) => list(record({ 0: keysOf(map), 1: element(valuesOf(map)) })),
  forEach: ({ self: map, back }) => after(back(0, element(valuesOf(map)), keysOf(map), map), empty),
  toString: foldedSelf,
  toJSON: self,
};

const add: Method = ({ self: set, args, mutate, entry }) => {
  entry();
  const next = store(set, "*", args[0] ?? empty);
  mutate(next);
  return next;
};

const both: Method = ({ self: set, args }) => list(join(element(set), element(args[0] ?? empty)));

const setMethods: Methods = {
  add,
  delete: clean,
  has: clean,
  clear,
  forEach: ({ self: set, back }) => after(back(0, element(set), element(set), set), empty),
  keys: ({ self: set }) => list(element(set)),
  entries: ({ self: set }) => list(record({ 0: element(set), 1: element(set) })),
  ...each(["union", "symmetricDifference"], both),
  ...each(["intersection", "difference"], ({ self: set }) => list(element(set))),
  ...each(["isSubsetOf", "isSupersetOf", "isDisjointFrom"], clean),
};

const held: Method = ({ self: blob }) => flatten(blob);

const blobMethods: Methods = {
  ...each(["text", "arrayBuffer", "bytes", "stream", "slice"], held),
};

/** What the objects of the language and the platform do, by their type: never by a method's name alone. */
export const typedMethods: Readonly<Record<string, Methods>> = {
  Map: keyedMethods,
  URLSearchParams: keyedMethods,
  Headers: keyedMethods,
  FormData: keyedMethods,
  Set: setMethods,
  Blob: blobMethods,
  File: blobMethods,
  URL: { toString: foldedSelf, toJSON: foldedSelf },
};

/** Their data are no properties of theirs: JSON of one is `{}`. */
export const keptFromJson: ReadonlySet<string> = new Set([
  "Map",
  "Set",
  "URLSearchParams",
  "Headers",
  "FormData",
  "Blob",
  "File",
]);

/** Declared types that are another one's, for what they hold. */
export const typeNames: Readonly<Record<string, string>> = {
  ReadonlyMap: "Map",
  WeakMap: "Map",
  ReadonlySet: "Set",
  WeakSet: "Set",
  ...Object.fromEntries(Object.keys(typedMethods).map((name) => [name, name])),
};
