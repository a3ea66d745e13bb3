import { openAtom } from "./atom.ts";
import { type BuiltinFunction, first } from "./builtin-function.ts";
import { loadPath } from "./evaluate-load.ts";
import { empty, hasAtom, isEmpty, type Shape, store } from "./shape.ts";

/**
 * `new Proxy(target, { get(target, key) { … } })`: a trap that may give what the target has leaves its fields as they are,
 * beside what it gives of its own; one that gives none of it hides them.
 */
export const makeProxy: BuiltinFunction = (site, evaluation) => {
  const target = first(site, evaluation);
  const trap = loadPath(evaluation.solver, site.args[1] ?? empty, ["get"]);
  if (!hasAtom(trap, ({ kind }) => kind === "function")) return target;
  const given = evaluation.solver.calls.callBack(evaluation, site, trap, [target, empty, target], 1);
  const held = loadPath(evaluation.solver, target, ["*"]);
  if (!passesOn(held, given)) return store(empty, "*", given);
  const own = withoutAtomsOf(held, given);
  return isEmpty(own) ? target : store(target, "*", own);
};

function passesOn(held: Shape, given: Shape): boolean {
  return hasAtom(given, (atom) => atom.kind === "open" || held.atoms.has(atom.key));
}

function withoutAtomsOf(held: Shape, given: Shape): Shape {
  const own = [...given.atoms].filter(([key]) => key !== openAtom.key && !held.atoms.has(key));
  return { atoms: new Map(own), fields: undefined };
}
