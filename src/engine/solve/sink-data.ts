import { argumentsField } from "./array-shape.ts";
import { type Atom, openAtom } from "./atom.ts";
import { partsOfOthers } from "./parts-of-others.ts";
import { empty, type Held, isEmpty, isOpen, join, type Shape } from "./shape.ts";

/**
 * What of a value matters at a sink: the sink takes all of it, so where a piece of data stood in the value is of no
 * interest, only which data there is, and whether it is that of many (`*`). A tree stays where fields say what a value
 * as a whole does not hold: `{ ...user, email: masked }`.
 */
export function sinkData(shape: Shape): Shape {
  const atoms = new Map<string, Held>();
  let record = false;
  for (const [key, held] of shape.atoms) {
    if (!carriesData(held.atom)) continue;
    atoms.set(key, held);
    record ||= held.atom.kind === "source" && held.atom.record;
  }
  // A record of unknown shape is judged by whether there may be more to it than its fields.
  if (record && isOpen(shape)) atoms.set(openAtom.key, { atom: openAtom, trail: undefined });
  if (!shape.fields)
    return withoutParts(atoms.size === shape.atoms.size ? shape : { atoms, fields: undefined });
  const own = { atoms, fields: undefined };
  return derivesFields(own) ? withOverrides(shape, atoms) : lifted(shape, own);
}

/** Whether an atom may bring data to a sink, now or through a caller. */
export function carriesData(atom: Atom): boolean {
  return atom.kind === "source" || atom.kind === "type" || atom.kind === "sym";
}

/** Of a caller's values, those that are not part of another one: a sink that takes the whole takes its parts. */
function withoutParts(shape: Shape): Shape {
  const parts = partsOfOthers(shape.atoms);
  if (parts.length === 0) return shape;
  const atoms = new Map(shape.atoms);
  for (const key of parts) atoms.delete(key);
  return { atoms, fields: undefined };
}

/** The value as a whole has fields of its own beside these: each that says something else stays. */
function withOverrides(shape: Shape, atoms: ReadonlyMap<string, Held>): Shape {
  const fields = new Map<string, Shape>();
  for (const [key, value] of shape.fields ?? []) {
    if (key.startsWith("@@")) continue;
    const data = sinkData(value);
    if (!saysTheSame(atoms, key, data)) fields.set(key, data);
  }
  return { atoms, fields: fields.size > 0 ? fields : undefined };
}

/** `user` with `email: user.email` is `user`. */
function saysTheSame(atoms: ReadonlyMap<string, Held>, key: string, field: Shape): boolean {
  if (field.fields || field.atoms.size === 0) return false;
  let symbols = 0;
  for (const { atom } of atoms.values()) if (atom.kind === "sym") symbols++;
  for (const { atom } of field.atoms.values()) {
    if (atom.kind !== "sym" || atom.path.at(-1) !== key || !hasParent(atoms, atom)) return false;
  }
  return symbols === atoms.size && symbols === field.atoms.size;
}

function hasParent(atoms: ReadonlyMap<string, Held>, child: Extract<Atom, { kind: "sym" }>): boolean {
  for (const { atom } of atoms.values()) {
    if (atom.kind !== "sym" || atom.root !== child.root || atom.safe?.key !== child.safe?.key) continue;
    if (atom.keyed?.key !== child.keyed?.key) continue;
    if (atom.path.length === child.path.length - 1 && atom.path.every((each, at) => each === child.path[at]))
      return true;
  }
  return false;
}

/** A value that is known to be no more than its fields: their data is its data. */
function lifted(shape: Shape, own: Shape): Shape {
  let result = own;
  let many = empty;
  for (const [key, value] of shape.fields ?? []) {
    if (key.startsWith("@@")) continue;
    const data = sinkData(value);
    if (isEmpty(data)) continue;
    const one = withoutMany(data);
    if (one !== data) many = join(many, data.fields?.get("*") ?? empty);
    if (key === "*" && !shape.fields?.has(argumentsField)) many = join(many, one);
    else result = join(result, one);
  }
  if (!result.fields) result = withoutParts(result);
  if (isEmpty(many)) return result;
  return { atoms: result.atoms, fields: new Map([...(result.fields ?? []), ["*", many]]) };
}

function withoutMany(shape: Shape): Shape {
  if (!shape.fields?.has("*") || derivesFields(shape)) return shape;
  const fields = new Map(shape.fields);
  fields.delete("*");
  return { atoms: shape.atoms, fields: fields.size > 0 ? fields : undefined };
}

function derivesFields(shape: Shape): boolean {
  for (const { atom } of shape.atoms.values()) {
    if (atom.kind === "sym" ? !atom.deep : atom.kind !== "source" || atom.record) return true;
  }
  return false;
}

/** What tells the place of a client that a caller passes in: which of the caller's values it is, and what it carries. */
export function placeCarrier(client: Shape): Shape {
  const atoms = new Map<string, Held>();
  for (const [key, held] of client.atoms) if (held.atom.kind === "sym") atoms.set(key, held);
  let fields: Map<string, Shape> | undefined;
  for (const key of placeFields) {
    const value = client.fields?.get(key);
    if (!value) continue;
    fields ??= new Map();
    fields.set(key, value);
  }
  return { atoms, fields };
}

/** What tells the place of a hit's client: a caller's client, where it is one; a client that stands where an address might. */
export function toldClient(client: Shape): Shape {
  const told = client.fields?.get("@@client") ?? client;
  const host = told.fields?.get("@@host");
  return host?.fields?.has("@@host") || host?.fields?.has("@@region") ? host : told;
}

/** `@@rows`: what is read from the client is of people who live where it stands (`rows.ts`). */
export const placeFields = ["@@region", "@@host", "@@provider", "@@rows"] as const;
