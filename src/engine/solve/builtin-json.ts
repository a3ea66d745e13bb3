import { writtenItems } from "./array-shape.ts";
import { isList, list, textsOf } from "./builtin-call.ts";
import { keptFromJson } from "./builtin-maps.ts";
import { loadPath } from "./evaluate-load.ts";
import { replaced } from "./json-replacer.ts";
import { makeSafe } from "./make-safe.ts";
import { callOwn } from "./own-methods.ts";
import { withoutAccessors } from "./safety.ts";
import { empty, fromText, load, type Shape, someAtom, store, toText, withFields } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** Objects in objects that are looked into for a `toJSON`, or for the keys of a list. */
const deepest = 3;

/** JSON text keeps the fields that it is made of: they are there again when it is parsed. */
export function toJson(site: CallSite, evaluation: Evaluation): Shape {
  const replacer = site.args[1];
  const calls = replacer !== undefined && someAtom(replacer, (atom) => atom.kind === "function");
  const value = serialised(evaluation, site, site.args[0] ?? empty, calls, 0);
  if (calls) return makeSafe(replaced(evaluation, site, value), withoutAccessors);
  const keys = replacer && writtenItems(replacer)?.map((item) => textsOf(item) ?? []);
  const kept = keys ? onlyKeys(evaluation, value, keys.flat(), 0) : value;
  return toText(makeSafe(kept, withoutAccessors));
}

export function fromJson(site: CallSite): Shape {
  return fromText(site.args[0] ?? empty);
}

/** `replaced`: a function gets what is in it first, and may make an object of a map. */
function serialised(
  evaluation: Evaluation,
  site: CallSite,
  value: Shape,
  replaced: boolean,
  depth: number,
): Shape {
  const own = callOwn(evaluation, site, value, "toJSON");
  if (own) return own;
  if (!replaced && isKept(value)) return empty;
  if (!value.fields || depth > deepest) return value;
  let changed: Map<string, Shape> | undefined;
  for (const [key, field] of value.fields) {
    if (key.startsWith("@@")) continue;
    const next = serialised(evaluation, site, field, replaced, depth + 1);
    if (next === field) continue;
    changed ??= new Map(value.fields);
    changed.set(key, next);
  }
  return changed ? withFields(value, changed) : value;
}

/** It has nothing that JSON would write. */
function isKept({ atoms }: Shape): boolean {
  let kept = false;
  for (const { atom } of atoms.values()) {
    if (atom.kind === "builtin" && keptFromJson.has(atom.type)) kept = true;
    else if (atom.kind !== "sym") return false;
  }
  return kept;
}

/** `JSON.stringify(value, ["id"])`: at every level, only these keys. */
function onlyKeys(evaluation: Evaluation, value: Shape, keys: readonly string[], depth: number): Shape {
  if (depth > deepest) return empty;
  if (isList(value)) return list(onlyKeys(evaluation, load(value, "*"), keys, depth));
  return keys.reduce((kept, key) => store(kept, key, loadPath(evaluation.solver, value, [key])), empty);
}
