import type { Test, Value } from "../extract/index.ts";
import { shapeAt } from "./evaluation.ts";
import { judge } from "./judge-condition.ts";
import {
  always,
  bothConditions,
  type PortCondition,
  passes,
  replaced,
  type StandIn,
} from "./port-condition.ts";
import { empty, type Shape } from "./shape.ts";
import type { Evaluation } from "./solver.ts";
import { type AllWritten, writtenAt } from "./written-values.ts";

type Conditions = Extract<Value, { op: "call" }>["when"];

/** A call that is reached only under conditions makes its hits under them; one that never is, makes none. */
export function underConditions(evaluation: Evaluation, value: Value, evaluate: () => Shape): Shape {
  if ((value.op !== "call" && value.op !== "new") || !value.when) return evaluate();
  const when = conditionsHere(evaluation, value.when);
  return when ? within(evaluation, when, evaluate) : empty;
}

/** Evaluates something that is reached only under more conditions. */
export function within<T>(evaluation: Evaluation, when: readonly PortCondition[], evaluate: () => T): T {
  const before = evaluation.when;
  evaluation.when = bothConditions(before, when);
  const result = evaluate();
  evaluation.when = before;
  return result;
}

/** Conditions in terms of in-ports; undefined: they never hold. */
export function conditionsHere(
  evaluation: Evaluation,
  conditions: NonNullable<Conditions>,
): readonly PortCondition[] | undefined {
  return judgeAll(conditions, ({ value, test }) =>
    judgeWritten(test, [], writtenAt(evaluation, value), () => shapeAt(evaluation, value)),
  );
}

/** The conditions of a hit in a callee, in the caller's terms. */
export function substituteConditions(
  conditions: readonly PortCondition[],
  writtenFor: (condition: PortCondition) => AllWritten,
  shapeFor: (condition: PortCondition) => Shape,
): readonly PortCondition[] | undefined {
  if (conditions.length === 0) return conditions;
  return judgeAll(conditions, (each) =>
    judgeWritten(each.test, each.otherwise, writtenFor(each), () => shapeFor(each)),
  );
}

type Judgement = PortCondition | "maybe" | "never";

function judgeAll<T>(
  all: readonly T[],
  judgeOne: (each: T) => Judgement,
): readonly PortCondition[] | undefined {
  let left = always;
  for (const each of all) {
    const judged = judgeOne(each);
    if (judged === "never") return undefined;
    if (judged !== "maybe") left = bothConditions(left, [judged]);
  }
  return left;
}

/** Whether a value may pass a test; a condition: only the caller knows. */
function judgeWritten(
  test: Test,
  otherwise: PortCondition["otherwise"],
  written: AllWritten,
  shape: () => Shape,
): Judgement {
  if (!written) return judgeShape(test, otherwise, shape());
  let condition: PortCondition | undefined;
  for (const each of written) {
    if ("known" in each) {
      if (passes(test, each.known, otherwise)) return "maybe";
    } else if (condition) return "maybe";
    else condition = { port: each.port, test, otherwise: inTurn(each.otherwise, otherwise) };
  }
  return condition ?? "never";
}

/** What stands in for a missing value may be missing in turn. */
function inTurn(first: readonly StandIn[], then: readonly StandIn[]): readonly StandIn[] {
  const all = first.flatMap(({ how, value }) => replaced(value, then).map((each) => ({ how, value: each })));
  return [...all, ...then];
}

/** The same by what flows there: constants of the program, such as another module's. */
function judgeShape(test: Test, otherwise: PortCondition["otherwise"], shape: Shape): Judgement {
  if (!("among" in test) || test.not || test.missing || otherwise.length > 0) return "maybe";
  const judged = judge(shape, test.among);
  return typeof judged === "string" ? judged : { port: judged, test, otherwise };
}
