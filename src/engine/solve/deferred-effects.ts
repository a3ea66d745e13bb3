import type { FunctionNode } from "../link/index.ts";
import type { Atom } from "./atom.ts";
import { writeHome } from "./closure-homes.ts";
import { writeCaptured } from "./closure-state.ts";
import { setAfter } from "./evaluation.ts";
import { join, load, type Shape, sameShape, someAtom, store, withFields } from "./shape.ts";
import { carriesData } from "./sink-data.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import type { DeferredCall, Summary } from "./summary.ts";

/** The fields that a deferred call changed of an object of the callee's: at a path from one of its in-ports. */
interface Effect {
  readonly root: string;
  readonly path: readonly string[];
  readonly fields: ReadonlyMap<string, Shape>;
}

interface Call {
  readonly evaluation: Evaluation;
  readonly site: CallSite;
  readonly node: FunctionNode;
  readonly changed: ReadonlyMap<string, Shape>;
}

/** Fields between an in-port and the object that changed: `this.session.cache.put(value)`. */
const deepestObject = 1;

/**
 * What a deferred call did to the objects that it got, where the callee had them from its own caller, or captured them:
 * `store.put(value)` of a parameter `store`. Nobody knows when it was called: fields that it changed may be changed.
 */
export function effectsOf(
  evaluation: Evaluation,
  call: number,
  deferred: DeferredCall,
  made: Pick<CallSite, "self" | "args">,
): Effect[] {
  const states = evaluation.after.get(call);
  if (!states) return [];
  evaluation.after.delete(call);
  return [...states].flatMap(([index, changed]) => {
    const port = portOf(index === -1 ? deferred.receiver : deferred.args[index]);
    const fields = changedFields(index === -1 ? made.self : made.args[index], changed);
    return port === undefined || fields.size === 0 ? [] : [{ ...port, fields }];
  });
}

function changedFields(before: Shape | undefined, after: Shape): ReadonlyMap<string, Shape> {
  const fields = new Map<string, Shape>();
  for (const [key, value] of after.fields ?? []) {
    const known = before?.fields?.get(key);
    const isChanged = value !== known && !(known && sameShape(known, value));
    if (isChanged && someAtom(value, isWorthTelling)) fields.set(key, value);
  }
  return fields;
}

function isWorthTelling(atom: Atom): boolean {
  return carriesData(atom) || atom.kind === "function";
}

/** The place that a value of the callee has among its ports, when it is nothing else. */
function portOf(value: Shape | undefined): Pick<Effect, "root" | "path"> | undefined {
  for (const { atom } of value?.atoms.values() ?? []) {
    if (atom.kind !== "sym" || atom.deep || atom.path.length > deepestObject) continue;
    if (atom.root === "this" || atom.root.startsWith("c:") || /^p\d/.test(atom.root)) return atom;
  }
  return undefined;
}

/** An object of which a part may have got other fields. */
export function withChanged(
  object: Shape,
  [key, ...rest]: readonly string[],
  fields: ReadonlyMap<string, Shape>,
): Shape {
  if (key !== undefined) return store(object, key, withChanged(load(object, key), rest, fields));
  const changed = new Map(object.fields);
  for (const [name, value] of fields) changed.set(name, join(load(object, name), value));
  return withFields(object, changed);
}

/** Tells what deferred calls have made of the callee's ports, where the callee itself does not tell what it leaves there. */
export function applyDeferredEffects(
  { evaluation, site, node: { file, facts }, changed }: Call,
  { params, self, cells }: Summary,
): void {
  for (const [root, value] of changed) {
    if (root.startsWith("c:")) {
      if (!cells.has(root)) writeOuter(evaluation, site, file, root, value);
      continue;
    }
    const port = root === "this" ? -1 : Number(root.slice(1));
    const told = port === -1 ? self : params[port];
    if (!told && !facts.params[port]?.rest) setAfter(evaluation, site.id, port, value);
  }
}

/** A variable that the callee captured has changed. Gives the receiver, where its methods captured it too. */
export function writeOuter(
  evaluation: Evaluation,
  site: CallSite,
  file: string,
  key: string,
  value: Shape,
): Shape | undefined {
  evaluation.solver.writeCell(evaluation, file, key, value);
  const kept = writeCaptured(evaluation, site, key, value);
  if (key.startsWith("c:")) writeHome(evaluation, site, key, value, kept ? "method" : "alone");
  return kept;
}
