import { record } from "./builtin-call.ts";
import { empty, isFunction, join, load, type Shape } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { typeArgument } from "./state-objects.ts";
import { ability, type Cell, writeState } from "./state-store.ts";

/** States that are values: whoever has one reads and writes it by hooks, or by the `get` and `set` that others are given. */
const readField = "@@cell";
const writeField = "@@set";

/** `atom(first)`, `atom((get) => …)`, `atom(first, (get, set, given) => …)` */
export function makeAtom(
  evaluation: Evaluation,
  site: CallSite,
  cell: Cell,
  first: Shape,
  writer: Shape,
): Shape {
  const derived = isFunction(first);
  if (!derived) writeState(evaluation, cell, join(first, typeArgument(evaluation, site)));
  return record({
    [readField]: derived ? ability(cell, "compute", first) : ability(cell, "get"),
    [writeField]: isFunction(writer) ? ability(cell, "write", writer) : ability(cell, "set"),
  });
}

/** `atom({ key, default })`, `selector({ key, get })` */
export function makeKeyedAtom(evaluation: Evaluation, site: CallSite, cell: Cell): Shape {
  const [options = empty] = site.args;
  const computed = load(options, "get");
  return makeAtom(evaluation, site, cell, isFunction(computed) ? computed : load(options, "default"), empty);
}

export function readAtom(evaluation: Evaluation, site: CallSite): Shape {
  return callAll(evaluation, site, load(site.args[0] ?? empty, readField), []);
}

export function writeAtom(evaluation: Evaluation, site: CallSite): Shape {
  return callAll(evaluation, site, setterOf(site), site.args.slice(1));
}

export function setterOf({ args: [atom = empty] }: CallSite): Shape {
  return load(atom, writeField);
}

/** What reads and writes any atom: also what the functions of atoms are given. */
export function atomStore(cell: Cell): Shape {
  return record({ get: ability(cell, "read-atom"), set: ability(cell, "write-atom") });
}

/** The function of an atom that is computed: it is given `get`, or an object that has it. */
export function compute(evaluation: Evaluation, site: CallSite, cell: Cell): Shape {
  const given = join(ability(cell, "read-atom"), atomStore(cell));
  return evaluation.solver.calls.callBack(evaluation, site, load(site.callee, "@@reducer"), [given], 0);
}

export function writeThrough(evaluation: Evaluation, site: CallSite, cell: Cell): Shape {
  const given = [ability(cell, "read-atom"), ability(cell, "write-atom"), ...site.args];
  return evaluation.solver.calls.callBack(evaluation, site, load(site.callee, "@@reducer"), given, 0);
}

function callAll(evaluation: Evaluation, site: CallSite, callee: Shape, args: readonly Shape[]): Shape {
  return evaluation.solver.calls.callBack(evaluation, site, callee, args, 0);
}
