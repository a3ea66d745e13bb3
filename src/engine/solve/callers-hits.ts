import type { FunctionNode, Program } from "../link/index.ts";
import type { Atom } from "./atom.ts";
import { dependsOnCaller } from "./callers-part.ts";
import type { PortCondition } from "./port-condition.ts";
import { mapAtoms, type Shape, someAtom } from "./shape.ts";
import { toldClient } from "./sink-data.ts";
import { addHit } from "./sink-hits.ts";
import type { Evaluation } from "./solver.ts";
import type { SinkHit, Summary } from "./summary.ts";

/** What is the same whoever calls is reported where it stands; callers only need what depends on them. */
export function concernsCallers({ solver, node }: Evaluation, hit: SinkHit): boolean {
  const client = toldClient(hit.client);
  return (
    someAtom(hit.data, dependsOnCaller) ||
    someAtom(client, dependsOnCaller) ||
    someField(client, dependsOnCaller) ||
    isForCallers(solver.program, node, hit.when)
  );
}

function someField(shape: Shape, test: (atom: Atom) => boolean): boolean {
  for (const value of shape.fields?.values() ?? []) if (someAtom(value, test)) return true;
  return false;
}

/**
 * Whether all who could make a hit possible are seen: then it is reported where a caller does. What a function has captured,
 * the function around it knows; what it is passed, whoever calls it by its name.
 */
export function isForCallers(
  program: Program,
  { file, facts }: FunctionNode,
  when: readonly PortCondition[],
): boolean {
  if (when.length === 0) return false;
  const isPassed = when.some(({ port }) => port.root.startsWith("p"));
  const isSeen = when.every(({ port: { root } }) => root.startsWith("c:") || /^p\d/.test(root));
  return isSeen && (!isPassed || program.calledByName(file, facts.index));
}

/** Where no work is left to judge conditions, what a callee tells by itself is taken for reached. */
export function passHits(evaluation: Evaluation, { hits }: Summary): void {
  for (const hit of hits) {
    if (hit.when.length === 0) continue;
    const data = mapAtoms(hit.data, (atom) => (dependsOnCaller(atom) ? undefined : atom));
    addHit(evaluation, { ...hit, data });
  }
}
