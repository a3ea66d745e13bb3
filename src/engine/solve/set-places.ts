import { globalScope } from "../base/global-object.ts";
import type { ApiNode } from "./api-node.ts";
import { cellKey, setAfter } from "./evaluation.ts";
import { empty, join, type Shape, store } from "./shape.ts";
import { placeFields } from "./sink-data.ts";
import type { CallSite, Evaluation, Solver } from "./solver.ts";

/**
 * `Sentry.init({ dsn })` tells where the package's own client stands, whoever uses it: in this file, or in any other of
 * the program. An object that the call is a method of keeps it too, where there are several.
 */
export function setPlace(evaluation: Evaluation, placed: Shape, site: CallSite, { library }: ApiNode): void {
  const key = cellKey(globalScope, 0, cellOf(library));
  evaluation.solver.writeCell(evaluation, globalScope, key, placed);
  if (site.self && site.id >= 0) setAfter(evaluation, site.id, -1, withFields(site.self, placed));
}

/** The place of the package that a callee is of, as far as some call in the program has told it. */
export function packagesPlace(solver: Solver, callee: Shape): Shape {
  let place = empty;
  for (const { atom } of callee.atoms.values())
    if (atom.kind === "api" && solver.graph.setByCall.has(atom.node.library))
      place = join(place, withFields(empty, solver.moduleCell(globalScope, cellOf(atom.node.library))));
  return place;
}

function cellOf(library: string): string {
  return `@place ${library}`;
}

function withFields(shape: Shape, placed: Shape): Shape {
  let result = shape;
  for (const key of placeFields) {
    const field = placed.fields?.get(key);
    if (field) result = store(result, key, field);
  }
  return result;
}
