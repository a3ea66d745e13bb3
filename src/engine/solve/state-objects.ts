import { openAtom } from "./atom.ts";
import { record, textOf } from "./builtin-call.ts";
import { loadPath } from "./evaluate-load.ts";
import { empty, hasAtom, isFunction, join, load, ofAtom, type Shape, store, withFields } from "./shape.ts";
import { heldField } from "./shared-fields.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { ability, type Cell, changeOf, heldCells, readState, writeState } from "./state-store.ts";
import { shapeOfType } from "./type-shape.ts";

/**
 * Objects whose fields are a state: whoever has the object may write to it, and all others read what was written. The object
 * holds what is known of its state where it is made or asked for; that it is one is an atom of its own (`held`).
 */
export function heldObject(evaluation: Evaluation, cell: Cell): Shape {
  return join(readState(evaluation, cell), ability(cell, "held"));
}

/** `reactive(first)`, `ref(first)`: what the call's type argument says of it counts too. */
export function makeHeld(
  evaluation: Evaluation,
  site: CallSite,
  cell: Cell,
  wrap: (first: Shape) => Shape,
): Shape {
  const [first = empty] = site.args;
  writeState(evaluation, cell, wrap(join(first, typeArgument(evaluation, site))));
  return heldObject(evaluation, cell);
}

/** What the first type argument of a call says. */
export function typeArgument({ solver }: Evaluation, { typeArgs, call, name }: CallSite): Shape {
  const type = typeArgs?.[0];
  return type
    ? shapeOfType(solver, { file: call.file, type }, { owner: name, site: call, unless: undefined, depth: 0 })
    : empty;
}

/** `toRefs(object)`: each field stands in an object of its own. */
export function asRefs({ solver }: Evaluation, object: Shape): Shape {
  let refs = empty;
  for (const [key, value] of object.fields ?? [])
    if (!key.startsWith("@@") && !isFunction(value)) refs = store(refs, key, record({ value }));
  if (!hasAtom(object, (atom) => atom.kind !== "state")) return refs;
  return store(refs, "*", record({ value: loadPath(solver, object, ["*"]) }));
}

/** `defineStore(id, { state, getters, actions })`, also with the id among the options, or with a function that makes it all. */
export function makeOptionStore(evaluation: Evaluation, site: CallSite, cell: Cell): Shape {
  const given = site.args.at(site.args.length > 1 ? 1 : 0) ?? empty;
  const { calls } = evaluation.solver;
  if (isFunction(given)) {
    const made = calls.callBack(evaluation, site, given, [ofAtom(openAtom)], 1);
    return ability(cell, "use", made);
  }
  writeState(evaluation, cell, calls.callBack(evaluation, site, load(given, "state"), [], 1));
  const made = ability(cell, "use", given);
  const self = useOptionStore(evaluation, { ...site, callee: made }, cell);
  // Components that are not read call actions too.
  for (const [name] of functionsOf(load(given, "actions")))
    calls.callBack(evaluation, { ...site, root: `${site.root}.${name}` }, load(self, name), unknowns, 1);
  return made;
}

const unknowns = Array.from({ length: 3 }, () => ofAtom(openAtom));

/** The store of a `defineStore`: its state, what getters make of that, and actions whose `this` is the store. */
export function useOptionStore(evaluation: Evaluation, site: CallSite, cell: Cell): Shape {
  const options = load(site.callee, "@@reducer");
  const made =
    options.fields?.has("state") || options.fields?.has("actions") || options.fields?.has("getters");
  const state = heldObject(evaluation, cell);
  const own = made
    ? withGetters(evaluation, site, state, load(options, "getters"))
    : unwrapped(evaluation, options, state);
  const actions = functionsOf(made ? load(options, "actions") : options);
  const common = record({
    $state: state,
    $patch: ability(cell, "patch"),
    $subscribe: ability(cell, "watch"),
  });
  const self = withFields(own, new Map([...(own.fields ?? []), ...(common.fields ?? []), ...actions]));
  let result = self;
  for (const [name, action] of actions)
    result = store(result, name, made ? store(action, "@@this", self) : action);
  return result;
}

function functionsOf(object: Shape): [string, Shape][] {
  return [...(object.fields ?? [])].filter(([key, value]) => !key.startsWith("@@") && isFunction(value));
}

/** Getters are given the state, and see the store with the getters before them as `this`. */
function withGetters(evaluation: Evaluation, site: CallSite, state: Shape, getters: Shape): Shape {
  let self = state;
  for (const [name, getter] of functionsOf(getters)) {
    const at = { ...site, root: `${site.root}.${name}` };
    const read = evaluation.solver.calls.callBack(evaluation, at, store(getter, "@@this", self), [self], 0);
    self = store(self, name, read);
  }
  return self;
}

/** What a setup function returned: its refs stand in the store as what they hold. */
function unwrapped(evaluation: Evaluation, made: Shape, state: Shape): Shape {
  let result = state;
  for (const [key, value] of made.fields ?? []) {
    if (key.startsWith("@@") || isFunction(value)) continue;
    const held = heldCells(value).map((cell) => readState(evaluation, cell));
    const all = held.reduce(join, value);
    const plain = all.fields?.has("value") ? load(all, "value") : all;
    result = store(result, key, join(plain, load(state, key)));
  }
  return result;
}

/** `store.$patch({ … })`, `store.$patch((state) => { … })` */
export function patchState(evaluation: Evaluation, site: CallSite, cell: Cell): void {
  const [first = empty] = site.args;
  const changed = isFunction(first)
    ? changeOf(evaluation, site, first, readState(evaluation, cell), empty).left
    : first;
  writeState(evaluation, cell, changed);
}

/** `context.set("user", user)` */
export function putField(
  evaluation: Evaluation,
  { self = empty, args: [name, value = empty] }: CallSite,
): void {
  const key = textOf(name);
  if (key === undefined) return;
  for (const cell of heldCells(self)) writeState(evaluation, cell, store(empty, key, value));
}

/** `context.get("user")` */
export function takeField({ solver }: Evaluation, { self = empty, args: [name] }: CallSite): Shape {
  const key = textOf(name);
  return join(ofAtom(openAtom), key === undefined ? empty : heldField(solver, self, key));
}

/** `store.$subscribe((mutation, state) => …)` */
export function watchState(evaluation: Evaluation, site: CallSite, cell: Cell): Shape {
  const [listener = empty] = site.args;
  const given = [ofAtom(openAtom), heldObject(evaluation, cell)];
  evaluation.solver.calls.callBack(evaluation, site, listener, given, 0);
  return ofAtom(openAtom);
}
