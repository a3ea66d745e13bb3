import { type Held, makeSafe, type Shape } from "./shape.ts";
import type { Solver } from "./solver.ts";

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

/** Whether a value is nothing but constants of the program. */
export function isConstant(shape: Shape): boolean {
  if (shape.fields || shape.atoms.size === 0) return false;
  for (const { atom } of shape.atoms.values()) if (atom.kind !== "constant") return false;
  return true;
}
