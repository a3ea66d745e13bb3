import type { ValueId } from "../extract/index.ts";
import { empty, join, joinAll, type Shape, someAtom } from "./shape.ts";
import { carriesData } from "./sink-data.ts";
import type { Evaluation } from "./solver.ts";

/** Notes what a call throws, when it may hold data: constant messages would only fill the summaries of all callers. */
export function addThrown(evaluation: Evaluation, at: ValueId, thrown: Shape): void {
  if (!someAtom(thrown, carriesData)) return;
  evaluation.thrown.set(at, join(evaluation.thrown.get(at) ?? empty, thrown));
}

/** Runs something apart: what it throws does not belong to the call at hand. */
export function catchThrown(
  evaluation: Evaluation,
  run: (at: ValueId) => Shape,
): { readonly result: Shape; readonly thrown: Shape } {
  const at = evaluation.nextApart--;
  const result = run(at);
  const thrown = evaluation.thrown.get(at) ?? empty;
  evaluation.thrown.delete(at);
  return { result, thrown };
}

/** What the calls of a function throw that no `catch` in it receives. */
export function uncaught(evaluation: Evaluation): Shape {
  if (evaluation.thrown.size === 0) return empty;
  const caught = new Set<ValueId>();
  for (const value of evaluation.values)
    if (value.op === "caught") for (const call of value.calls) caught.add(call);
  return joinAll([...evaluation.thrown].flatMap(([at, thrown]) => (caught.has(at) ? [] : [thrown])));
}
