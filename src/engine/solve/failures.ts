import { type ApiNode, keysOf } from "./api-node.ts";
import { makeSafe } from "./make-safe.ts";
import { valueOfPort } from "./model-ports.ts";
import { wrapIn } from "./modelled-sources.ts";
import { load, type Shape, someAtom, store } from "./shape.ts";
import { carriesData } from "./sink-data.ts";
import { addToSlot, rejectedSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { addThrown } from "./thrown.ts";

/**
 * What a call that fails puts into its error, as the rows of a model say: the request that was sent, the row that was not
 * stored. A builder that is called again fails as it did before.
 */
export function withFailures(evaluation: Evaluation, site: CallSite, node: ApiNode, result: Shape): Shape {
  const before = site.self?.fields?.get(rejectedSlot);
  let failing = before ? addToSlot(result, rejectedSlot, before) : result;
  for (const { from, to, safety } of node.failures) {
    const given = valueOfPort(evaluation, site, from);
    if (!someAtom(given, carriesData)) continue;
    const echoed = errorWith(wrapIn(keysOf(to.slice(1)), safety ? makeSafe(given, safety) : given));
    if (to[0]?.word === "Thrown") addThrown(evaluation, site.thrownAt ?? site.id, echoed);
    else failing = addToSlot(failing, rejectedSlot, echoed);
  }
  return failing;
}

/** The stack of an error repeats its message. */
function errorWith(parts: Shape): Shape {
  return store(parts, "stack", load(parts, "message"));
}
