import type { StateSort } from "../base/catalog.ts";
import { record } from "./builtin-call.ts";
import { overlay } from "./builtin-objects.ts";
import { empty, join, load, type Shape } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import {
  addCases,
  anyAction,
  callAction,
  callCase,
  callConnect,
  callSelector,
  listenToActions,
  makeAction,
  makeConnect,
  makeSelector,
  makeSlice,
  makeThunk,
  noteAction,
} from "./state-actions.ts";
import {
  atomStore,
  compute,
  makeAtom,
  makeKeyedAtom,
  readAtom,
  setterOf,
  writeAtom,
  writeThrough,
} from "./state-atoms.ts";
import { actByName, commit, commitsOf, makeCommits } from "./state-commits.ts";
import { ask, makeEndpoint, makeEndpoints } from "./state-endpoints.ts";
import {
  asRefs,
  makeHeld,
  makeOptionStore,
  patchState,
  putField,
  takeField,
  useOptionStore,
  watchState,
} from "./state-objects.ts";
import {
  ability,
  type Cell,
  cellOf,
  madeBy,
  readState,
  reduce,
  rootCell,
  type StateAtom,
  valuesOf,
  writeState,
} from "./state-store.ts";

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
      return makeSlice(evaluation, site, cell);
    case "thunk":
      return makeThunk(cell, second);
    case "action":
      return makeAction(cell, second);
    case "cases":
      writeState(evaluation, cell, madeBy(evaluation, site, first, []));
      return addCases(evaluation, site, cell, second);
    case "selector":
      return makeSelector(cell, site.args);
    case "connect":
      return makeConnect(cell, first, second);
    case "ref":
      return makeHeld(evaluation, site, cell, (value) => record({ value }));
    case "reactive":
      return makeHeld(evaluation, site, cell, (fields) => fields);
    case "refs":
      return asRefs(evaluation, first);
    case "option-store":
      return makeOptionStore(evaluation, site, cell);
    case "commits":
      return makeCommits(evaluation, site);
    case "commits-value":
      return commitsOf(evaluation, site);
    case "atom":
      return makeAtom(evaluation, site, cell, first, second);
    case "keyed-atom":
      return makeKeyedAtom(evaluation, site, cell);
    case "atom-value":
      return readAtom(evaluation, site);
    case "atom-pair":
      return record({ 0: readAtom(evaluation, site), 1: setterOf(site) });
    case "atom-setter":
      return setterOf(site);
    case "atom-store":
      return atomStore(cell);
    case "endpoints":
      return makeEndpoints(evaluation, site, cell);
    case "fields":
      return empty;
    case "put":
      putField(evaluation, site);
      return empty;
    case "any-action":
      return anyAction(site.args);
    case "listener":
      return listenToActions(evaluation, site);
    case "take":
      return takeField(evaluation, site);
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

function makeRoot(evaluation: Evaluation, tree: Shape): Shape {
  writeState(evaluation, rootCell, tree);
  return record({ getState: ability(rootCell, "get-tree") });
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
      reduce(evaluation, site, cell, load(site.callee, "@@reducer"), first);
      return empty;
    case "reduce": {
      const action = record({ payload: first });
      reduce(evaluation, site, cell, load(site.callee, "@@reducer"), action);
      noteAction(evaluation, site, action);
      return action;
    }
    case "act":
      return callAction(evaluation, site, atom);
    case "case":
      return callCase(evaluation, site, cell);
    case "derive":
      return callSelector(evaluation, site);
    case "connect":
      return callConnect(evaluation, site);
    case "provide":
      writeState(evaluation, cell, load(first, "value"));
      return empty;
    case "held":
      return empty;
    case "use":
      return useOptionStore(evaluation, site, cell);
    case "patch":
      patchState(evaluation, site, cell);
      return empty;
    case "watch":
      return watchState(evaluation, site, cell);
    case "commit":
      commit(evaluation, site);
      return empty;
    case "act-by-name":
      return actByName(evaluation, site);
    case "compute":
      return compute(evaluation, site, cell);
    case "write":
      return writeThrough(evaluation, site, cell);
    case "read-atom":
      return readAtom(evaluation, site);
    case "write-atom":
      return writeAtom(evaluation, site);
    case "endpoint":
      return makeEndpoint(evaluation, site);
    case "inject":
      return makeEndpoints(evaluation, site, cell);
    case "give":
      return ask(evaluation, site);
    case "consume":
      return calls.callBack(evaluation, site, load(first, "children"), [readState(evaluation, cell)], 0);
  }
}
