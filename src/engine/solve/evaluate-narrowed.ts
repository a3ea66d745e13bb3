import type { Value, ValueId } from "../extract/index.ts";
import type { Atom } from "./atom.ts";
import { loadPath } from "./evaluate-load.ts";
import { shapeAt } from "./evaluation.ts";
import { noTextKey, objectKey, primitiveKey } from "./key-words.ts";
import { makeSafe } from "./make-safe.ts";
import { type Held, hasAtom, join, type Shape, shapeOf } from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";
import { keep } from "./unchanged.ts";

/** A value where a guard has shown of what sort it is, or to what it is equal. */
export function evaluateNarrowed(
  evaluation: Evaluation,
  { value, to }: Extract<Value, { op: "narrowed" }>,
  id: ValueId,
): Shape {
  switch (to) {
    case "number":
      return evaluateNumber(evaluation.solver, shapeAt(evaluation, value));
    case "string":
      return evaluateText(evaluatePrimitive(evaluation, value, id));
    case "primitive":
      return evaluatePrimitive(evaluation, value, id);
    case "object":
      return evaluateSort(evaluation, value, id, objectKey);
    case "no-text":
      return evaluateSort(evaluation, value, id, noTextKey);
    default: {
      const other = shapeAt(evaluation, to);
      return isConstant(other) ? other : shapeAt(evaluation, value);
    }
  }
}

/** What a value still holds where a guard has shown it to be a number: data that numbers can be. */
function evaluateNumber(solver: Solver, shape: Shape): Shape {
  const texts = solver.catalog.dataTypes
    .filter(({ holds }) => !holds?.includes("number"))
    .map(({ id }) => id);
  return makeSafe(shape, { key: "number", rows: [{ data: texts, protects: undefined }] });
}

/** What a value still holds where a guard has shown it to be a text: a name for a record is an id then, and no record. */
function evaluateText(shape: Shape): Shape {
  const atoms = new Map<string, Held>();
  for (const [key, held] of shape.atoms) {
    const { atom } = held;
    if (atom.kind !== "type" && !(atom.kind === "source" && atom.record)) atoms.set(key, held);
  }
  return atoms.size === shape.atoms.size ? shape : { atoms, fields: shape.fields };
}

/** A value where a guard has shown it to be no object: what stands beneath it is not there. */
function evaluatePrimitive(evaluation: Evaluation, value: ValueId, id: ValueId): Shape {
  const shape = shapeAt(evaluation, value);
  const hasParts = (atom: Atom) =>
    atom.kind === "sym" || atom.kind === "type" || (atom.kind === "source" && atom.record);
  return !shape.fields && !hasAtom(shape, hasParts)
    ? keep(evaluation, id, value)
    : loadPath(evaluation.solver, shape, [primitiveKey]);
}

/** A value where a guard has shown it to be an object, or no text. */
function evaluateSort(evaluation: Evaluation, value: ValueId, id: ValueId, key: string): Shape {
  const shape = shapeAt(evaluation, value);
  // Who asks that of something by its name knows better than the name what it may be.
  const isNamed = hasOwnName(evaluation, value);
  if (!hasAtom(shape, ({ kind }) => kind === "sym" || (kind === "source" && !isNamed)))
    return keep(evaluation, id, value);
  const left = loadPath(evaluation.solver, shape, [key]);
  return isNamed ? join(left, sourcesOf(shape)) : left;
}

function hasOwnName(evaluation: Evaluation, id: ValueId): boolean {
  const value = evaluation.values[id];
  if (value?.op === "typed") return hasOwnName(evaluation, value.value);
  return value?.op === "load" || value?.op === "param";
}

function sourcesOf(shape: Shape): Shape {
  return shapeOf(...[...shape.atoms.values()].filter(({ atom }) => atom.kind === "source"));
}

/** Whether a value is nothing but constants of the program. */
function isConstant(shape: Shape): boolean {
  if (shape.fields || shape.atoms.size === 0) return false;
  for (const { atom } of shape.atoms.values()) if (atom.kind !== "constant") return false;
  return true;
}
