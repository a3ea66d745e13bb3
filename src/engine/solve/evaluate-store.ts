import type { Value, ValueId } from "../extract/index.ts";
import { callSetter } from "./accessors.ts";
import { addStep } from "./atom.ts";
import { storeDynamic } from "./evaluate-literal.ts";
import { shapeAt, siteOf } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { mapTrails, type Shape, store } from "./shape.ts";
import { sinkAssigned } from "./sink-places.ts";
import type { Evaluation } from "./solver.ts";
import { writeHeld } from "./state-store.ts";
import { keep, storesNothingNew, storesSameElement } from "./unchanged.ts";
import { writeBack } from "./write-back.ts";

/** `object.key = value`: the object's next version; a setter of its class makes that one. */
export function evaluateStore(
  evaluation: Evaluation,
  value: Extract<Value, { op: "store" }>,
  id: ValueId,
): Shape {
  if (storesNothingNew(evaluation, value)) return keep(evaluation, id, value.object);
  sinkAssigned(evaluation, value, id);
  const object = shapeAt(evaluation, value.object);
  const written = shapeAt(evaluation, value.value);
  const given = { shape: written, site: siteOf(evaluation, value.value) };
  const set = callSetter(evaluation, object, value.key, given, id);
  if (set) return set;
  const next = store(object, value.key, withStep(written, value.key, siteOf(evaluation, id)));
  writeBack(evaluation, value.object, next);
  writeHeld(evaluation, next);
  return next;
}

/** `object[key] = value` */
export function evaluateDynamicStore(
  evaluation: Evaluation,
  value: Extract<Value, { op: "store-dynamic" }>,
  id: ValueId,
): Shape {
  if (storesSameElement(evaluation, value)) return keep(evaluation, id, value.object);
  const stored = storeDynamic(evaluation, shapeAt(evaluation, value.object), value.key, value.value);
  writeBack(evaluation, value.object, stored);
  writeHeld(evaluation, stored);
  return stored;
}

function withStep(shape: Shape, key: string, site: Site): Shape {
  return mapTrails(shape, (trail, atom) =>
    atom.kind === "source" && !trail ? trail : addStep(trail, { kind: "stored", site, name: key }),
  );
}
