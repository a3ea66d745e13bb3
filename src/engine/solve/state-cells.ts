import type { StateSort } from "../base/catalog.ts";
import type { Atom } from "./atom.ts";
import { record } from "./builtin-call.ts";
import { overlay } from "./builtin-objects.ts";
import { cellKey } from "./evaluation.ts";
import { empty, isEmpty, join, load, ofAtom, type Shape, someAtom, store, withFields } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/**
 * What one function writes and another reads later: hooks, contexts, stores. A cell stands for all values that one call
 * in the code made; functions that read or write it are atoms, and travel as other functions do.
 */
type StateAtom = Extract<Atom, { kind: "state" }>;
type Cell = StateAtom["cell"];
type Does = StateAtom["does"];

/** The tree of all slices: a program has one. */
const rootCell: Cell = { file: "", owner: 0, name: "#root" };

function ability(cell: Cell, does: Does, reducer?: Shape): Shape {
  const atom: Atom = { kind: "state", key: `w ${does} ${cell.file} ${cell.owner} ${cell.name}`, cell, does };
  return reducer ? withFields(ofAtom(atom), new Map([["@@reducer", reducer]])) : ofAtom(atom);
}

function cellOf(evaluation: Evaluation, site: CallSite): Cell {
  const { file, start } = site.call;
  const owner = file === evaluation.node.file ? evaluation.node.facts.index : 0;
  return { file, owner, name: `#state${start}` };
}

export function readState(evaluation: Evaluation, cell: Cell): Shape {
  const { solver, node } = evaluation;
  const shared = solver.moduleCell(cell.file, cell.name);
  if (cell.owner === 0 || cell.file !== node.file || cell.owner !== node.facts.index) return shared;
  const key = cellKey(cell.file, cell.owner, cell.name);
  const own = evaluation.ownCells.get(key) ?? empty;
  evaluation.cellReads.set(key, own);
  return join(own, shared);
}

/** What its own function writes stays in that function's terms; what others write is the same for all. */
function writeState(evaluation: Evaluation, cell: Cell, value: Shape): void {
  const { node, solver } = evaluation;
  const own = cell.file === node.file && cell.owner === node.facts.index;
  solver.writeCell(evaluation, cell.file, cellKey(cell.file, own ? cell.owner : 0, cell.name), value);
}

/** A call that a model's row says to make, or to read, a state. */
export function callState(evaluation: Evaluation, site: CallSite, sort: StateSort | "class"): Shape {
  const [first = empty, second = empty] = site.args;
  const cell = cellOf(evaluation, site);
  switch (sort) {
    case "pair":
      writeState(evaluation, cell, madeBy(evaluation, site, first, []));
      return record({ 0: readState(evaluation, cell), 1: ability(cell, "set") });
    case "reducer":
      writeState(
        evaluation,
        cell,
        site.args[2] ? evaluation.solver.calls.callBack(evaluation, site, site.args[2], [second], 2) : second,
      );
      return record({ 0: readState(evaluation, cell), 1: ability(cell, "dispatch", first) });
    case "class":
      writeState(evaluation, cell, first);
      return record({ 0: readState(evaluation, cell), 1: ability(cell, "merge") });
    case "context":
      writeState(evaluation, cell, first);
      return record({
        Provider: ability(cell, "provide"),
        Consumer: ability(cell, "consume"),
        "@@cell": ability(cell, "get"),
      });
    case "context-value":
      return callAbilities(evaluation, { ...site, callee: load(first, "@@cell"), args: [] });
    case "run":
      return record({
        run: ability(cell, "run"),
        enterWith: ability(cell, "set"),
        getStore: ability(cell, "get"),
      });
    case "store":
      return makeStore(evaluation, site, cell);
    case "slice":
      return makeSlice(evaluation, cell, first);
    case "root":
      return makeRoot(evaluation, load(first, "reducer"));
    case "root-value":
      return evaluation.solver.calls.callBack(
        evaluation,
        site,
        first,
        [valuesOf(evaluation, readState(evaluation, rootCell), 0)],
        0,
      );
  }
}

/** A first value, or what a function that makes it returns. */
function madeBy(evaluation: Evaluation, site: CallSite, given: Shape, params: readonly Shape[]): Shape {
  if (!someAtom(given, (atom) => atom.kind === "function")) return given;
  return evaluation.solver.calls.callBack(evaluation, site, given, params, 0);
}

/** `create((set, get) => …)`, also in two calls: `create()(…)`. */
function makeStore(evaluation: Evaluation, site: CallSite, cell: Cell): Shape {
  const [first] = site.args;
  if (!first) return site.callee;
  const made = madeBy(evaluation, site, first, [ability(cell, "merge"), ability(cell, "get")]);
  writeState(evaluation, cell, made);
  const abilities = record({
    getState: ability(cell, "get"),
    setState: ability(cell, "merge"),
    "@@cell": ability(cell, "get"),
  });
  return join(ability(cell, "select"), abilities);
}

function makeSlice(evaluation: Evaluation, cell: Cell, options: Shape): Shape {
  writeState(evaluation, cell, load(options, "initialState"));
  let actions = empty;
  for (const [name, reducer] of load(options, "reducers").fields ?? [])
    actions = store(actions, name, ability(cell, "reduce", reducer.fields?.get("reducer") ?? reducer));
  return record({ actions, reducer: ability(cell, "get") });
}

function makeRoot(evaluation: Evaluation, tree: Shape): Shape {
  writeState(evaluation, rootCell, tree);
  return record({ getState: ability(rootCell, "get-tree") });
}

/** Slices stand in a tree by what reads them. */
function valuesOf(evaluation: Evaluation, tree: Shape, depth: number): Shape {
  let read = empty;
  for (const { atom } of tree.atoms.values())
    if (atom.kind === "state" && atom.does === "get") read = join(read, readState(evaluation, atom.cell));
  if (!tree.fields || depth > 3) return read;
  const fields = new Map(
    [...tree.fields].map(([key, value]) => [key, valuesOf(evaluation, value, depth + 1)]),
  );
  return join(read, withFields(empty, fields));
}

/** Calls whatever reads or writes a state among what the callee may be. */
function callAbilities(evaluation: Evaluation, site: CallSite): Shape {
  let result = empty;
  for (const { atom } of site.callee.atoms.values())
    if (atom.kind === "state") result = join(result, callAbility(evaluation, site, atom));
  return result;
}

export function callAbility(evaluation: Evaluation, site: CallSite, atom: StateAtom): Shape {
  const { cell, does } = atom;
  const [first = empty] = site.args;
  const { calls } = evaluation.solver;
  switch (does) {
    case "set":
      writeState(evaluation, cell, madeBy(evaluation, site, first, [readState(evaluation, cell)]));
      return empty;
    case "run":
      writeState(evaluation, cell, first);
      return calls.callBack(evaluation, site, site.args[1] ?? empty, site.args.slice(2), 1);
    case "merge": {
      const before = readState(evaluation, cell);
      writeState(
        evaluation,
        cell,
        overlay(evaluation.solver, before, madeBy(evaluation, site, first, [before])),
      );
      return empty;
    }
    case "get":
      return readState(evaluation, cell);
    case "get-tree":
      return valuesOf(evaluation, readState(evaluation, cell), 0);
    case "select":
      return site.args[0]
        ? calls.callBack(evaluation, site, first, [readState(evaluation, cell)], 0)
        : readState(evaluation, cell);
    case "dispatch":
      reduce(evaluation, site, cell, first);
      return empty;
    case "reduce": {
      const action = record({ payload: first });
      reduce(evaluation, site, cell, action);
      return action;
    }
    case "provide":
      writeState(evaluation, cell, load(first, "value"));
      return empty;
    case "consume":
      return calls.callBack(evaluation, site, load(first, "children"), [readState(evaluation, cell)], 0);
  }
}

/** The next state is what the reducer returns, or what it made of the one that it was given. */
function reduce(evaluation: Evaluation, site: CallSite, cell: Cell, action: Shape): void {
  const reducer = load(site.callee, "@@reducer");
  if (isEmpty(reducer)) return;
  const before = readState(evaluation, cell);
  const draft = -3 - site.call.start;
  const next = evaluation.solver.calls.callShape(evaluation, {
    id: draft,
    call: site.call,
    callee: reducer,
    self: undefined,
    args: [before, action],
    argSites: [undefined, site.argSites[0]],
    name: site.name,
    root: `${site.root}~0`,
  });
  writeState(evaluation, cell, join(next, evaluation.after.get(draft)?.get(0) ?? empty));
}
