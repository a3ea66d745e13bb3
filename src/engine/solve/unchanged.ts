import type { Value, ValueId } from "../extract/index.ts";
import { shapeAt } from "./evaluation.ts";
import { joinAll, type Shape } from "./shape.ts";
import type { Evaluation } from "./solver.ts";

/**
 * The graph makes a new version of an object at each call that might change it, and writes that back to where it was
 * read from. Most calls change nothing. Then the new version *is* the old one, and nothing is written back: otherwise
 * `this.logger.info(…)` alone would make each method one that changes its `this`, and summaries would carry whole
 * services around.
 */

/** The value at hand is `other`, as it was. */
export function keep(evaluation: Evaluation, id: ValueId, other: ValueId): Shape {
  evaluation.unchanged[id] = rootOf(evaluation, other);
  return shapeAt(evaluation, other);
}

/** Whether what a store writes was read from there, and has not changed since. */
export function storesNothingNew(evaluation: Evaluation, store: Extract<Value, { op: "store" }>): boolean {
  const origin = evaluation.values[rootOf(evaluation, store.value)];
  if (origin?.op !== "load" || origin.key !== store.key) return false;
  const object = rootOf(evaluation, origin.object);
  let at = rootOf(evaluation, store.object);
  for (;;) {
    if (at === object) return true;
    const version = evaluation.values[at];
    // Other fields of the object may have changed in between.
    if (version?.op !== "store" || version.key === store.key) return false;
    at = rootOf(evaluation, version.object);
  }
}

/** A join of versions that are all the same one is that one. Inputs from further down a loop are not known at first. */
export function evaluatePhi(evaluation: Evaluation, inputs: readonly ValueId[], id: ValueId): Shape {
  const roots = new Set<ValueId>();
  for (const input of inputs) {
    const root = evaluation.unchanged[input];
    if (root !== undefined && root !== id) roots.add(root);
  }
  const [only] = roots;
  if (roots.size === 1 && only !== undefined) evaluation.unchanged[id] = only;
  return joinAll(inputs.map((input) => shapeAt(evaluation, input)));
}

function rootOf(evaluation: Evaluation, id: ValueId): ValueId {
  return evaluation.unchanged[id] ?? id;
}
