import { type Atom, type SymAtom, symAtom } from "./atom.ts";
import { allTests, areOpposite, type Keyed, keyed, testsKey } from "./key-tests.ts";
import { elementKey, isIndex, keysField, noTextKey, objectKey, primitiveKey, underKey } from "./key-words.ts";
import { samePort } from "./port.ts";
import {
  empty,
  hasAtom,
  isEmpty,
  join,
  mapSymbols,
  type Shape,
  someAtom,
  store,
  withFields,
} from "./shape.ts";

type Under = NonNullable<Keyed["under"]>;

/** A value as it stands under a key that only callers know, in an object or beside it. */
export function standsUnder(shape: Shape, under: Under): Shape {
  const whole = mapSymbols(shape, (atom) => symbolUnder(atom, under));
  if (!shape.fields) return whole;
  const fields = new Map<string, Shape>();
  for (const [key, value] of shape.fields)
    fields.set(key, key.startsWith("@@") ? value : standsUnder(value, under));
  return { atoms: whole.atoms, fields };
}

/** The value under the key; nothing where no key can pass. */
function symbolUnder(atom: SymAtom, { port, tests }: Under): SymAtom | undefined {
  const before = atom.keyed?.under;
  const same = before !== undefined && samePort(before.port, port);
  // What was read by another key stays what is under that one.
  if (before && !same && atom.path.includes(underKey)) return atom;
  const all = same ? allTests(before.tests, tests) : tests;
  if (areOpposite(all)) return undefined;
  const path = isEntry(atom, port) ? atom.path.map((key) => (key === underKey ? "*" : key)) : atom.path;
  return symAtom(atom.root, path, atom.deep, atom.safe, keyed(atom.keyed?.filter, { port, tests: all }));
}

/** Whether a value is an entry, or a part of one, of the object of which the port is the keys. */
function isEntry(atom: SymAtom, { root, path }: Under["port"]): boolean {
  const depth = path.length - 1;
  if (atom.root !== root || path[depth] !== keysField) return false;
  const key = atom.path[depth];
  return (key === "*" || key === underKey) && atom.path.every((each, at) => at >= depth || each === path[at]);
}

/**
 * An object with some more entries. Where each of them is what stood under its key in another object, the object is that
 * one, as far as the keys pass.
 */
export function storeEntries(
  object: Shape,
  entries: Shape,
  add: (object: Shape, rest: Shape) => Shape,
): Shape {
  if (!hasAtom(entries, (atom) => atom.kind === "sym" && atom.keyed?.under !== undefined))
    return add(object, entries);
  let copied = empty;
  const rest = mapSymbols(entries, (atom) => {
    const whole = copyOf(atom);
    if (!whole) return atom;
    const trail = entries.atoms.get(atom.key)?.trail;
    copied = join(copied, { atoms: new Map([[whole.key, { atom: whole, trail }]]), fields: undefined });
    return undefined;
  });
  if (copied === empty) return add(object, entries);
  // What a function leaves of the keys that it hides, it leaves in the objects in an entry too.
  const left = withoutCovered(rest, copied, [...(rest.fields?.keys() ?? [])]);
  const next = isEmpty(left) ? object : add(object, left);
  return join(next, copied);
}

/**
 * The object that all entries together are a copy of. A part of each that is no object may be all that is left of it; those
 * that are objects count as all of them.
 */
function copyOf(atom: SymAtom): SymAtom | undefined {
  const { filter, under } = atom.keyed ?? {};
  if (!under || !isEntry(atom, under.port)) return undefined;
  const { path } = under.port;
  const sort = atom.path.length === path.length + 1 ? atom.path.at(-1) : undefined;
  const isWhole = atom.path.length === path.length || sort === objectKey || sort === noTextKey;
  const isPrimitive = sort === primitiveKey;
  if (!isWhole && !isPrimitive) return undefined;
  const { tests } = under;
  const deep = isPrimitive || (filter?.deep === true && testsKey(filter.tests) === testsKey(tests));
  const left = tests.length > 0 ? { tests, deep } : undefined;
  return symAtom(atom.root, path.slice(0, -1), false, atom.safe, keyed(left, undefined));
}

/** What lists in an object hold of a copy of it adds nothing to that copy. */
export function withoutCovered(
  shape: Shape,
  copies: Shape = shape,
  names: readonly string[] = ["*", keysField],
): Shape {
  if (!shape.fields || !hasAtom(copies, isDeepCopy)) return shape;
  const fields = new Map(shape.fields);
  for (const name of names) {
    const some = fields.get(name);
    if (!some || name.startsWith("@@")) continue;
    const left = withoutCovered(
      mapSymbols(some, (atom) => (isCovered(atom, copies) ? undefined : atom)),
      copies,
    );
    if (isEmpty(left) || !someAtom(left, (atom) => atom.kind !== "constant")) fields.delete(name);
    else fields.set(name, left);
  }
  return withFields({ atoms: shape.atoms, fields: undefined }, fields);
}

function isDeepCopy(atom: Atom): boolean {
  return atom.kind === "sym" && atom.keyed?.filter?.deep === true;
}

function isCovered(part: SymAtom, copies: Shape): boolean {
  const { filter, under } = part.keyed ?? {};
  return hasAtom(copies, (atom) => {
    if (atom.kind !== "sym" || !atom.keyed?.filter?.deep || atom.root !== part.root) return false;
    const depth = atom.path.length;
    if (part.path.length <= depth || !atom.path.every((key, at) => part.path[at] === key)) return false;
    if (part.path.at(-1) === keysField) return true;
    const tests = testsKey(atom.keyed.filter.tests);
    const step = part.path[depth] as string;
    const passed = step === elementKey || isIndex(step) || (under && testsKey(under.tests) === tests);
    const left = part.path.includes(primitiveKey) || (filter?.deep && testsKey(filter.tests) === tests);
    return Boolean(passed && left);
  });
}

/** Entries of an object without a place of their own in the tree. */
export function storeSome(object: Shape, entries: Shape): Shape {
  return storeEntries(object, entries, (at, rest) => store(at, "*", rest));
}
