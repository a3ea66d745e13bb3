import type { Value } from "../extract/index.ts";
import { shapeAt } from "./evaluation.ts";
import { judge } from "./judge-condition.ts";
import type { Port } from "./port.ts";
import { always, type PortCondition } from "./port-condition.ts";
import { empty, type Shape } from "./shape.ts";
import type { Evaluation } from "./solver.ts";

/** A call that is reached only under conditions makes its hits under them; one that never is, makes none. */
export function underConditions(evaluation: Evaluation, value: Value, evaluate: () => Shape): Shape {
  if ((value.op !== "call" && value.op !== "new") || !value.when) return evaluate();
  const when = judgeAll(value.when.map((each) => ({ ...each, shape: shapeAt(evaluation, each.value) })));
  if (!when) return empty;
  evaluation.when = when;
  const result = evaluate();
  evaluation.when = always;
  return result;
}

/** The conditions of a hit in a callee, in the caller's terms. */
export function substituteConditions(
  conditions: readonly PortCondition[],
  valueAt: (port: Port) => Shape,
): readonly PortCondition[] | undefined {
  if (conditions.length === 0) return conditions;
  return judgeAll(conditions.map(({ port, among }) => ({ among, shape: valueAt(port) })));
}

function judgeAll(
  all: readonly { readonly among: readonly (string | number)[]; readonly shape: Shape }[],
): readonly PortCondition[] | undefined {
  const left: PortCondition[] = [];
  for (const { among, shape } of all) {
    const port = judge(shape, among);
    if (port === "never") return undefined;
    if (port !== "maybe") left.push({ port, among });
  }
  return left;
}
