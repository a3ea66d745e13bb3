import type { Value, ValueId } from "../extract/index.ts";
import type { Port } from "./api-node.ts";
import { shapeAt } from "./evaluation.ts";
import type { Safety } from "./safety.ts";
import { makeSafe, type Shape } from "./shape.ts";
import type { Evaluation } from "./solver.ts";
import { keep } from "./unchanged.ts";

type Judged = Extract<Value, { op: "judged" }>;

/** A value where a call's answer is known: safe, when a model says that the answer means that. */
export function evaluateJudged(evaluation: Evaluation, value: Judged, id: ValueId): Shape {
  const guards = guardsOf(evaluation, value);
  return guards.length === 0
    ? keep(evaluation, id, value.value)
    : guards.reduce(makeSafe, shapeAt(evaluation, value.value));
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
