import { limits } from "../base/limits.ts";
import type { FunctionNode } from "../link/index.ts";
import { type Atom, addStep, joinTrails, openAtom, type Port, sourceAtom, type Trail } from "./atom.ts";
import { loadPath, sourceOf } from "./evaluate-load.ts";
import { setAfter } from "./evaluation.ts";
import {
  empty,
  flatten,
  type Held,
  isOpen,
  join,
  load,
  makeSafe,
  mapTrails,
  ofAtom,
  type Shape,
  shapeOf,
  someAtom,
  store,
} from "./shape.ts";
import { addHit, carriesData } from "./sink-hits.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import type { SinkHit, Summary } from "./summary.ts";
import { typeAtom } from "./type-shape.ts";

/** Which of the two halves of a substituted value to keep: what came from the caller, or what the callee found itself. */
type Half = "both" | "caller" | "callee";

interface Binding {
  readonly evaluation: Evaluation;
  readonly site: CallSite;
  readonly node: FunctionNode;
  readonly results: Map<string, Shape>;
}

/** The effect of one call of a function of the workspace: returns its result. */
export function applySummary(evaluation: Evaluation, node: FunctionNode, site: CallSite): Shape {
  const summary = evaluation.solver.summaryFor(evaluation.node.id, node.id);
  const binding: Binding = { evaluation, site, node, results: new Map() };
  resolveDeferred(binding, summary);
  for (const hit of summary.hits) applyHit(binding, hit);
  applyEffects(binding, summary);
  const thrown = substitute(binding, summary.throws, "both");
  evaluation.thrown.set(site.id, join(evaluation.thrown.get(site.id) ?? empty, thrown));
  const result = substitute(binding, summary.returns, "both");
  const step = { kind: "returned", site: site.call, name: site.name || node.facts.name } as const;
  return mapTrails(result, (trail, atom) => (atom.kind === "source" && trail ? addStep(trail, step) : trail));
}

function resolveDeferred(binding: Binding, summary: Summary): void {
  const { evaluation, site } = binding;
  for (const each of summary.deferred) {
    const root = `${site.root}/${each.root}`;
    const result =
      root.split("/").length > 4
        ? ofAtom(openAtom)
        : evaluation.solver.calls.callShape(evaluation, {
            id: -1,
            call: each.call,
            callee: substitute(binding, each.callee, "both"),
            self: each.receiver && substitute(binding, each.receiver, "both"),
            args: each.args.map((arg) => substitute(binding, arg, "both")),
            argSites: each.argSites,
            name: each.name,
            root,
          });
    binding.results.set(each.root, result);
  }
}

/** A sink below: what this caller passes enters here; what the callee found by itself enters there. */
function applyHit(binding: Binding, hit: SinkHit): void {
  const { evaluation, site } = binding;
  const client = substitute(binding, hit.client, "both");
  const channel = site.channel ?? hit.channel;
  const passed = substitute(binding, hit.data, "caller");
  if (someAtom(passed, carriesData)) {
    const argument = site.argSites[entryArgument(hit.data)] ?? hit.argument;
    const known = site.id >= 0 || site.argSites.length > 0;
    addHit(evaluation, {
      ...hit,
      call: known ? site.call : hit.call,
      argument: known ? argument : hit.argument,
      data: passed,
      client,
      channel,
    });
  }
  const found = substitute(binding, hit.data, "callee");
  if (someAtom(found, carriesData)) addHit(evaluation, { ...hit, data: found, client, channel });
}

/** The first parameter through which data reaches the sink. */
function entryArgument(data: Shape): number {
  let first = Number.POSITIVE_INFINITY;
  someAtom(data, (atom) => {
    if (atom.kind === "sym" && atom.root.startsWith("p")) first = Math.min(first, Number(atom.root.slice(1)));
    return false;
  });
  return first;
}

function applyEffects(binding: Binding, summary: Summary): void {
  const { evaluation, site, node } = binding;
  for (const [index, shape] of summary.params.entries()) {
    if (shape) setAfter(evaluation, site.id, index, substitute(binding, shape, "both"));
  }
  if (summary.self) setAfter(evaluation, site.id, -1, substitute(binding, summary.self, "both"));
  for (const [key, shape] of summary.cells) {
    evaluation.solver.writeCell(evaluation, node.file, key, substitute(binding, shape, "both"));
  }
}

/** The callee's terms in the caller's: symbols become what the caller passes; conditions are checked. */
export function substitute(binding: Binding, shape: Shape, half: Half): Shape {
  let result = empty;
  for (const held of shape.atoms.values()) {
    const part = substituteAtom(binding, held, half);
    if (part !== empty) result = result === empty ? part : join(result, part);
  }
  if (!shape.fields) return result;
  for (const [key, value] of shape.fields) {
    const field = substitute(binding, value, half);
    // A field that the callee overwrote stays overwritten, also when nothing of this half is left in it.
    if (field !== empty || !key.startsWith("@@")) result = store(result, key, field);
  }
  return result;
}

function substituteAtom(binding: Binding, held: Held, half: Half): Shape {
  const { atom, trail } = held;
  if (atom.kind === "sym") return half === "callee" ? empty : symbolValue(binding, atom, trail);
  if (atom.kind === "source" || atom.kind === "type") {
    if (half === "caller") return empty;
    return atom.unless ? conditional(binding, atom, trail) : shapeOf(held);
  }
  return shapeOf(held);
}

function symbolValue(
  binding: Binding,
  atom: Extract<Atom, { kind: "sym" }>,
  after: Trail | undefined,
): Shape {
  const base = rootValue(binding, atom.root);
  let value = loadPath(binding.evaluation.solver, base, atom.path);
  if (atom.deep) value = flatten(value);
  if (atom.safe) value = makeSafe(value, atom.safe);
  const step = passedStep(binding, atom);
  return mapTrails(value, (trail, each) => {
    const start = each.kind === "source" || each.kind === "type" ? (trail ?? startOf(each)) : trail;
    return joinTrails(step ? addStep(start, step) : start, after);
  });
}

function startOf(atom: Atom): Trail | undefined {
  if (atom.kind !== "source") return undefined;
  return sourceOf(atom.source, false, undefined).atoms.values().next().value?.trail;
}

function passedStep(binding: Binding, atom: Extract<Atom, { kind: "sym" }>) {
  if (!atom.root.startsWith("p")) return undefined;
  const index = Number(atom.root.slice(1));
  const site = binding.site.argSites[index];
  if (!site) return undefined;
  const name = binding.node.facts.name || binding.site.name;
  return { kind: "passed", site, name, as: binding.node.facts.params[index]?.name ?? "" } as const;
}

function rootValue(binding: Binding, root: string): Shape {
  const { site, node } = binding;
  if (root === "this") return site.self ?? load(site.callee, "@@this");
  if (root.startsWith("p")) {
    const index = Number(root.slice(1));
    if (!node.facts.params[index]?.rest) return site.args[index] ?? empty;
    return site.args.slice(index).reduce((all, arg) => join(all, store(empty, "*", arg)), empty);
  }
  if (root.startsWith("r")) return binding.results.get(root) ?? empty;
  return site.callee.fields?.get(`@@${root}`) ?? ofAtom(openAtom);
}

/** Personal data that the callee told by a name or a declared type: kept only where the caller's value may be that. */
function conditional(
  binding: Binding,
  atom: Extract<Atom, { kind: "source" | "type" }>,
  trail: Trail | undefined,
): Shape {
  const port = atom.unless as Port;
  const solver = binding.evaluation.solver;
  const value = loadPath(solver, rootValue(binding, port.root), port.path);
  if (!isOpen(value) || knowsBetter(value, atom)) return empty;
  const unless = callerCondition(value);
  const kept: Atom =
    atom.kind === "source"
      ? sourceAtom(atom.source, atom.record, unless, atom.safe)
      : typeAtom(atom.type, { owner: atom.owner, site: atom.site, depth: atom.depth, unless });
  return ofAtom(kept, trail);
}

/** Whether the caller's value says itself what the callee took it for. */
function knowsBetter(value: Shape, guess: Extract<Atom, { kind: "source" | "type" }>): boolean {
  for (const { atom } of value.atoms.values()) {
    if (atom.kind === "type" && (guess.kind === "type" || guess.record)) return true;
    if (atom.kind !== "source") continue;
    if (guess.kind === "type" || atom.source.dataType === guess.source.dataType) return true;
  }
  return guess.kind === "source" && guess.record && value.fields !== undefined;
}

/** Still a condition when the caller's value is its own caller's; no condition when it is open for good. */
function callerCondition(value: Shape): Port | undefined {
  let condition: Port | undefined;
  for (const { atom } of value.atoms.values()) {
    if (atom.kind === "sym" && atom.path.length < limits.pathDepth)
      condition ??= { root: atom.root, path: atom.path };
    else if (atom.kind !== "type" && atom.kind !== "source" && atom.kind !== "constant") return undefined;
  }
  return condition;
}
