import type { Shape } from "./shape.ts";
import type { Solver } from "./solver.ts";

/** What the handlers of errors of a framework get. */
export function raisedIn(solver: Solver, framework: string): Shape {
  return solver.moduleCell("", raisedName(framework));
}

/** The variable that holds what was raised in all of a program. */
export function raisedName(framework: string): string {
  return `#errors ${framework}`;
}
