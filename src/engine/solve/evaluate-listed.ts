import type { Value, ValueId } from "../extract/index.ts";
import { textsOf } from "./builtin-call.ts";
import { shapeAt } from "./evaluation.ts";
import { type Keyed, passes } from "./key-tests.ts";
import { primitiveKey } from "./key-words.ts";
import { standsUnder } from "./keyed-entries.ts";
import { portOfKey, testBy } from "./list-tests.ts";
import { evaluatePlaced } from "./placed-people.ts";
import { empty, hasAtom, type Shape } from "./shape.ts";
import type { Evaluation } from "./solver.ts";
import { keep } from "./unchanged.ts";

/** A key, or what stands beside it, where the key was found in a list, or was not. */
export function evaluateListed(
  evaluation: Evaluation,
  value: Extract<Value, { op: "listed" }>,
  id: ValueId,
): Shape {
  if (value.how === "field") return evaluatePlaced(evaluation, value, id);
  const shape = shapeAt(evaluation, value.value);
  const key = shapeAt(evaluation, value.key);
  const isSymbolic = hasAtom(shape, (atom) => atom.kind === "sym");
  const texts = textsOf(key);
  const under = isSymbolic ? portOfListed(key) : undefined;
  if (!texts && !under) return keep(evaluation, id, value.value);
  const test = testBy(shapeAt(evaluation, value.list), { ...value, keeps: value.holds });
  if (!test) return keep(evaluation, id, value.value);
  if (under) return standsUnder(shape, { port: under.port, tests: [...under.tests, test] });
  return texts?.some((text) => passes([test], text)) ? keep(evaluation, id, value.value) : empty;
}

/** A caller's key. A value that was shown to be no object is looked at for itself: no other value stands under it. */
function portOfListed(key: Shape): Keyed["under"] {
  const under = portOfKey(key);
  return under?.port.path.at(-1) === primitiveKey ? undefined : under;
}
