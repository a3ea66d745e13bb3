import type { Value, ValueId } from "../extract/index.ts";
import { withValue } from "./builtin-maps.ts";
import { shapeAt } from "./evaluation.ts";
import type { Shape } from "./shape.ts";
import type { Evaluation } from "./solver.ts";
import { keep } from "./unchanged.ts";

type Post = Extract<Value, { op: "post" }>;

/** What a call left its receiver or an argument as. */
export function evaluatePost(evaluation: Evaluation, value: Post, id: ValueId): Shape {
  if (value.entry !== undefined) return withEntry(evaluation, value, value.entry, id);
  if (value.chained?.some((call) => !evaluation.returnsSelf.has(call)))
    return keep(evaluation, id, value.before);
  const after = evaluation.after.get(value.call)?.get(value.port === "this" ? -1 : value.port);
  return after ?? keep(evaluation, id, value.before);
}

/** A collection of which an entry has become another value. */
function withEntry(evaluation: Evaluation, { call, before }: Post, entry: ValueId, id: ValueId): Shape {
  const key = evaluation.entryCalls.get(call);
  const isSame = evaluation.unchanged[entry] === call;
  if (isSame || key === undefined) return keep(evaluation, id, before);
  return withValue(shapeAt(evaluation, before), key, shapeAt(evaluation, entry));
}
