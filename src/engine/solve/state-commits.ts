import { openAtom } from "./atom.ts";
import { record, textOf } from "./builtin-call.ts";
import { constant } from "./evaluate-literal.ts";
import { wrapIn } from "./modelled-sources.ts";
import { empty, isFunction, join, load, ofAtom, type Shape, store } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { heldObject } from "./state-objects.ts";
import { ability, type Cell, changeOf, madeBy, readState, writeState } from "./state-store.ts";

/**
 * A store that is changed by the names of mutations: `commit("profile/setEmail", payload)`. A program has one: what made it
 * tells its options, and whoever asks for it gets it.
 */
const treeCell: Cell = { file: "", owner: 0, name: "#commits" };
const optionsCell: Cell = { file: "", owner: 0, name: "#commits options" };

/** The names that what is in a module has before its own, in the context of an action. */
const prefixField = "@@prefix";

interface Module {
  readonly options: Shape;
  /** Where its state is in the tree. */
  readonly path: readonly string[];
  readonly prefix: string;
}

const deepestModule = 4;

/** A mutation or an action, with the module that it is in. */
interface Named {
  readonly module: Module;
  readonly called: Shape;
  readonly payload: Shape;
}

export function makeCommits(evaluation: Evaluation, site: CallSite): Shape {
  const [options = empty] = site.args;
  writeState(evaluation, optionsCell, options);
  for (const { options: each, path } of modulesOf({ options, path: [], prefix: "" }))
    writeState(evaluation, treeCell, wrapIn(path, madeBy(evaluation, site, load(each, "state"), [])));
  // Components that are not read dispatch actions too.
  for (const module of allModules(evaluation))
    for (const [name, made] of load(module.options, "actions").fields ?? []) {
      const at = { ...site, root: `${site.root}.${module.prefix}${name}` };
      if (!name.startsWith("@@"))
        act(evaluation, at, { module, called: handlerOf(made), payload: ofAtom(openAtom) });
    }
  return commitsOf(evaluation, site);
}

/** The store itself: what components get. */
export function commitsOf(evaluation: Evaluation, site: CallSite): Shape {
  return record({
    state: heldObject(evaluation, treeCell),
    getters: gettersOf(evaluation, site),
    commit: ability(treeCell, "commit"),
    dispatch: ability(treeCell, "act-by-name"),
    subscribe: ability(treeCell, "watch"),
  });
}

function* modulesOf(module: Module): Generator<Module> {
  yield module;
  if (module.path.length === deepestModule) return;
  for (const [key, options] of load(module.options, "modules").fields ?? []) {
    if (key.startsWith("@@") || key === "*") continue;
    yield* modulesOf({
      options,
      path: [...module.path, key],
      prefix: options.fields?.has("namespaced") ? `${module.prefix}${key}/` : module.prefix,
    });
  }
}

function allModules(evaluation: Evaluation): readonly Module[] {
  return [...modulesOf({ options: readState(evaluation, optionsCell), path: [], prefix: "" })];
}

function stateOf(evaluation: Evaluation, path: readonly string[]): Shape {
  return path.reduce((at, key) => load(at, key), readState(evaluation, treeCell));
}

function gettersOf(evaluation: Evaluation, site: CallSite): Shape {
  let getters = empty;
  for (const { options, path, prefix } of allModules(evaluation))
    for (const [name, getter] of load(options, "getters").fields ?? []) {
      if (!isFunction(getter)) continue;
      const at = { ...site, root: `${site.root}.${prefix}${name}` };
      const given = [stateOf(evaluation, path), getters, readState(evaluation, treeCell), getters];
      getters = store(
        getters,
        `${prefix}${name}`,
        evaluation.solver.calls.callBack(evaluation, at, getter, given, 0),
      );
    }
  return getters;
}

/** What a call names, `commit("name", payload)` or `commit({ type: "name", … })`, in each module that has it. */
function* named(evaluation: Evaluation, site: CallSite, sort: "mutations" | "actions"): Generator<Named> {
  const [first = empty, second = empty] = site.args;
  const isObject = first.fields?.has("type") === true;
  const name = textOf(isObject ? load(first, "type") : first);
  if (name === undefined) return;
  const local = `${textOf(load(site.callee, prefixField)) ?? ""}${name}`;
  const modules = allModules(evaluation);
  for (const full of new Set([local, name])) {
    let found = false;
    for (const module of modules) {
      if (!full.startsWith(module.prefix)) continue;
      const called = handlerOf(load(load(module.options, sort), full.slice(module.prefix.length)));
      if (!isFunction(called)) continue;
      found = true;
      yield { module, called, payload: isObject ? first : second };
    }
    if (found) return;
  }
}

function handlerOf(made: Shape): Shape {
  return isFunction(made) ? made : load(made, "handler");
}

export function commit(evaluation: Evaluation, site: CallSite): void {
  for (const { module, called, payload } of named(evaluation, site, "mutations")) {
    const { left } = changeOf(evaluation, site, called, stateOf(evaluation, module.path), payload);
    writeState(evaluation, treeCell, wrapIn(module.path, left));
  }
}

export function actByName(evaluation: Evaluation, site: CallSite): Shape {
  let result: Shape = ofAtom(openAtom);
  for (const each of named(evaluation, site, "actions")) result = join(result, act(evaluation, site, each));
  return result;
}

/** An action has a context: the store as its module sees it. */
function act(evaluation: Evaluation, site: CallSite, { module, called, payload }: Named): Shape {
  const context = contextOf(evaluation, site, module);
  return evaluation.solver.calls.callBack(evaluation, site, called, [context, payload], 1);
}

function contextOf(evaluation: Evaluation, site: CallSite, { path, prefix }: Module): Shape {
  const all = gettersOf(evaluation, site);
  let getters = all;
  for (const [name, value] of all.fields ?? [])
    if (name.startsWith(prefix)) getters = store(getters, name.slice(prefix.length), value);
  const at = record({ [prefixField]: constant(prefix, site.call) });
  return record({
    state: stateOf(evaluation, path),
    rootState: readState(evaluation, treeCell),
    getters,
    rootGetters: all,
    commit: join(ability(treeCell, "commit"), at),
    dispatch: join(ability(treeCell, "act-by-name"), at),
  });
}
