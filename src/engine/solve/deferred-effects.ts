import type { Atom } from "./atom.ts";
import { join, load, type Shape, sameShape, someAtom, store } from "./shape.ts";
import { carriesData } from "./sink-data.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import type { DeferredCall } from "./summary.ts";

/** A field that a deferred call changed of an object that the caller passed (-1: of its receiver). */
export interface Effect {
  readonly port: number;
  readonly key: string;
  readonly value: Shape;
}

/**
 * What a deferred call did to the objects that it got, where the callee had them from its own caller as they are:
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
    const before = index === -1 ? made.self : made.args[index];
    return port === undefined ? [] : changedFields(port, before, changed);
  });
}

function changedFields(port: number, before: Shape | undefined, after: Shape): Effect[] {
  const effects: Effect[] = [];
  for (const [key, value] of after.fields ?? []) {
    const known = before?.fields?.get(key);
    const isChanged = value !== known && !(known && sameShape(known, value));
    if (isChanged && someAtom(value, isWorthTelling)) effects.push({ port, key, value });
  }
  return effects;
}

function isWorthTelling(atom: Atom): boolean {
  return carriesData(atom) || atom.kind === "function";
}

/** The in-port that a value of the callee is, when it is nothing else. */
function portOf(value: Shape | undefined): number | undefined {
  for (const { atom } of value?.atoms.values() ?? []) {
    if (atom.kind !== "sym" || atom.path.length > 0) continue;
    if (atom.root === "this") return -1;
    if (/^p\d/.test(atom.root)) return Number(atom.root.slice(1));
  }
  return undefined;
}

/** Tells the effects of what a call led to, after those of the function that is called. */
export function applyDeferredEffects(
  evaluation: Evaluation,
  site: CallSite,
  effects: readonly Effect[],
): void {
  for (const { port, key, value } of effects) {
    const given = port === -1 ? site.self : site.args[port];
    const states = evaluation.after.get(site.id) ?? new Map<number, Shape>();
    const known = states.get(port) ?? given;
    if (!known) continue;
    evaluation.after.set(site.id, states.set(port, store(known, key, join(load(known, key), value))));
  }
}
