import { sourceAtom } from "./atom.ts";
import { placesOf } from "./places.ts";
import { type Held, hasAtom, rowsFrom, type Shape, store } from "./shape.ts";
import { placeCarrier } from "./sink-data.ts";
import type { Solver } from "./solver.ts";

/** What a call on a database's client gives was read from there. */
export function readThrough(client: Shape | undefined, result: Shape): Shape {
  if (!client?.fields?.has("@@rows") || result.fields?.has("@@rows")) return result;
  return withOrigin(result, placeCarrier(client), 0);
}

/** Rows in lists in answers: `answer.rows[0]`. */
const deepest = 3;

/** The value, and the rows that it is known to hold, with where they were read. */
function withOrigin(value: Shape, from: Shape, depth: number): Shape {
  let read = store(value, rowsFrom, from);
  if (depth >= deepest) return read;
  for (const [key, part] of value.fields ?? [])
    if (!key.startsWith("@@") && (part.fields || hasAtom(part, ({ kind }) => kind === "type")))
      read = store(read, key, withOrigin(part, from, depth + 1));
  return read;
}

/** Personal data in a part of what was read from a database is of people who live where that stands, when that is one place. */
export function withReadFrom(solver: Solver, read: Shape, part: Shape): Shape {
  const from = read.fields?.get(rowsFrom);
  if (!from) return part;
  const { places } = placesOf(solver.places, from);
  const [jurisdiction, ...others] = new Set(places.map((place) => place.jurisdiction));
  if (jurisdiction === undefined || others.length > 0) return part;
  let atoms: Map<string, Held> | undefined;
  for (const [key, { atom, trail }] of part.atoms) {
    if (atom.kind !== "source" || atom.source.residency !== undefined || atom.source.readFrom !== undefined)
      continue;
    atoms ??= new Map(part.atoms);
    const source = { ...atom.source, readFrom: jurisdiction };
    atoms.set(key, { atom: sourceAtom(source, atom.record, atom.unless, atom.safe), trail });
  }
  return atoms ? { atoms, fields: part.fields } : part;
}
