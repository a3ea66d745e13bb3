import { writtenItems } from "./array-shape.ts";
import { isList, list, textsOf } from "./builtin-call.ts";
import { loadPath } from "./evaluate-load.ts";
import { replaced } from "./json-replacer.ts";
import { callOwn } from "./own-methods.ts";
import { empty, fromText, load, type Shape, someAtom, store, toText, withFields } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** Objects in objects that are looked into for a `toJSON`, or for the keys of a list. */
const deepest = 3;

/** JSON text keeps the fields that it is made of: they are there again when it is parsed. */
export function toJson(site: CallSite, evaluation: Evaluation): Shape {
  const value = serialised(evaluation, site, site.args[0] ?? empty, 0);
  const replacer = site.args[1];
  if (!replacer) return toText(value);
  const keys = writtenItems(replacer)?.map((item) => textsOf(item) ?? []);
  if (keys) return toText(onlyKeys(evaluation, value, keys.flat(), 0));
  if (!someAtom(replacer, (atom) => atom.kind === "function")) return toText(value);
  return replaced(evaluation, site, value);
}

export function fromJson(site: CallSite): Shape {
  return fromText(site.args[0] ?? empty);
}

function serialised(evaluation: Evaluation, site: CallSite, value: Shape, depth: number): Shape {
  const own = callOwn(evaluation, site, value, "toJSON");
  if (own) return own;
  if (!value.fields || depth > deepest) return value;
  let changed: Map<string, Shape> | undefined;
  for (const [key, field] of value.fields) {
    if (key.startsWith("@@")) continue;
    const next = serialised(evaluation, site, field, depth + 1);
    if (next === field) continue;
    changed ??= new Map(value.fields);
    changed.set(key, next);
  }
  return changed ? withFields(value, changed) : value;
}

/** `JSON.stringify(value, ["id"])`: at every level, only these keys. */
function onlyKeys(evaluation: Evaluation, value: Shape, keys: readonly string[], depth: number): Shape {
  if (depth > deepest) return empty;
  if (isList(value)) return list(onlyKeys(evaluation, load(value, "*"), keys, depth));
  return keys.reduce((kept, key) => store(kept, key, loadPath(evaluation.solver, value, [key])), empty);
}
