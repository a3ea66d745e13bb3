import type { ValueId } from "../extract/index.ts";
import { shapeAt } from "./evaluation.ts";
import type { Shape } from "./shape.ts";
import type { Evaluation } from "./solver.ts";
import { changesOf } from "./unchanged.ts";

/** What the function leaves an object as that came from its caller; undefined when that is as it was. */
export function finalState(
  evaluation: Evaluation,
  id: ValueId | undefined,
  op: "param" | "this",
  index = 0,
): Shape | undefined {
  if (id === undefined) return undefined;
  const same = evaluation.unchanged[id];
  if (same !== undefined && evaluation.values[same]?.op === op) return undefined;
  // What instances have by default is what their constructor says: it cannot be measured against that.
  if (evaluation.node.facts.kind === "constructor") return shapeAt(evaluation, id);
  const changed = changesOf(evaluation.solver, shapeAt(evaluation, id));
  if (changed.fields) return changed;
  return op === "param" && addsAtoms(evaluation, index, changed) ? changed : undefined;
}

/** `Object.assign(target, …)` gives a parameter more than it came with. */
function addsAtoms(evaluation: Evaluation, index: number, final: Shape): boolean {
  const param = evaluation.values.findIndex((value) => value.op === "param" && value.index === index);
  const before = shapeAt(evaluation, param).atoms;
  for (const key of final.atoms.keys()) if (!before.has(key)) return true;
  return false;
}
