import { limits } from "../base/limits.ts";
import type { FunctionNode } from "../link/index.ts";
import { argumentList, arrayOf, writtenItems } from "./array-shape.ts";
import { type Atom, addStep, joinTrails, openAtom, sourceAtom, symAtom, type Trail } from "./atom.ts";
import { substituteConditions } from "./call-conditions.ts";
import { agrees, callerCondition } from "./caller-value.ts";
import { callersClient } from "./client-places.ts";
import { movedHome, readHome } from "./closure-homes.ts";
import { isFieldFunction, isOwner } from "./closure-state.ts";
import { constantAt, dependsOnPorts } from "./constant-atom.ts";
import { applyDeferredEffects, effectsOf, withChanged, writeOuter } from "./deferred-effects.ts";
import { loadPath } from "./evaluate-load.ts";
import { setAfter } from "./evaluation.ts";
import type { Site, Step } from "./flow.ts";
import { hasType } from "./join-known.ts";
import { storeSome } from "./keyed-entries.ts";
import { keyedValue } from "./keyed-value.ts";
import { takeClient } from "./made-clients.ts";
import { makeSafe } from "./make-safe.ts";
import { tellsSources } from "./parameter-models.ts";
import type { Port } from "./port.ts";
import { withReadFrom } from "./rows.ts";
import { sanitized } from "./sanitizes-tag.ts";
import { isSettle, movedCell, movedSettle, settleAtom, written } from "./settle.ts";
import {
  empty,
  flatten,
  type Held,
  hasAtom,
  isOpen,
  join,
  joinAll,
  mapTrails,
  ofAtom,
  type Shape,
  shapeOf,
  someAtom,
  store,
} from "./shape.ts";
import { carriesData } from "./sink-data.ts";
import { addHit } from "./sink-hits.ts";
import { addToSlot, rejectedSlot, sentSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { sourceOf } from "./source-shape.ts";
import { writeHeld } from "./state-store.ts";
import type { DeferredCall, SinkHit, Summary } from "./summary.ts";
import { addThrown, catchThrown } from "./thrown.ts";
import { typeAtom } from "./type-shape.ts";
import { callUnseen } from "./unknown-code.ts";
import { withoutKnown } from "./without-known.ts";

/** Which of the two halves of a substituted value to keep: what came from the caller, or what the callee found itself. */
type Half = "both" | "caller" | "callee";

/** The root of the made-up call of a function that nobody calls. */
export const rootCall = "root";

/** The receiver itself. */
const selfKey = symAtom("this", [], false).key;

interface Binding {
  readonly evaluation: Evaluation;
  readonly site: CallSite;
  readonly node: FunctionNode;
  readonly results: Map<string, Shape>;
  /** What deferred calls have made of the callee's ports so far, by root. */
  readonly changed: Map<string, Shape>;
  /** What symbols of the callee are here, by root and path: summaries name the same few over and over. */
  readonly loaded: Map<string, Shape>;
}

/** The effect of one call of a function of the workspace: returns its result. */
export function applySummary(evaluation: Evaluation, node: FunctionNode, site: CallSite): Shape {
  const summary = evaluation.solver.summaryFor(evaluation.node.id, node.id);
  if (evaluation.work > limits.work) return callUnseen(evaluation, site);
  const binding: Binding = {
    evaluation,
    site,
    node,
    results: new Map(),
    changed: new Map(),
    loaded: new Map(),
  };
  teachParameters(binding);
  resolveDeferred(binding, summary);
  for (const hit of summary.hits) applyHit(binding, hit);
  for (const each of summary.clients)
    takeClient(evaluation, each, substitute(binding, each.client, "both"), site);
  const changed = applyEffects(binding, summary);
  applyDeferredEffects(binding, summary);
  const thrown = substitute(binding, summary.throws, "both");
  let result = sanitized(node, substitute(binding, summary.returns, "both"));
  if (node.facts.generator)
    result = store(result, sentSlot, ofAtom(settleAtom(evaluation, sentCell(binding), 0)));
  if (node.facts.async && !node.facts.generator)
    result = someAtom(thrown, carriesData) ? addToSlot(result, rejectedSlot, thrown) : result;
  else addThrown(evaluation, site.thrownAt ?? site.id, thrown);
  if (summary.returns.atoms.has(selfKey) || (changed && isOwner(node, site, result))) {
    evaluation.returnsSelf.add(site.id);
    if (changed) result = join(result, changed);
  }
  const step = { kind: "returned", site: site.call, name: site.name || node.facts.name } as const;
  return mapTrails(result, (trail, atom) =>
    atom.kind === "sym" ? trail : addStep(trail ?? startOf(atom), step),
  );
}

/** A framework's request that is handed on is the same request there: its members are read in the callee. */
function teachParameters({ evaluation, site, node }: Binding): void {
  for (const [index, arg] of site.args.entries()) {
    for (const { atom } of arg.atoms.values()) {
      if (atom.kind === "api" && !atom.guessed && tellsSources(atom.node))
        evaluation.solver.parameters.learn(node.id, index, {
          rest: [],
          says: { type: atom.node, passed: true },
        });
    }
  }
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
  const when = substituteConditions(hit.when, (port) => portValue(binding, port));
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

/** The argument (or the receiver) through which what this caller passes gets into a value of the callee. */
function entrySite(binding: Binding, data: Shape): Site | undefined {
  let entry: Site | undefined;
  someAtom(data, (atom) => {
    if (atom.kind === "sym") entry = rootSite(binding, atom);
    return entry !== undefined;
  });
  return entry;
}

function rootSite(binding: Binding, atom: Extract<Atom, { kind: "sym" }>): Site | undefined {
  const { site, node } = binding;
  if (!someAtom(symbolValue(binding, atom, undefined), carriesData)) return undefined;
  if (atom.root === "this") return site.selfSite;
  if (!atom.root.startsWith("p")) return undefined;
  const index = Number(atom.root.slice(1));
  const first = Math.min(index, site.spreadFrom ?? index);
  if (!node.facts.params[index]?.rest && first === index) return site.argSites[index];
  const from = site.args.findIndex((arg, at) => at >= first && someAtom(arg, carriesData));
  return site.argSites[from];
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

/** The callee's terms in the caller's: symbols become what the caller passes; conditions are checked. */
export function substitute(binding: Binding, shape: Shape, half: Half): Shape {
  const parts: Shape[] = [];
  binding.evaluation.work += shape.atoms.size;
  let known = false;
  for (const held of shape.atoms.values()) {
    if (known && held.atom.kind === "instance" && !held.atom.exact) continue;
    const part = substituteAtom(binding, held, half);
    // The caller knows better of which class its object is.
    if (held.atom.kind === "sym") known ||= isInstance(part);
    parts.push(half === "caller" && held.atom.kind === "sym" ? withoutKnown(part, shape, held.atom) : part);
  }
  let result = joinAll(parts);
  if (!shape.fields) return result;
  for (const [key, value] of shape.fields) {
    const field = substitute(binding, value, half);
    // A field that the callee overwrote stays overwritten, also when nothing of this half is left in it.
    if (key === "*") result = storeSome(result, field);
    else if (field !== empty || !key.startsWith("@@")) result = store(result, key, field);
  }
  return result;
}

function isInstance(shape: Shape): boolean {
  return hasAtom(shape, (atom) => atom.kind === "instance");
}

function substituteAtom(binding: Binding, held: Held, half: Half): Shape {
  const { atom, trail } = held;
  if (atom.kind === "sym") return half === "callee" ? empty : symbolValue(binding, atom, trail);
  if (atom.kind === "source" || atom.kind === "type") {
    if (half === "caller") return empty;
    return atom.unless ? conditional(binding, atom, trail) : shapeOf(held);
  }
  if ((atom.kind === "constant" || atom.kind === "setting") && dependsOnPorts(atom))
    return constantAt(atom, trail, (port) => portValue(binding, port));
  if (atom.kind === "settle")
    return ofAtom(movedSettle(binding.evaluation, binding.site, binding.node.id, atom), trail);
  if (atom.kind === "home")
    return ofAtom(movedHome(binding.evaluation, binding.site, binding.node.id, atom), trail);
  return shapeOf(held);
}

function symbolValue(
  binding: Binding,
  atom: Extract<Atom, { kind: "sym" }>,
  after: Trail | undefined,
): Shape {
  let value = binding.loaded.get(atom.key);
  if (!value) {
    value = atom.keyed
      ? keyedValue(binding.evaluation.solver, atom, (port) => portValue(binding, port))
      : portValue(binding, atom);
    binding.evaluation.work += value.atoms.size;
    if (atom.deep) value = flatten(value);
    if (atom.safe) value = makeSafe(value, atom.safe);
    // The result of a deferred call is not known before that call is resolved.
    if (!atom.root.startsWith("r")) binding.loaded.set(atom.key, value);
  }
  const step = passedStep(binding, atom);
  if (!step && !after) return value;
  return mapTrails(value, (trail, each) => {
    const start = each.kind === "source" || each.kind === "type" ? (trail ?? startOf(each)) : trail;
    return joinTrails(step ? addStep(start, step) : start, after);
  });
}

function portValue(binding: Binding, { root, path }: Port): Shape {
  return loadPath(binding.evaluation.solver, rootValue(binding, root), path);
}

function startOf(atom: Atom): Trail | undefined {
  if (atom.kind !== "source") return undefined;
  return sourceOf(atom.source, false, undefined).atoms.values().next().value?.trail;
}

function passedStep(binding: Binding, atom: Extract<Atom, { kind: "sym" }>): Step | undefined {
  const { facts, file } = binding.node;
  if (atom.root.startsWith("c:"))
    return { kind: "captured", site: { file, ...facts.span }, name: facts.name };
  if (!atom.root.startsWith("p")) return undefined;
  const index = Number(atom.root.slice(1));
  const site = binding.site.argSites[index];
  if (!site) return undefined;
  return { kind: "passed", site, name: facts.name || binding.site.name, as: facts.params[index]?.name ?? "" };
}

function rootValue(binding: Binding, root: string): Shape {
  const { site, node } = binding;
  const changed = binding.changed.get(root);
  if (changed) return changed;
  if (root === "this") return site.callee.fields?.get("@@this") ?? site.self ?? empty;
  if (root.startsWith("p")) {
    const index = Number(root.slice(1));
    const spread = site.spreadFrom !== undefined && index >= site.spreadFrom;
    const given = spread ? joinAll(site.args.slice(site.spreadFrom)) : undefined;
    if (!node.facts.params[index]?.rest) return given ?? site.args[index] ?? empty;
    if (!given && site.spreadFrom === undefined) return arrayOf(site.args.slice(index));
    return argumentList(given ?? joinAll(site.args.slice(index)));
  }
  if (root === "sent") return written(binding.evaluation, sentCell(binding)) ?? empty;
  if (root.startsWith("r") || root.startsWith("t")) return binding.results.get(root) ?? empty;
  if (root.startsWith("n")) return movedCell(binding.evaluation, site, root.slice(1));
  if (site.self && isFieldFunction(binding, root)) return site.self;
  const captured = site.callee.fields?.get(`@@${root}`) ?? ofAtom(openAtom);
  return join(captured, readHome(binding.evaluation, site, root));
}

/** Each call of a generator has its own conversation with whoever calls `next`. */
function sentCell(binding: Binding): string {
  return `${binding.site.root}:sent`;
}

/** Personal data that the callee told by a name or a declared type: kept only where the caller's value may be that. */
function conditional(
  binding: Binding,
  atom: Extract<Atom, { kind: "source" | "type" }>,
  trail: Trail | undefined,
): Shape {
  const port = atom.unless as Port;
  const value = portValue(binding, port);
  if (!isOpen(value) && !agrees(value, atom)) return empty;
  if (atom.kind === "source" && atom.record && (value.fields || hasType(value))) return empty;
  const unless = callerCondition(value);
  const kept: Atom =
    atom.kind === "source"
      ? sourceAtom(atom.source, atom.record, unless, atom.safe)
      : typeAtom(atom.type, { owner: atom.owner, site: atom.site, depth: atom.depth, unless });
  return withReadFrom(binding.evaluation.solver, value, ofAtom(kept, trail));
}
