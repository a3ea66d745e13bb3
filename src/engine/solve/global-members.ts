import { globalScope, isGlobalObject } from "../base/global-object.ts";
import { empty, joinAll, ofAtom, type Shape } from "./shape.ts";
import type { Solver } from "./solver.ts";
import { apiShape } from "./type-shape.ts";

/** What models say of a global variable. */
export function globalModel(solver: Solver, variable: string): Shape {
  const node = solver.graph.global(variable);
  return node ? apiShape(node, false) : empty;
}

/** `window.analytics` is the variable `analytics` of all files. */
export function globalMember(solver: Solver, path: string, key: string): Shape {
  const name = ofAtom({
    kind: "global",
    key: `g ${path}.${key}`.slice(0, 120),
    path: `${path}.${key}`.slice(0, 100),
  });
  return isGlobalObject(path)
    ? joinAll([name, solver.moduleCell(globalScope, key), globalModel(solver, key)])
    : name;
}
