import { limits } from "../base/limits.ts";
import {
  type Atom,
  asGuess,
  builtinAtom,
  foldTrail,
  type Held,
  type SymAtom,
  symAtom,
  type Trail,
  trailOfPart,
} from "./atom.ts";
import { isAskedFor } from "./exact-type.ts";
import { fromField, underName } from "./field-names.ts";
import { addHeld, joinAtoms } from "./join-atoms.ts";
import { elementKey, isIndex, isSort, keysField, primitiveKey, underKey, valuesField } from "./key-words.ts";
import { partOf } from "./part-of.ts";
import { partsOfOthers } from "./parts-of-others.ts";

/**
 * An abstract value: a tree. Atoms at a node speak of the value there and of everything beneath it that has no field of
 * its own in the tree; a field in the tree overrides them. The field `*` is "some element or some key".
 * Hidden fields start with `@@`: what a closure captured (`@@c:1:name`), the place of a client (`@@region`, `@@host`).
 */
export interface Shape {
  readonly atoms: ReadonlyMap<string, Held>;
  readonly fields: ReadonlyMap<string, Shape> | undefined;
}

export type { Held };

/** Hidden fields that are a caller's too, where only the caller knows the object: see `slots.ts`. */
export const slotPrefix = "@@slot:";

const noAtoms: ReadonlyMap<string, Held> = new Map();

/** Known to hold nothing of interest. */
export const empty: Shape = { atoms: noAtoms, fields: undefined };

export function shapeOf(...held: readonly Held[]): Shape {
  return { atoms: new Map(held.map((each) => [each.atom.key, each])), fields: undefined };
}

export function ofAtom(atom: Atom, trail?: Trail): Shape {
  return { atoms: new Map([[atom.key, { atom, trail }]]), fields: undefined };
}

export function withFields(shape: Shape, fields: ReadonlyMap<string, Shape>): Shape {
  return { atoms: shape.atoms, fields: fields.size > 0 ? fields : undefined };
}

export function isEmpty(shape: Shape): boolean {
  return shape.atoms.size === 0 && shape.fields === undefined;
}

/** Whether the value may hold more than its tree says. */
export function isOpen(shape: Shape): boolean {
  if (isAskedFor(shape)) return false;
  for (const { atom } of shape.atoms.values()) {
    if (atom.kind === "open" || atom.kind === "sym" || atom.kind === "type" || atom.kind === "instance")
      return true;
    if (atom.kind === "api" || atom.kind === "library" || atom.kind === "global") return true;
    if (atom.kind === "declared") return true;
  }
  return false;
}

export function join(a: Shape, b: Shape): Shape {
  if (a === b || isEmpty(b)) return a;
  if (isEmpty(a)) return b;
  const atoms = joinAtoms(a.atoms, b.atoms);
  if (!a.fields && !b.fields) return atoms === a.atoms ? a : { atoms, fields: undefined };
  const fields = new Map<string, Shape>();
  for (const [key, value] of a.fields ?? []) fields.set(key, join(value, beneath(b, key)));
  for (const [key, value] of b.fields ?? []) {
    if (!fields.has(key)) fields.set(key, join(beneath(a, key), value));
  }
  return { atoms, fields };
}

/** What the other side of a join holds at a key; hidden and element fields are not derived from whole values. */
function beneath(shape: Shape, key: string): Shape {
  const own = shape.fields?.get(key);
  if (own) return own;
  if (key === keysField) return derivedKeys(shape);
  if (key.startsWith("@@")) return key.startsWith(slotPrefix) ? slot(shape, key) : empty;
  if (key === "*") return empty;
  const rest = shape.fields?.get("*");
  return rest ? join(derived(shape, key), rest) : derived(shape, key);
}

export function joinAll(shapes: readonly Shape[]): Shape {
  const some = shapes.filter((each) => !isEmpty(each));
  const [only] = some;
  if (!only) return empty;
  if (some.length === 1) return only;
  if (some.some((each) => each.fields)) return some.reduce(join);
  // One map for all: joining them one by one would copy it each time.
  const atoms = new Map(only.atoms);
  for (const each of some) for (const [key, held] of each.atoms) addHeld(atoms, key, held);
  return { atoms, fields: undefined };
}

/** The value at a field. `deriveAtom` is asked for atoms that need the program: types, instances, libraries. */
export function load(shape: Shape, key: string, deriveAtom?: (held: Held, key: string) => Shape): Shape {
  const own = shape.fields?.get(key);
  if (key.startsWith("@@")) return key.startsWith(slotPrefix) ? slot(shape, key, deriveAtom) : (own ?? empty);
  if (key === keysField) return own ?? derivedKeys(shape);
  if (key === primitiveKey) return primitiveOf(shape, deriveAtom);
  if (isSort(key))
    return {
      atoms: derived({ atoms: shape.atoms, fields: undefined }, key, deriveAtom).atoms,
      fields: shape.fields,
    };
  const isSome = key === "*" || key === elementKey || key === underKey;
  if (isSome && shape.fields?.has(valuesField)) return pairOf(shape, deriveAtom);
  const rest = shape.fields?.get("*");
  if (own && !isSome) return rest && isIndex(key) ? join(own, rest) : own;
  let result = derived(shape, key, deriveAtom);
  if (rest) result = join(result, isElement(key) ? rest : withAtoms(rest, underName(rest.atoms, key)));
  if (isSome && shape.fields) {
    for (const [name, value] of shape.fields)
      if (key !== elementKey ? !name.startsWith("@@") && name !== keysField : isIndex(name))
        result = join(result, withAtoms(value, fromField(value.atoms, name)));
  }
  const from = shape.fields?.get(rowsFrom);
  if (from && result.atoms.size > 0 && !result.fields?.has(rowsFrom)) result = store(result, rowsFrom, from);
  return shape.fields?.has("@@provider") ? withPlaceOf(shape.fields, result) : result;
}

/** Hidden in what was read from a database, and in its parts: where that stands. */
export const rowsFrom = "@@from";

function withAtoms(shape: Shape, atoms: ReadonlyMap<string, Held>): Shape {
  return atoms === shape.atoms ? shape : { atoms, fields: shape.fields };
}

function isElement(key: string): boolean {
  return key === "*" || key === elementKey || key === underKey || isIndex(key);
}

const placeKeys = new Set(["@@region", "@@host", "@@provider", "@@rows"]);

/** A part of a client (`client.chat.completions`, `prisma.user`) stands where the client stands. */
function withPlaceOf(client: ReadonlyMap<string, Shape>, part: Shape): Shape {
  const ofRows = client.has("@@rows");
  if (!hasAtom(part, ({ kind }) => kind === "api" || (ofRows && kind === "type"))) return part;
  const fields = new Map(part.fields ?? []);
  for (const [key, written] of client) if (placeKeys.has(key)) fields.set(key, written);
  return { atoms: part.atoms, fields };
}

function pairOf(map: Shape, deriveAtom?: (held: Held, key: string) => Shape): Shape {
  const pair = new Map([
    ["0", load(map, keysField)],
    ["1", load(load(map, valuesField, deriveAtom), "*", deriveAtom)],
  ]);
  return { atoms: noAtoms, fields: pair };
}

/** Only a caller's value may have keys that are not in the tree. */
function derivedKeys(shape: Shape): Shape {
  const parts: Shape[] = [];
  for (const held of shape.atoms.values()) {
    const { atom } = held;
    if (atom.kind === "sym" && !atom.deep && atom.path.length < limits.pathDepth)
      parts.push(derivePlain(held, keysField));
  }
  return joinAll(parts);
}

/** What is in a slot here, or in the caller's value; and what all objects of a class share. */
function slot(shape: Shape, key: string, deriveAtom?: (held: Held, key: string) => Shape): Shape {
  const own = shape.fields?.get(key);
  let result = own ?? empty;
  for (const held of shape.atoms.values()) {
    const { atom } = held;
    if (atom.kind === "instance" && deriveAtom) result = join(result, deriveAtom(held, key));
    if (atom.kind === "sym" && !own && !atom.deep && atom.path.length < limits.pathDepth)
      result = join(result, derivePlain(held, key));
  }
  return result;
}

/** What a value is that is no object: what it holds by itself. JSON text is such a value, and keeps its fields. */
function primitiveOf(shape: Shape, deriveAtom?: (held: Held, key: string) => Shape): Shape {
  if (shape.atoms.has(jsonText.key)) return shape;
  const own = derived({ atoms: shape.atoms, fields: undefined }, primitiveKey, deriveAtom);
  const hidden = [...(shape.fields ?? [])].filter(([key]) => key.startsWith("@@"));
  return withFields(own, new Map(hidden));
}

/** What the atoms of a whole value say of a field without an entry of its own. */
function derived(shape: Shape, key: string, deriveAtom?: (held: Held, key: string) => Shape): Shape {
  const parts: Shape[] = [];
  for (const held of shape.atoms.values()) parts.push(deriveAtom?.(held, key) ?? derivePlain(held, key));
  return joinAll(parts);
}

export function derivePlain(held: Held, key: string): Shape {
  const { atom, trail } = held;
  if (atom.kind === "sym") {
    const part = partOf(atom, key);
    if (!part) return empty;
    // A text has no parts that are named for operators: somewhere beneath is a guess.
    if (part.deep && key.startsWith("$")) return ofAtom(part, asGuess(foldTrail(trail, [])));
    return ofAtom(part, atom.deep ? trailOfPart(trail, key) : trail);
  }
  if (atom.kind === "source") {
    if (atom.record || (key.startsWith("$") && !trail?.folded)) return empty;
    return ofAtom(atom, trailOfPart(trail, key));
  }
  if (atom.kind === "open") return shapeOf(held);
  return key === primitiveKey && !objectKinds.has(atom.kind) ? shapeOf(held) : empty;
}

const objectKinds: ReadonlySet<Atom["kind"]> = new Set(["type", "instance", "builtin"]);

/** A new version of a value with a field set. A store to an unknown key joins. */
export function store(shape: Shape, key: string, value: Shape): Shape {
  const fields = new Map(shape.fields ?? []);
  if (key === "*") fields.set("*", join(fields.get("*") ?? empty, value));
  else fields.set(key, value);
  return { atoms: shape.atoms, fields };
}

/** All that a value may hold, folded into one node: what is left of it after a call that nobody knows, or in a text. */
export function flatten(shape: Shape): Shape {
  return shape.fields || hasFoldable(shape) ? foldAll(shape, undefined) : shape;
}

/** `parts`: the names of the parts that the value lies in, where they are to be remembered (see `trailOfPart`). */
export function foldAll(shape: Shape, parts: readonly string[] | undefined): Shape {
  let atoms = new Map<string, Held>();
  const visit = (at: Shape, depth: number, within: readonly string[] | undefined) => {
    for (const held of at.atoms.values()) {
      const folded = fold(held);
      if (!folded || atoms.has(folded.atom.key)) continue;
      const { atom, trail } = folded;
      atoms.set(atom.key, within && depth > 0 ? { atom, trail: foldTrail(trail, within) } : folded);
    }
    if (depth > limits.pathDepth + 2) return;
    for (const [key, value] of at.fields ?? [])
      if (!key.startsWith("@@")) visit(value, depth + 1, within && [...within, key]);
  };
  visit(shape, 0, parts);
  for (const key of partsOfOthers(atoms)) atoms.delete(key);
  if (atoms.size > limits.atoms) atoms = new Map([...atoms].slice(0, limits.atoms));
  return { atoms, fields: undefined };
}

/** Marks a text that was made of a whole value: what the value holds is still told by its fields and its types. */
const jsonText = builtinAtom("JSON");

export function isJsonText(shape: Shape): boolean {
  return shape.atoms.has(jsonText.key);
}

/** A value as JSON text. */
export function toText(shape: Shape): Shape {
  return shape.fields || hasFoldable(shape) ? join(shape, ofAtom(jsonText)) : shape;
}

/** What JSON text was made of. Of a caller's value that is no object, what is beneath it after all. */
export function fromText(shape: Shape): Shape {
  if (!shape.atoms.has(jsonText.key)) return mapSymbols(shape, withoutPrimitive);
  return { atoms: new Map([...shape.atoms].filter(([key]) => key !== jsonText.key)), fields: shape.fields };
}

function withoutPrimitive(atom: SymAtom): SymAtom {
  if (atom.deep || atom.path.at(-1) !== primitiveKey) return atom;
  return symAtom(atom.root, atom.path.slice(0, -1), atom.deep, atom.safe, atom.keyed);
}

/** A value with its callers' values at its own node changed, or, where `change` says so, taken away. */
export function mapSymbols(shape: Shape, change: (atom: SymAtom) => SymAtom | undefined): Shape {
  if (!hasAtom(shape, (atom) => atom.kind === "sym")) return shape;
  const atoms = new Map<string, Held>();
  for (const [key, held] of shape.atoms) {
    const atom = held.atom.kind === "sym" ? change(held.atom) : held.atom;
    if (atom) atoms.set(atom === held.atom ? key : atom.key, atom === held.atom ? held : { ...held, atom });
  }
  return { atoms, fields: shape.fields };
}

/** A value with every atom in it, at any depth, changed, or, where `change` gives nothing, taken away. */
export function mapAtoms(shape: Shape, change: (atom: Atom) => Atom | undefined): Shape {
  const atoms = new Map<string, Held>();
  for (const [key, held] of shape.atoms) {
    const atom = change(held.atom);
    if (atom) atoms.set(atom === held.atom ? key : atom.key, atom === held.atom ? held : { ...held, atom });
  }
  if (!shape.fields) return { atoms, fields: undefined };
  return { atoms, fields: new Map([...shape.fields].map(([key, value]) => [key, mapAtoms(value, change)])) };
}

/** What is left of a value in a text: of an error, which alone has a stack, its message. */
export function inText(shape: Shape): Shape {
  if (shape.atoms.has(jsonText.key)) return shape;
  if (!shape.fields?.has("stack")) return flatten(shape);
  return join(
    flatten({ atoms: shape.atoms, fields: undefined }),
    flatten(shape.fields.get("message") ?? empty),
  );
}

function hasFoldable(shape: Shape): boolean {
  for (const { atom } of shape.atoms.values()) {
    if (atom.kind !== "source" && atom.kind !== "open") return true;
    if (atom.kind === "source" && atom.record) return true;
  }
  return false;
}

/** Functions, clients and records of unknown shape do not survive folding. A symbol stands for all beneath it. */
function fold(held: Held): Held | undefined {
  const { atom, trail } = held;
  if (atom.kind === "sym")
    return atom.deep ? held : { atom: symAtom(atom.root, atom.path, true, atom.safe, atom.keyed), trail };
  if (atom.kind === "source") return atom.record ? undefined : held;
  return atom.kind === "open" ? held : undefined;
}

/** The same value with a trail step added to each piece of data in it. */
export function mapTrails(
  shape: Shape,
  change: (trail: Trail | undefined, atom: Atom) => Trail | undefined,
): Shape {
  if (isEmpty(shape)) return shape;
  const atoms = new Map<string, Held>();
  for (const [key, { atom, trail }] of shape.atoms) {
    const carries = atom.kind === "source" || atom.kind === "sym" || atom.kind === "type";
    atoms.set(key, { atom, trail: carries ? change(trail, atom) : trail });
  }
  if (!shape.fields) return { atoms, fields: undefined };
  const fields = new Map<string, Shape>();
  for (const [key, value] of shape.fields)
    fields.set(key, key.startsWith("@@") ? value : mapTrails(value, change));
  return { atoms, fields };
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.atoms.size !== b.atoms.size || (a.fields?.size ?? 0) !== (b.fields?.size ?? 0)) return false;
  for (const key of a.atoms.keys()) if (!b.atoms.has(key)) return false;
  for (const [key, value] of a.fields ?? []) {
    const other = b.fields?.get(key);
    if (!other || !sameShape(value, other)) return false;
  }
  return true;
}

/** Whether the value itself, its fields apart, holds an atom that the test accepts. */
export function hasAtom(shape: Shape, test: (atom: Atom) => boolean): boolean {
  for (const { atom } of shape.atoms.values()) if (test(atom)) return true;
  return false;
}

export function isFunction(shape: Shape): boolean {
  return hasAtom(shape, ({ kind }) => kind === "function");
}

/** Whether any node of the tree, hidden fields apart, holds an atom that the test accepts. */
export function someAtom(shape: Shape, test: (atom: Atom) => boolean): boolean {
  if (hasAtom(shape, test)) return true;
  for (const [key, value] of shape.fields ?? [])
    if (!key.startsWith("@@") && someAtom(value, test)) return true;
  return false;
}
