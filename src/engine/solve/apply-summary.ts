import { limits } from "../base/limits.ts";
import type { FunctionNode } from "../link/index.ts";
import { writtenItems } from "./array-shape.ts";
import { addStep, openAtom, symAtom } from "./atom.ts";
import {
  type Binding,
  entrySite,
  portValue,
  rootValue,
  sentCell,
  startOf,
  substitute,
  substituted,
} from "./binding.ts";
import { passHits } from "./callers-hits.ts";
import { callersClient } from "./client-places.ts";
import { isFieldFunction, isOwner } from "./closure-state.ts";
import { applyDeferredEffects, effectsOf, withChanged, writeOuter } from "./deferred-effects.ts";
import { setAfter } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { takeClient } from "./made-clients.ts";
import { sanitized } from "./sanitizes-tag.ts";
import { isSettle, settleAtom } from "./settle.ts";
import { empty, join, mapTrails, ofAtom, type Shape, someAtom, store } from "./shape.ts";
import { carriesData } from "./sink-data.ts";
import { addHit } from "./sink-hits.ts";
import { sentSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { writeHeld } from "./state-store.ts";
import type { DeferredCall, SinkHit, Summary, Thrown } from "./summary.ts";
import { teachParameters } from "./teach-parameters.ts";
import { addThrown, catchThrown, rejecting } from "./thrown.ts";
import { callUnseen } from "./unknown-code.ts";

/** The root of the made-up call of a function that nobody calls. */
export const rootCall = "root";

/** The receiver itself. */
const selfKey = symAtom("this", [], false).key;

/** The effect of one call of a function of the workspace: returns its result. */
export function applySummary(evaluation: Evaluation, node: FunctionNode, site: CallSite): Shape {
  const summary = evaluation.solver.summaryFor(evaluation.node.id, node.id);
  if (evaluation.work > limits.work) {
    passHits(evaluation, summary);
    return callUnseen(evaluation, site);
  }
  const binding: Binding = {
    evaluation,
    site,
    node,
    results: new Map(),
    changed: new Map(),
    loaded: new Map(),
  };
  teachParameters(evaluation, site, node);
  resolveDeferred(binding, summary);
  for (const hit of summary.hits) applyHit(binding, hit);
  for (const each of summary.clients)
    takeClient(evaluation, each, substitute(binding, each.client, "both"), site);
  const changed = applyEffects(binding, summary);
  applyDeferredEffects(binding, summary);
  const thrown = thrownHere(binding, summary);
  let result = sanitized(node, substitute(binding, summary.returns, "both"));
  if (node.facts.generator)
    result = store(result, sentSlot, ofAtom(settleAtom(evaluation, sentCell(binding), 0)));
  if (node.facts.async && !node.facts.generator) result = rejecting(result, thrown);
  else for (const { shape, when } of thrown) addThrown(evaluation, site.thrownAt ?? site.id, shape, when);
  if (summary.returns.atoms.has(selfKey) || (changed && isOwner(node, site, result))) {
    evaluation.returnsSelf.add(site.id);
    if (changed) result = join(result, changed);
  }
  const step = { kind: "returned", site: site.call, name: site.name || node.facts.name } as const;
  return mapTrails(result, (trail, atom) =>
    atom.kind === "sym" ? trail : addStep(trail ?? startOf(atom), step),
  );
}

/** What the callee throws, where that can be here. */
function thrownHere(binding: Binding, { throws }: Summary): Thrown[] {
  return throws.flatMap((each) => {
    const when = substituted(binding, each.when);
    return when ? { shape: substitute(binding, each.shape, "both"), when } : [];
  });
}

function resolveDeferred(binding: Binding, summary: Summary): void {
  const { evaluation, site } = binding;
  for (const each of summary.deferred) {
    const root = `${site.root}/${each.root}`;
    // Functions that call themselves, or each other, would hand their callbacks' calls on to themselves for ever.
    const through = [...each.through, binding.node.id];
    const recursive = site.root !== rootCall && through.includes(evaluation.node.id);
    const callee = substitute(binding, each.callee, "both");
    const { result, thrown } =
      recursive || (root.split("/").length > limits.deferredLevels && !isSettle(callee))
        ? { result: ofAtom(openAtom), thrown: empty }
        : catchThrown(evaluation, (at) => callDeferred(binding, each, callee, { root, through }, at));
    binding.results.set(each.root, result);
    binding.results.set(`t${each.root.slice(1)}`, thrown);
  }
}

/** Data that the callee itself passes on enters where it calls a method; what it hands to a callback enters in there. */
function ownSite({ callee, argSites }: Summary["deferred"][number], index: number): Site | undefined {
  for (const { atom } of callee.atoms.values())
    if (atom.kind === "sym" && atom.path.length > 0) return argSites[index];
  return undefined;
}

/** The arguments of a deferred call, and where they enter. An array that is spread gives its items, where they are known here. */
function passedOn(binding: Binding, { args, spreadFrom, spreadList }: DeferredCall) {
  const given = args.map((arg) => substitute(binding, arg, "both"));
  const entries = args.map((arg) => entrySite(binding, arg));
  if (spreadFrom === undefined) return { args: given, entries };
  const list = spreadList && substitute(binding, spreadList, "both");
  const items = list && writtenItems(list);
  if (!items) return { args: given, entries, spreadFrom, spreadList: list };
  return {
    args: [...given.slice(0, spreadFrom), ...items],
    entries: [...entries.slice(0, spreadFrom), ...items.map((_, at) => itemSite(binding, spreadList, at))],
  };
}

/** Where an item of a rest parameter's array is written. */
function itemSite({ site, node }: Binding, list: Shape, at: number): Site | undefined {
  for (const { atom } of list.atoms.values()) {
    const index = atom.kind === "sym" && atom.path.length === 0 ? Number(atom.root.slice(1)) : -1;
    if (node.facts.params[index]?.rest) return site.argSites[index + at];
  }
  return undefined;
}

function callDeferred(
  binding: Binding,
  each: DeferredCall,
  callee: Shape,
  way: Pick<CallSite, "root" | "through">,
  at: number,
): Shape {
  const { entries, ...given } = passedOn(binding, each);
  const site: CallSite = {
    id: at,
    thrownAt: at,
    call: entries.some((entry) => entry !== undefined) ? binding.site.call : each.call,
    callee,
    self: each.receiver && substitute(binding, each.receiver, "both"),
    ...given,
    argSites: entries.map((entry, index) => entry ?? ownSite(each, index)),
    name: each.name,
    ...way,
    ...(each.typeArgs && { typeArgs: each.typeArgs }),
  };
  const { evaluation } = binding;
  const { calls } = evaluation.solver;
  if (each.constructs) return calls.constructShape(evaluation, site);
  const result = calls.callShape(evaluation, site, each.method);
  for (const { root, path, fields } of effectsOf(evaluation, at, each, site)) {
    binding.changed.set(root, withChanged(rootValue(binding, root), path, fields));
    binding.loaded.clear();
  }
  return result;
}

/** A sink below: what this caller passes enters here; what the callee found by itself enters there. */
function applyHit(binding: Binding, hit: SinkHit): void {
  const { evaluation, site } = binding;
  const when = substituted(binding, hit.when);
  if (!when) return;
  const client = callersClient(
    hit.client,
    (shape) => substitute(binding, shape, "both"),
    (port) => portValue(binding, port),
  );
  const channel = site.channel ?? hit.channel;
  const passed = substitute(binding, hit.data, "caller");
  if (someAtom(passed, carriesData)) {
    const argument = entrySite(binding, hit.data);
    const entry = argument ? { call: site.call, argument } : {};
    addHit(evaluation, { ...hit, ...entry, data: passed, client, channel }, when);
  }
  const found = substitute(binding, hit.data, "callee");
  if (someAtom(found, carriesData)) addHit(evaluation, { ...hit, data: found, client, channel }, when);
}

/** Gives the receiver where its methods' captured variables have changed. */
function applyEffects(binding: Binding, summary: Summary): Shape | undefined {
  const { evaluation, site, node } = binding;
  let changed: Shape | undefined;
  for (const [index, shape] of summary.params.entries()) {
    if (shape) setAfter(evaluation, site.id, index, changedObject(binding, shape));
  }
  if (summary.self) setAfter(evaluation, site.id, -1, changedObject(binding, summary.self));
  for (const [key, shape] of summary.cells) {
    const value = changedObject(binding, shape);
    if (isFieldFunction(binding, key)) setAfter(evaluation, site.id, -1, value);
    else {
      changed = writeOuter(evaluation, site, node.file, key, value) ?? changed;
    }
  }
  return changed;
}

function changedObject(binding: Binding, shape: Shape): Shape {
  const changed = substitute(binding, shape, "both");
  writeHeld(binding.evaluation, changed);
  return changed;
}
