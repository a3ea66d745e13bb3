import { arrayOf, writtenItems } from "./array-shape.ts";
import { openAtom } from "./atom.ts";
import { record } from "./builtin-call.ts";
import { hasAtom, isEmpty, isFunction, join, joinAll, load, ofAtom, type Shape, store } from "./shape.ts";
import { rejectedSlot, withoutSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import {
  ability,
  type Cell,
  madeBy,
  readState,
  reduce,
  rootCell,
  type StateAtom,
  valuesOf,
  writeState,
} from "./state-store.ts";

/**
 * Actions and reducers that are told apart by what made the action: a slice's own, `createAsyncThunk`, `createAction`. What
 * an action was last made with stands in a cell of its own, for the reducers of other slices.
 */
const actionField = "@@cell";
const inputsField = "@@inputs";

export function makeSlice(evaluation: Evaluation, site: CallSite, cell: Cell): Shape {
  const [options] = site.args;
  if (!options) return record({});
  writeState(evaluation, cell, madeBy(evaluation, site, load(options, "initialState"), []));
  let actions = record({});
  for (const [name, reducer] of load(options, "reducers").fields ?? []) {
    const action = { ...cell, name: `${cell.name} ${name}` };
    const made = ability(cell, "reduce", reducer.fields?.get("reducer") ?? reducer);
    actions = store(actions, name, store(made, actionField, ability(action, "get")));
  }
  addCases(evaluation, site, cell, load(options, "extraReducers"));
  return record({ actions, reducer: ability(cell, "get") });
}

/** `createAction(type, prepare)` */
export function makeAction(cell: Cell, prepare: Shape): Shape {
  return store(ability(cell, "act", prepare), actionField, ability(cell, "get"));
}

/** `createAsyncThunk(type, creator)` */
export function makeThunk(cell: Cell, creator: Shape): Shape {
  const fulfilled = record({ [actionField]: ability(cell, "get") });
  return store(ability(cell, "act", creator), "fulfilled", fulfilled);
}

/** `builder => builder.addCase(action, reducer)`, or reducers by the types of their actions. */
export function addCases(evaluation: Evaluation, site: CallSite, cell: Cell, cases: Shape): Shape {
  if (isFunction(cases)) evaluation.solver.calls.callBack(evaluation, site, cases, [builderOf(cell)], 1);
  else
    for (const [key, reducer] of cases.fields ?? [])
      if (!key.startsWith("@@")) reduce(evaluation, site, cell, reducer, ofAtom(openAtom));
  return ability(cell, "get");
}

function builderOf(cell: Cell): Shape {
  const add = ability(cell, "case");
  return record({ addCase: add, addMatcher: add, addDefaultCase: add });
}

export function callCase(evaluation: Evaluation, site: CallSite, cell: Cell): Shape {
  const [first, second] = site.args;
  if (first) reduce(evaluation, site, cell, second ?? first, actionOf(evaluation, first));
  return builderOf(cell);
}

/** `isAnyOf(login, rename)` */
export function anyAction(creators: readonly Shape[]): Shape {
  return record({ [actionField]: joinAll(creators.map((each) => load(each, actionField))) });
}

/** `startListening({ actionCreator, effect })`, or with a matcher. */
export function listenToActions(evaluation: Evaluation, site: CallSite): Shape {
  const [options = record({})] = site.args;
  const action = actionOf(evaluation, join(load(options, "actionCreator"), load(options, "matcher")));
  evaluation.solver.calls.callBack(evaluation, site, load(options, "effect"), [action, ofAtom(openAtom)], 0);
  return ofAtom(openAtom);
}

/** What an action creator was called with, as far as it tells. */
function actionOf(evaluation: Evaluation, creator: Shape): Shape {
  const actions: Shape[] = [];
  for (const { atom } of load(creator, actionField).atoms.values())
    if (atom.kind === "state") actions.push(readState(evaluation, atom.cell));
  return actions.length > 0 ? joinAll(actions) : ofAtom(openAtom);
}

/** An action creator is called: a thunk's payload is what its creator gives. */
export function callAction(evaluation: Evaluation, site: CallSite, { cell }: StateAtom): Shape {
  const { callee, args } = site;
  const [given = record({})] = args;
  const made = load(callee, "@@reducer");
  const isThunk = callee.fields?.has("fulfilled") === true;
  let payload = given;
  if (isThunk) {
    const api = store(ofAtom(openAtom), "getState", ability(rootCell, "get-tree"));
    const result = evaluation.solver.calls.callBack(evaluation, site, made, [given, api], 1);
    payload = withoutSlot(result, rejectedSlot);
  } else if (isFunction(made)) {
    payload = load(evaluation.solver.calls.callBack(evaluation, site, made, args, 1), "payload");
  }
  const action = record({ payload, meta: record({ arg: given }) });
  writeState(evaluation, cell, action);
  return action;
}

/** What a slice's action was made with, for the reducers of others. */
export function noteAction(evaluation: Evaluation, { callee }: CallSite, action: Shape): void {
  for (const { atom } of load(callee, actionField).atoms.values())
    if (atom.kind === "state") writeState(evaluation, atom.cell, action);
}

/** `createSelector(first, second, (one, two) => …)`, also with the inputs in a list. */
export function makeSelector(cell: Cell, args: readonly Shape[]): Shape {
  const last = args.findLastIndex((each) => isFunction(each));
  const inputs = args.slice(0, Math.max(last, 0)).flatMap((each) => writtenItems(each) ?? [each]);
  return store(ability(cell, "derive", args[last]), inputsField, arrayOf(inputs));
}

export function callSelector(evaluation: Evaluation, site: CallSite): Shape {
  const { calls } = evaluation.solver;
  const inputs = load(site.callee, inputsField);
  const read = (writtenItems(inputs) ?? [load(inputs, "*")]).map((input, index) =>
    calls.callBack(evaluation, { ...site, root: `${site.root}.${index}` }, input, site.args, index),
  );
  return calls.callBack(evaluation, site, load(site.callee, "@@reducer"), read, inputCount);
}

/** The place of a selector's last function among the calls that it makes. */
const inputCount = 20;

/** `connect(mapState, mapDispatch)` */
export function makeConnect(cell: Cell, mapState: Shape, mapDispatch: Shape): Shape {
  return store(ability(cell, "connect", mapState), inputsField, mapDispatch);
}

/** The component gets what is mapped, beside what it is given where it is used. */
export function callConnect(evaluation: Evaluation, site: CallSite): Shape {
  const { calls } = evaluation.solver;
  const [component = record({})] = site.args;
  const state = valuesOf(evaluation, readState(evaluation, rootCell), 0);
  const mapped = calls.callBack(evaluation, site, load(site.callee, "@@reducer"), [state], 1);
  const dispatch = load(site.callee, inputsField);
  const handlers = isFunction(dispatch)
    ? calls.callBack(evaluation, site, dispatch, [ofAtom(openAtom)], 2)
    : dispatch;
  const isComponent = hasAtom(component, ({ kind }) => kind === "function");
  const props = isEmpty(handlers) ? mapped : join(mapped, handlers);
  if (isComponent) calls.callBack(evaluation, site, component, [props], 0);
  return component;
}
