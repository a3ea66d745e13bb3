import { empty, isFunction, join, type Shape } from "./shape.ts";
import type { Solver } from "./solver.ts";

/**
 * A value that may be one of several objects: where one of them has a function of its own under a name (`{ send() {} }`),
 * the instances among them still have the method of their class.
 */
export function methodsBeside(solver: Solver, object: Shape, key: string): Shape {
  const own = object.fields?.get(key);
  if (!own || !isFunction(own)) return empty;
  let methods = empty;
  for (const { atom } of object.atoms.values()) {
    if (atom.kind !== "instance") continue;
    const found = solver.lineage.memberOf(solver.classOf(atom.id), key, false);
    if (found?.member.kind === "method")
      methods = join(methods, solver.instanceField(atom.id, key, atom.exact));
  }
  return methods;
}
