import { isCountryKey } from "../base/residency-keys.ts";
import type { Value, ValueId } from "../extract/index.ts";
import { type Atom, sourceAtom } from "./atom.ts";
import { textOf, textsOf } from "./builtin-call.ts";
import { constantAtom } from "./constant-atom.ts";
import { shapeAt, siteOf } from "./evaluation.ts";
import { jurisdictionsProvider } from "./place-table.ts";
import { empty, type Held, ofAtom, rowsFrom, type Shape, store } from "./shape.ts";
import { acceptedSlot } from "./slots.ts";
import type { Evaluation } from "./solver.ts";
import { typeAtom } from "./type-shape.ts";
import { keep } from "./unchanged.ts";

const noSite = { file: "", start: 0, end: 0 };

/**
 * `if (user.region === "EU")`, `if (EU.has(user.country))`: an object that a guard has shown to be of a place. Its data, and what is read from it, is of
 * people who live there, as if it were read from a database that stands there.
 */
export function evaluatePlaced(
  evaluation: Evaluation,
  value: Extract<Value, { op: "listed" }>,
  id: ValueId,
): Shape {
  const texts = textsOf(shapeAt(evaluation, value.list)) ?? [];
  const field = evaluation.values[value.key];
  const asCountry = field?.op === "load" && isCountryKey(field.key);
  const place = evaluation.solver.places.ofPeople(texts, asCountry);
  if (!place) return keep(evaluation, id, value.value);
  const region = ofAtom(constantAtom(place, siteOf(evaluation, id)));
  return standingAt(shapeAt(evaluation, value.value), region);
}

/** Where a test of one argument was passed, that argument stands where the test says: `isEuropean(user)`. */
export function placedByTest(shape: Shape, answer: Shape): Shape {
  const region = answer.fields?.get(acceptedSlot)?.fields?.get(rowsFrom)?.fields?.get("@@region");
  return region ? standingAt(shape, region) : shape;
}

function standingAt(shape: Shape, region: Shape): Shape {
  const place = textOf(region);
  if (place === undefined) return shape;
  const provider = ofAtom(constantAtom(jurisdictionsProvider, noSite));
  const stands = {
    atoms: empty.atoms,
    fields: new Map([
      ["@@region", region],
      ["@@provider", provider],
    ]),
  };
  return store({ atoms: placedAtoms(shape, place), fields: shape.fields }, rowsFrom, stands);
}

function placedAtoms(shape: Shape, place: string): ReadonlyMap<string, Held> {
  const atoms = new Map<string, Held>();
  for (const { atom, trail } of shape.atoms.values()) {
    const placed = placedAtom(atom, place);
    atoms.set(placed.key, { atom: placed, trail });
  }
  return atoms;
}

function placedAtom(atom: Atom, place: string): Atom {
  if (atom.kind === "source" && atom.source.residency === undefined)
    return sourceAtom({ ...atom.source, readFrom: place }, atom.record, atom.unless, atom.safe);
  if (atom.kind === "type" && atom.type.residency === undefined)
    return typeAtom({ ...atom.type, residency: place }, atom);
  return atom;
}
