import type { FunctionNode } from "../link/index.ts";
import { argumentList, arrayOf } from "./array-shape.ts";
import { type Atom, addStep, joinTrails, openAtom, sourceAtom, type Trail } from "./atom.ts";
import { substituteConditions } from "./call-conditions.ts";
import { agrees, callerCondition } from "./caller-value.ts";
import { movedHome, readHome } from "./closure-homes.ts";
import { isFieldFunction } from "./closure-state.ts";
import { constantAt, dependsOnPorts } from "./constant-atom.ts";
import { loadPath } from "./evaluate-load.ts";
import type { Site, Step } from "./flow.ts";
import { hasType } from "./join-known.ts";
import { storeSome } from "./keyed-entries.ts";
import { keyedValue } from "./keyed-value.ts";
import { makeSafe } from "./make-safe.ts";
import { isOtherData } from "./passed-data.ts";
import type { Port } from "./port.ts";
import type { PortCondition } from "./port-condition.ts";
import { withReadFrom } from "./rows.ts";
import { movedCell, movedSettle, written } from "./settle.ts";
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
import type { CallSite, Evaluation } from "./solver.ts";
import { sourceOf } from "./source-shape.ts";
import { typeAtom } from "./type-shape.ts";
import { withoutKnown } from "./without-known.ts";
import { passedAt } from "./written-values.ts";

/** Which of the two halves of a substituted value to keep: what came from the caller, or what the callee found itself. */
type Half = "both" | "caller" | "callee";

/** One call of a function of the workspace: what puts the callee's terms into the caller's. */
export interface Binding {
  readonly evaluation: Evaluation;
  readonly site: CallSite;
  readonly node: FunctionNode;
  readonly results: Map<string, Shape>;
  /** What deferred calls have made of the callee's ports so far, by root. */
  readonly changed: Map<string, Shape>;
  /** What symbols of the callee are here, by root and path: summaries name the same few over and over. */
  readonly loaded: Map<string, Shape>;
}

/** Conditions of the callee in this function's terms; undefined: they do not hold here. */
export function substituted(
  binding: Binding,
  conditions: readonly PortCondition[],
): readonly PortCondition[] | undefined {
  const { evaluation, site, node } = binding;
  return substituteConditions(
    conditions,
    ({ port }) => passedAt(evaluation, site, node, port),
    ({ port }) => portValue(binding, port),
  );
}

/** The argument (or the receiver) through which what this caller passes gets into a value of the callee. */
export function entrySite(binding: Binding, data: Shape): Site | undefined {
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

export function portValue(binding: Binding, { root, path }: Port): Shape {
  return loadPath(binding.evaluation.solver, rootValue(binding, root), path);
}

export function startOf(atom: Atom): Trail | undefined {
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

export function rootValue(binding: Binding, root: string): Shape {
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
export function sentCell(binding: Binding): string {
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
  if (!agrees(value, atom)) {
    if (!isOpen(value)) return empty;
    const { evaluation, site, node } = binding;
    if (atom.kind === "source" && isOtherData(evaluation, site, node, port, value, atom.source)) return empty;
  }
  if (atom.kind === "source" && atom.record && (value.fields || hasType(value))) return empty;
  const unless = callerCondition(value);
  const kept: Atom =
    atom.kind === "source"
      ? sourceAtom(atom.source, atom.record, unless, atom.safe)
      : typeAtom(atom.type, { owner: atom.owner, site: atom.site, depth: atom.depth, unless });
  return withReadFrom(binding.evaluation.solver, value, ofAtom(kept, trail));
}
