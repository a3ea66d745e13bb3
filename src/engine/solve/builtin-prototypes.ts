import type { BuiltinFunction } from "./builtin-function.ts";
import { defineAll, overlay } from "./builtin-objects.ts";
import { listed } from "./call-function.ts";
import { setAfter } from "./evaluation.ts";
import { empty, load, type Shape, store, withFields } from "./shape.ts";
import type { Evaluation } from "./solver.ts";

/** Objects of a prototype have what it has, as their own. */
const create: BuiltinFunction = (site, evaluation) => defineAll(site, evaluation, site.args[1]);

/** What is inherited gives way to what the object has itself. */
function inheriting(evaluation: Evaluation, object: Shape, prototype: Shape): Shape {
  const hidden = [...(prototype.fields ?? [])].filter(([key]) => key.startsWith("@@"));
  const made = overlay(evaluation.solver, prototype, object);
  return withFields(made, new Map([...hidden, ...(made.fields ?? []), ...(object.fields ?? [])]));
}

const setPrototypeOf: BuiltinFunction = (site, evaluation) => {
  const made = inheriting(evaluation, site.args[0] ?? empty, site.args[1] ?? empty);
  setAfter(evaluation, site.id, 0, made);
  return made;
};

/** `util.inherits(Child, Parent)` */
const inherits: BuiltinFunction = (site, evaluation) => {
  const [child = empty, parent = empty] = site.args;
  const prototype = inheriting(evaluation, load(child, "prototype"), load(parent, "prototype"));
  setAfter(evaluation, site.id, 0, store(child, "prototype", prototype));
  return empty;
};

const construct: BuiltinFunction = (site, evaluation) =>
  evaluation.solver.calls.constructShape(evaluation, {
    ...site,
    callee: site.args[0] ?? empty,
    self: undefined,
    ...listed(site.args[1] ?? empty, site.argSites[1]),
  });

/** What makes objects, and says what they inherit. */
export const prototypeFunctions: Readonly<Record<string, BuiltinFunction>> = {
  "Object.create": create,
  "Object.setPrototypeOf": setPrototypeOf,
  "Reflect.setPrototypeOf": setPrototypeOf,
  "Reflect.construct": construct,
  "util inherits": inherits,
};
