import { accessorKey } from "../base/accessor-key.ts";
import { readThrough } from "./accessors.ts";
import { type Atom, builtinAtom, sourceAtom } from "./atom.ts";
import { list, open, record, textOf } from "./builtin-call.ts";
import { type BuiltinFunction, clean, first } from "./builtin-function.ts";
import { withEntry } from "./builtin-maps.ts";
import { loadPath } from "./evaluate-load.ts";
import { setAfter } from "./evaluation.ts";
import { keysField } from "./key-words.ts";
import { iterated } from "./own-methods.ts";
import {
  empty,
  flatten,
  isEmpty,
  join,
  load,
  mapAtoms,
  ofAtom,
  type Shape,
  store,
  withFields,
} from "./shape.ts";
import type { CallSite, Evaluation, Solver } from "./solver.ts";
import { storeUnder } from "./store-under.ts";

/** Later arguments' fields win; the first argument is changed in place. */
const assign: BuiltinFunction = ({ args, id }, evaluation) => {
  const result = args.reduce((base, over) => overlay(evaluation.solver, base, over), empty);
  setAfter(evaluation, id, 0, result);
  return result;
};

/** `{ ...base, ...over }`. What `over` may hold without our knowing its fields joins what `base` has. */
export function overlay(solver: Solver, base: Shape, over: Shape): Shape {
  const fields = new Map<string, Shape>();
  for (const [key, value] of base.fields ?? []) {
    fields.set(key, over.atoms.size > 0 && key !== "*" ? join(value, loadPath(solver, over, [key])) : value);
  }
  for (const [key, value] of over.fields ?? []) {
    const joins = key === "*" || key === keysField;
    if (!key.startsWith("@@")) fields.set(key, joins ? join(fields.get(key) ?? empty, value) : value);
  }
  return withFields(
    join({ atoms: base.atoms, fields: undefined }, { atoms: spreadable(over), fields: undefined }),
    fields,
  );
}

function spreadable(shape: Shape): Shape["atoms"] {
  return new Map(
    [...shape.atoms].filter(
      ([, { atom }]) =>
        atom.kind !== "function" &&
        atom.kind !== "constant" &&
        atom.kind !== "builtin" &&
        !(atom.kind === "source" && atom.source.accessors),
    ),
  );
}

const firstArg = (site: CallSite) => site.args[0] ?? empty;
const keysOf = (object: Shape) => load(object, keysField);
const valuesOf = (object: Shape) => load(object, "*");

/** A value under a key that may be known. */
function put(evaluation: Evaluation, id: number, target: Shape, key: Shape | undefined, value: Shape): Shape {
  const next = store(target, textOf(key) ?? "*", value);
  setAfter(evaluation, id, 0, next);
  return next;
}

/** An object with a property that a descriptor describes: a value, or accessors. */
function define(
  site: CallSite,
  evaluation: Evaluation,
  target: Shape,
  key: string,
  descriptor: Shape,
): Shape {
  const [getter, setter] = [load(descriptor, "get"), load(descriptor, "set")];
  let made = target;
  if (!isEmpty(setter)) made = store(made, accessorKey("set", key), setter);
  if (!isEmpty(getter)) made = store(made, accessorKey("get", key), getter);
  const got = isEmpty(getter) ? empty : readThrough(evaluation, { ...site, name: key }, getter, made);
  return store(made, key, join(load(descriptor, "value"), got));
}

/** An object with all that a list of descriptors describes. */
export function defineAll(site: CallSite, evaluation: Evaluation, descriptors: Shape | undefined): Shape {
  let made = firstArg(site);
  for (const [key, descriptor] of descriptors?.fields ?? [])
    if (!key.startsWith("@@")) made = define(site, evaluation, made, key, descriptor);
  return made;
}

const defineProperty: BuiltinFunction = (site, evaluation) => {
  const key = textOf(site.args[1]) ?? "*";
  const made = define(site, evaluation, firstArg(site), key, site.args[2] ?? empty);
  setAfter(evaluation, site.id, 0, made);
  return made;
};

const defineProperties: BuiltinFunction = (site, evaluation) => {
  const made = defineAll(site, evaluation, site.args[1]);
  setAfter(evaluation, site.id, 0, made);
  return made;
};

const fromEntries: BuiltinFunction = (site, evaluation) => {
  const given = firstArg(site);
  const pairs = given.fields?.has("0") ? [...given.fields.values()] : [iterated(evaluation, site, given)];
  return pairs.reduce<Shape>((made, pair) => {
    const [key, value] = [load(pair, "0"), load(pair, "1")];
    const keys = flatten(key);
    const name = textOf(key);
    const next =
      name === undefined ? storeUnder(evaluation.solver, made, key, value) : store(made, name, value);
    return isEmpty(keys) ? next : store(next, keysField, join(keysOf(next), keys));
  }, wholeOf(given));
};

/** What was asked of accessors is there as any other data is. */
function laidOpen({ source, record, unless, safe }: Extract<Atom, { kind: "source" }>): Atom {
  return sourceAtom({ ...source, accessors: false }, record, unless, safe);
}

/** What a list of pairs holds as a whole, it holds as an object too: `Object.fromEntries(request.headers)`. */
function wholeOf({ atoms }: Shape): Shape {
  const kept = [...atoms].filter(
    ([, { atom }]) => atom.kind === "open" || (atom.kind === "source" && atom.record),
  );
  return mapAtoms({ atoms: new Map(kept), fields: undefined }, (atom) =>
    atom.kind === "source" && atom.source.accessors ? laidOpen(atom) : atom,
  );
}

const groups = (site: CallSite, evaluation: Evaluation) => {
  const each = iterated(evaluation, site, firstArg(site));
  const key = evaluation.solver.calls.callBack(evaluation, site, site.args[1] ?? empty, [each, open()], 1);
  return { key: flatten(key), each: list(each) };
};

const groupBy: BuiltinFunction = (site, evaluation) => {
  const { key, each } = groups(site, evaluation);
  const made = store(empty, "*", each);
  return isEmpty(key) ? made : store(made, keysField, key);
};

const groupToMap: BuiltinFunction = (site, evaluation) => {
  const { key, each } = groups(site, evaluation);
  return withEntry(ofAtom(builtinAtom("Map")), key, each, true);
};

/** `Object` and `Reflect`, by the path that calls them. */
export const objectFunctions: Readonly<Record<string, BuiltinFunction>> = {
  Object: first,
  "Object.freeze": first,
  "Object.seal": first,
  "Object.preventExtensions": first,
  "Object.assign": assign,
  "Object.keys": (site) => list(keysOf(firstArg(site))),
  "Object.getOwnPropertyNames": (site) => list(keysOf(firstArg(site))),
  "Object.values": (site) => list(valuesOf(firstArg(site))),
  "Object.entries": (site) => list(record({ 0: keysOf(firstArg(site)), 1: valuesOf(firstArg(site)) })),
  "Object.fromEntries": fromEntries,
  "Object.groupBy": groupBy,
  "Map.groupBy": groupToMap,
  "Object.defineProperty": defineProperty,
  "Object.defineProperties": defineProperties,
  "Object.is": clean,
  "Object.hasOwn": clean,
  "Object.isFrozen": clean,
  "Object.isSealed": clean,
  "Object.isExtensible": clean,
  "Object.getPrototypeOf": clean,
  "Reflect.get": (site, evaluation) =>
    loadPath(evaluation.solver, firstArg(site), [textOf(site.args[1]) ?? "*"]),
  "Reflect.set": (site, evaluation) => {
    put(evaluation, site.id, firstArg(site), site.args[1], site.args[2] ?? empty);
    return empty;
  },
  "Reflect.has": clean,
  "Reflect.ownKeys": (site) => list(keysOf(firstArg(site))),
  "Reflect.defineProperty": defineProperty,
  "Reflect.deleteProperty": (site, evaluation) => {
    const key = textOf(site.args[1]);
    if (key !== undefined) setAfter(evaluation, site.id, 0, store(firstArg(site), key, empty));
    return empty;
  },
};
