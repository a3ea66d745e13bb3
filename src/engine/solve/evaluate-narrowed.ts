import { makeSafe, type Shape } from "./shape.ts";
import type { Solver } from "./solver.ts";

/** What a value still holds where a guard has shown it to be a number: data that numbers can be. */
export function evaluateNumber(solver: Solver, shape: Shape): Shape {
  const texts = solver.catalog.dataTypes
    .filter(({ holds }) => !holds?.includes("number"))
    .map(({ id }) => id);
  return makeSafe(shape, { key: "number", rows: [{ data: texts, protects: undefined }] });
}

/** Whether a value is nothing but constants of the program. */
export function isConstant(shape: Shape): boolean {
  if (shape.fields || shape.atoms.size === 0) return false;
  for (const { atom } of shape.atoms.values()) if (atom.kind !== "constant") return false;
  return true;
}
