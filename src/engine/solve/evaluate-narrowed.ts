import type { ValueId } from "../extract/index.ts";
import type { Atom } from "./atom.ts";
import { loadPath } from "./evaluate-load.ts";
import { shapeAt } from "./evaluation.ts";
import { primitiveKey } from "./key-words.ts";
import { makeSafe } from "./make-safe.ts";
import { type Held, hasAtom, type Shape } from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";
import { keep } from "./unchanged.ts";

/** What a value still holds where a guard has shown it to be a number: data that numbers can be. */
export function evaluateNumber(solver: Solver, shape: Shape): Shape {
  const texts = solver.catalog.dataTypes
    .filter(({ holds }) => !holds?.includes("number"))
    .map(({ id }) => id);
  return makeSafe(shape, { key: "number", rows: [{ data: texts, protects: undefined }] });
}

/** What a value still holds where a guard has shown it to be a text: a name for a record is an id then, and no record. */
export function evaluateText(shape: Shape): Shape {
  const atoms = new Map<string, Held>();
  for (const [key, held] of shape.atoms) {
    const { atom } = held;
    if (atom.kind !== "type" && !(atom.kind === "source" && atom.record)) atoms.set(key, held);
  }
  return atoms.size === shape.atoms.size ? shape : { atoms, fields: shape.fields };
}

/** A value where a guard has shown it to be no object: what stands beneath it is not there. */
export function evaluatePrimitive(evaluation: Evaluation, value: ValueId, id: ValueId): Shape {
  const shape = shapeAt(evaluation, value);
  const hasParts = (atom: Atom) =>
    atom.kind === "sym" || atom.kind === "type" || (atom.kind === "source" && atom.record);
  return !shape.fields && !hasAtom(shape, hasParts)
    ? keep(evaluation, id, value)
    : loadPath(evaluation.solver, shape, [primitiveKey]);
}

/** Whether a value is nothing but constants of the program. */
export function isConstant(shape: Shape): boolean {
  if (shape.fields || shape.atoms.size === 0) return false;
  for (const { atom } of shape.atoms.values()) if (atom.kind !== "constant") return false;
  return true;
}
