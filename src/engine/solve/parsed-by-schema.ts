import type { Value, ValueId } from "../extract/index.ts";
import { nameOf, siteOf } from "./evaluation.ts";
import { empty, join, type Shape, store } from "./shape.ts";
import type { Evaluation } from "./solver.ts";
import { shapeOfType } from "./type-shape.ts";

/** `signup.parse(body)`: the schema says which fields there are, as a declared type would. */
export function withParsed(
  evaluation: Evaluation,
  value: Extract<Value, { op: "call" }>,
  id: ValueId,
  result: Shape,
): Shape {
  const { solver, node } = evaluation;
  const parsed = solver.program.parsedType(node.file, node.facts, id);
  if (!parsed) return result;
  const schema = nameOf(evaluation, value.receiver).replace(/schema$/i, "");
  const owner = [schema, value.name ?? ""].filter((name) => name !== "").join(".");
  const context = { owner, site: siteOf(evaluation, id), unless: undefined, depth: 0 };
  const told = shapeOfType(solver, { file: node.file, type: parsed.type }, context);
  if (told === empty) return result;
  return join(result, parsed.field === undefined ? told : store(empty, parsed.field, told));
}
