import { openAtom } from "./atom.ts";
import { isAskedFor } from "./exact-type.ts";
import { hasType } from "./join-known.ts";
import { portOf, withoutRecords } from "./narrow-to-type.ts";
import { empty, join, type Shape } from "./shape.ts";
import type { Evaluation } from "./solver.ts";
import { shapeOfType } from "./type-shape.ts";

/** What a function is declared to return says more than a body that is not understood. */
export function withReturnType(evaluation: Evaluation, returned: Shape): Shape {
  const { facts, file } = evaluation.node;
  if (!facts.returnType || facts.generator || isAskedFor(returned)) return returned;
  const unless = returned.atoms.has(openAtom.key) ? undefined : portOf(returned);
  if (!returned.atoms.has(openAtom.key) && (!unless || hasType(returned))) return returned;
  const site = { file, ...facts.span };
  const context = { owner: facts.name, site, unless, depth: 0 };
  const typed = shapeOfType(evaluation.solver, { file, type: facts.returnType }, context);
  return typed === empty ? returned : join(withoutRecords(returned), typed);
}
