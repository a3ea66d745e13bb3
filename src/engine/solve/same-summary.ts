import { sameClient } from "./made-clients.ts";
import { conditionsKey } from "./port-condition.ts";
import { empty, type Shape, sameShape } from "./shape.ts";
import type { DeferredCall, SinkHit, Summary, Thrown } from "./summary.ts";

export const emptySummary: Summary = {
  returns: empty,
  throws: [],
  params: [],
  self: undefined,
  cells: new Map(),
  hits: [],
  clients: [],
  deferred: [],
};

/** Whether two summaries say the same; trails are left out. When they do, the wave of changes stops here. */
export function sameSummary(a: Summary, b: Summary): boolean {
  return (
    sameShape(a.returns, b.returns) &&
    sameList(a.throws, b.throws, sameThrown) &&
    sameOptional(a.self, b.self) &&
    sameList(a.params, b.params, sameOptional) &&
    sameList(
      [...a.cells],
      [...b.cells],
      ([key, shape], [other, value]) => key === other && sameShape(shape, value),
    ) &&
    sameList(a.hits, b.hits, sameHit) &&
    sameList(a.clients, b.clients, sameClient) &&
    sameList(a.deferred, b.deferred, sameCall)
  );
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return a.length === b.length && a.every((each, index) => same(each, b[index] as T));
}

function sameOptional(a: Shape | undefined, b: Shape | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameShape(a, b);
}

function sameThrown(a: Thrown, b: Thrown): boolean {
  return conditionsKey(a.when) === conditionsKey(b.when) && sameShape(a.shape, b.shape);
}

function sameHit(a: SinkHit, b: SinkHit): boolean {
  const samePlace =
    a.origin.start === b.origin.start && a.origin.file === b.origin.file && a.call.start === b.call.start;
  if (conditionsKey(a.when) !== conditionsKey(b.when)) return false;
  return samePlace && a.kind === b.kind && sameShape(a.data, b.data) && sameShape(a.client, b.client);
}

function sameCall(a: DeferredCall, b: DeferredCall): boolean {
  return (
    a.root === b.root &&
    sameShape(a.callee, b.callee) &&
    sameOptional(a.receiver, b.receiver) &&
    sameList(a.args, b.args, sameShape)
  );
}
