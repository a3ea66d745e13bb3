import type { Item, ObjectEntry, ValueId } from "../extract/index.ts";
import { arrayOf, writtenItems } from "./array-shape.ts";
import { openAtom } from "./atom.ts";
import { overlay } from "./builtin-functions.ts";
import { textOf } from "./builtin-methods.ts";
import { shapeAt, siteOf } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { unknownPart } from "./places.ts";
import { empty, flatten, join, joinAll, load, ofAtom, type Shape, store } from "./shape.ts";
import type { Evaluation } from "./solver.ts";

export function evaluateObject(evaluation: Evaluation, entries: readonly ObjectEntry[]): Shape {
  let shape = empty;
  for (const entry of entries) {
    if ("spread" in entry) shape = overlay(evaluation.solver, shape, shapeAt(evaluation, entry.spread));
    else if ("dynamicKey" in entry) {
      const key = textOf(shapeAt(evaluation, entry.dynamicKey)) ?? "*";
      shape = store(shape, key, shapeAt(evaluation, entry.value));
    } else shape = store(shape, entry.key, shapeAt(evaluation, entry.value));
  }
  return shape;
}

export function evaluateArray(evaluation: Evaluation, items: readonly Item[]): Shape {
  const shapes: Shape[] = [];
  let exact = true;
  for (const item of items) {
    const value = shapeAt(evaluation, item.value);
    const spread = item.spread ? writtenItems(value) : [value];
    if (!spread) exact = false;
    shapes.push(...(spread ?? [load(value, "*")]));
  }
  return exact ? arrayOf(shapes) : store(empty, "*", joinAll(shapes));
}

/** Text keeps what was put into it. Constants fold, with a mark for the parts that are not known. */
export function evaluateConcat(evaluation: Evaluation, parts: readonly ValueId[], id: ValueId): Shape {
  const shapes = parts.map((part) => shapeAt(evaluation, part));
  const held = joinAll(shapes.map(flatten));
  const data = withoutOpen(held);
  let texts = [""];
  for (const shape of shapes) {
    const values = constantsOf(shape);
    texts = texts
      .flatMap((text) =>
        (values.length > 0 && values.length <= 4 ? values : [unknownPart]).map((value) => text + value),
      )
      .slice(0, 8);
  }
  const useful = texts.filter((text) => text !== unknownPart && text.length <= 200 && /[a-z]/i.test(text));
  const site = siteOf(evaluation, id);
  return join(data, joinAll(useful.map((text) => constant(text, site))));
}

function constantsOf(shape: Shape): string[] {
  const values: string[] = [];
  for (const { atom } of shape.atoms.values()) {
    if (atom.kind === "constant") values.push(atom.value);
    else if (atom.kind === "sym" || atom.kind === "open") values.push(unknownPart);
  }
  return [...new Set(values)];
}

function withoutOpen(shape: Shape): Shape {
  if (!shape.atoms.has(openAtom.key)) return shape;
  return { atoms: new Map([...shape.atoms].filter(([key]) => key !== openAtom.key)), fields: shape.fields };
}

export function constant(value: string, site: Site): Shape {
  return ofAtom({ kind: "constant", key: `k ${value}`, value, site });
}
