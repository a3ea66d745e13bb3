import type { ValueId } from "../extract/index.ts";
import { always, bothConditions, conditionsKey, type PortCondition } from "./port-condition.ts";
import { join, joinAll, type Shape, someAtom } from "./shape.ts";
import { carriesData } from "./sink-data.ts";
import { addToSlot, rejectedSlot } from "./slots.ts";
import type { Evaluation } from "./solver.ts";
import type { Thrown } from "./summary.ts";

/** Errors of different conditions that are told apart, at most. */
const mostThrown = 6;

/** Notes what a call throws, when it may hold data: constant messages would only fill the summaries of all callers. */
export function addThrown(
  evaluation: Evaluation,
  at: ValueId,
  shape: Shape,
  when: readonly PortCondition[] = always,
): void {
  if (!someAtom(shape, carriesData)) return;
  const before = evaluation.thrown.get(at) ?? [];
  evaluation.thrown.set(at, joinThrown([...before, { shape, when: bothConditions(when, evaluation.when) }]));
}

/** One error for each set of conditions. */
export function joinThrown(all: readonly Thrown[]): readonly Thrown[] {
  if (all.length < 2) return all;
  const joined = new Map<string, Thrown>();
  for (const { shape, when: given } of all) {
    const isKnown = joined.has(conditionsKey(given));
    const when = isKnown || joined.size < mostThrown ? given : always;
    const key = conditionsKey(when);
    const known = joined.get(key);
    joined.set(key, { shape: known ? join(known.shape, shape) : shape, when });
  }
  return [...joined.values()];
}

/** Whichever of some errors it is. */
export function anyThrown(all: readonly Thrown[] = []): Shape {
  return joinAll(all.map(({ shape }) => shape));
}

/** What an `async` function returns is rejected with what it throws. */
export function rejecting(result: Shape, thrown: readonly Thrown[]): Shape {
  const error = anyThrown(thrown);
  return someAtom(error, carriesData) ? addToSlot(result, rejectedSlot, error) : result;
}

/** Runs something apart: what it throws does not belong to the call at hand. */
export function catchThrown(
  evaluation: Evaluation,
  run: (at: ValueId) => Shape,
): { readonly result: Shape; readonly thrown: Shape } {
  const at = evaluation.nextApart--;
  const result = run(at);
  const thrown = anyThrown(evaluation.thrown.get(at));
  evaluation.thrown.delete(at);
  return { result, thrown };
}

/** What the calls of a function throw that no `catch` in it receives. */
export function uncaught(evaluation: Evaluation): readonly Thrown[] {
  if (evaluation.thrown.size === 0) return [];
  const caught = new Set<ValueId>();
  for (const value of evaluation.values)
    if (value.op === "caught") for (const call of value.calls) caught.add(call);
  return [...evaluation.thrown].flatMap(([at, thrown]) => (caught.has(at) ? [] : thrown));
}
