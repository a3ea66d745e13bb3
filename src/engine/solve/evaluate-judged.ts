import type { Value, ValueId } from "../extract/index.ts";
import type { LocatedType } from "../link/index.ts";
import type { Port } from "./api-node.ts";
import { nameOf, shapeAt, siteOf } from "./evaluation.ts";
import { makeSafe } from "./make-safe.ts";
import { narrowFromType, narrowToType } from "./narrow-to-type.ts";
import { placedByTest } from "./placed-people.ts";
import type { Safety } from "./safety.ts";
import { empty, type Shape } from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";
import { keep } from "./unchanged.ts";

type Judged = Extract<Value, { op: "judged" }>;

/**
 * A value where a call's answer is known: safe, when a model says that the answer means that; of a type, when the callee is
 * declared as its guard.
 */
export function evaluateJudged(evaluation: Evaluation, value: Judged, id: ValueId): Shape {
  const guards = guardsOf(evaluation, value);
  const safe = guards.reduce(makeSafe, shapeAt(evaluation, value.value));
  const passed = value.holds === true && value.argument === 0;
  const shape = passed ? placedByTest(safe, shapeAt(evaluation, value.call)) : safe;
  const call = evaluation.values[value.call];
  const callee = call?.op === "call" ? shapeAt(evaluation, call.callee) : empty;
  const type = guardedType(evaluation.solver, callee, value.argument, value.holds === "returns");
  if (!type) return shape === shapeAt(evaluation, value.value) ? keep(evaluation, id, value.value) : shape;
  if (!value.holds) return narrowFromType(evaluation.solver, shape, type);
  const context = { owner: value.name ?? nameOf(evaluation, value.value), site: siteOf(evaluation, id) };
  return narrowToType(evaluation.solver, shape, type, context);
}

/** The type of which an argument is where a call holds: `(value: unknown) => value is User`. */
export function guardedType(
  { program }: Solver,
  callee: Shape,
  argument: number,
  asserts = false,
): LocatedType | undefined {
  for (const { atom } of callee.atoms.values()) {
    const node = atom.kind === "function" ? program.functions[atom.id] : undefined;
    const declared = atom.kind === "declared" && atom.type.type.kind === "function" ? atom.type : undefined;
    const predicate =
      node?.facts.predicate ?? (declared?.type.kind === "function" ? declared.type.predicate : undefined);
    const file = node?.file ?? declared?.file;
    if (predicate?.argument === argument && predicate.asserts === asserts && file !== undefined)
      return { file, type: predicate.type };
  }
  return undefined;
}

function guardsOf(evaluation: Evaluation, value: Judged): readonly Safety[] {
  const call = evaluation.values[value.call];
  if (call?.op !== "call") return [];
  const found: Safety[] = [];
  for (const { atom } of shapeAt(evaluation, call.callee).atoms.values()) {
    if (atom.kind !== "api") continue;
    for (const { port, when, safety } of atom.node.guards)
      if (when === value.holds && judges(port, value.argument)) found.push(safety);
  }
  return found;
}

function judges([first, ...rest]: Port, argument: number): boolean {
  if (rest.length > 0) return false;
  if (first?.word === "Receiver") return argument === -1;
  return first?.word === "Argument" && argument >= first.from && argument <= first.to;
}
