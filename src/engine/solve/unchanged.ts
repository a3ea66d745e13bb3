import { limits } from "../base/limits.ts";
import type { Value, ValueId } from "../extract/index.ts";
import { openAtom } from "./atom.ts";
import { fallbackOf } from "./constant-atom.ts";
import { loadPath } from "./evaluate-load.ts";
import { shapeAt } from "./evaluation.ts";
import { joinKnown } from "./join-known.ts";
import { valuesField } from "./key-words.ts";
import type { Shape } from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";

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

/** Where an object that has not changed came from. What a cast or a condition says of it is no change. */
export function originOf(evaluation: Evaluation, id: ValueId): Value | undefined {
  for (let at = rootOf(evaluation, id); ; ) {
    const value = evaluation.values[at];
    if (!value || !isToldOnly(value)) return value;
    at = rootOf(evaluation, value.value);
  }
}

type Told = Extract<Value, { op: "typed" | "judged" | "listed" | "instance-of" | "narrowed" }>;

/** Whether a value is another one, of which something has been told. */
function isToldOnly(value: Value): value is Told {
  if (value.op === "narrowed") return value.to === "object" || value.to === "no-text";
  return value.op === "typed" || value.op === "judged" || value.op === "listed" || value.op === "instance-of";
}

/** Whether what a store writes was read from there, and has not changed since. */
export function storesNothingNew(evaluation: Evaluation, store: Extract<Value, { op: "store" }>): boolean {
  if (isHeld(evaluation, store)) return true;
  const origin = originOf(evaluation, store.value);
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

/** Whether what goes into a list is one of its elements, as it was, or what stood under that key. */
export function storesSameElement(
  evaluation: Evaluation,
  { object, key, value }: Extract<Value, { op: "store-dynamic" }>,
): boolean {
  const from = placeIn(evaluation, originOf(evaluation, value), key);
  if (from === undefined) return false;
  const lists = listsOf(evaluation, from, new Set());
  for (const list of listsOf(evaluation, object, new Set())) if (lists.has(list)) return true;
  return false;
}

/** The object that a value is an element of, or stood in under a key. */
function placeIn(evaluation: Evaluation, value: Value | undefined, key: ValueId): ValueId | undefined {
  if (value?.op === "element") return value.iterable;
  const isThere = value?.op === "load-dynamic" && rootOf(evaluation, value.key) === rootOf(evaluation, key);
  return isThere ? value.object : undefined;
}

/** The values that a list may be a version of: `items ?? []`, and what a loop has done to it so far. */
function listsOf(evaluation: Evaluation, id: ValueId, seen: Set<ValueId>): ReadonlySet<ValueId> {
  const root = rootOf(evaluation, id);
  if (seen.has(root) || seen.size > mostVersions) return seen;
  seen.add(root);
  const value = evaluation.values[root];
  if (value?.op === "phi") for (const input of value.inputs) listsOf(evaluation, input, seen);
  else if (value?.op === "store-dynamic" || value?.op === "elements") listsOf(evaluation, value.object, seen);
  else if (value && isToldOnly(value)) listsOf(evaluation, value.value, seen);
  return seen;
}

/** Versions of a list that are looked at, at most. */
const mostVersions = 16;

/** Whether what a store writes is what was put there when the object was made, and has not changed since. */
function isHeld(evaluation: Evaluation, { object, key, value }: Extract<Value, { op: "store" }>): boolean {
  const written = rootOf(evaluation, value);
  for (let at = rootOf(evaluation, object); ; ) {
    const version = evaluation.values[at];
    if (version?.op === "store" && version.key !== key) at = rootOf(evaluation, version.object);
    else if (version?.op === "store") return rootOf(evaluation, version.value) === written;
    else if (version?.op === "array")
      return rootOf(evaluation, version.items[Number(key)]?.value ?? -1) === written;
    else if (version?.op !== "object") return false;
    else {
      const entry = version.entries.findLast((each) => !("key" in each) || each.key === key);
      return entry !== undefined && "key" in entry && rootOf(evaluation, entry.value) === written;
    }
  }
}

/** A join of versions that are all the same one is that one. Inputs from further down a loop are not known at first. */
export function evaluatePhi(
  evaluation: Evaluation,
  { inputs, fallback }: Extract<Value, { op: "phi" }>,
  id: ValueId,
): Shape {
  const roots = new Set<ValueId>();
  for (const input of inputs) {
    const root = evaluation.unchanged[input];
    if (root !== undefined && root !== id) roots.add(root);
  }
  const [only] = roots;
  if (roots.size === 1 && only !== undefined) evaluation.unchanged[id] = only;
  const shapes = inputs.map((input) => shapeAt(evaluation, input));
  const [first] = shapes;
  if (fallback && first)
    for (let index = 1; index < shapes.length; index++)
      shapes[index] = fallbackOf(first, shapes[index] as Shape);
  return joinKnown(evaluation.solver, shapes);
}

/**
 * Of the final state of an object, the fields that say something: not those that hold what they would hold anyway, and not
 * those of which nothing is known. `under`: the key that the object itself stands at.
 */
export function changesOf(solver: Solver, shape: Shape, depth = 0, under = ""): Shape {
  if (!shape.fields) return shape;
  const whole = { atoms: shape.atoms, fields: undefined };
  const fields = new Map<string, Shape>();
  for (const [key, value] of shape.fields) {
    // The values of a map, and the elements of lists in a list, are no step further down: so listeners are kept by name.
    const below = key === valuesField || (key === "*" && under === "*") ? depth : depth + 1;
    if (below > limits.changeDepth && !key.startsWith("@@")) {
      solver.countLimit("changeDepth");
      continue;
    }
    const field = key.startsWith("@@") ? value : changesOf(solver, value, below, key);
    if (!key.startsWith("@@") && !saysMore(solver, whole, key, field)) continue;
    fields.set(key, field);
  }
  return { atoms: shape.atoms, fields: fields.size > 0 ? fields : undefined };
}

function saysMore(solver: Solver, whole: Shape, key: string, field: Shape): boolean {
  if (field.fields || !field.atoms.has(openAtom.key)) return true;
  const expected = loadPath(solver, whole, [key]);
  for (const [atomKey, { atom }] of field.atoms) {
    if (atom.kind === "open" || atom.kind === "constant" || expected.atoms.has(atomKey)) continue;
    return true;
  }
  return false;
}

function rootOf(evaluation: Evaluation, id: ValueId): ValueId {
  return evaluation.unchanged[id] ?? id;
}
