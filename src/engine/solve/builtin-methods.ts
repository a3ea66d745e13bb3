import { openAtom } from "./atom.ts";
import { setAfter } from "./evaluation.ts";
import { empty, flatten, join, joinAll, load, ofAtom, type Shape, store } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

type Method = (call: BuiltinCall) => Shape;

interface BuiltinCall {
  readonly evaluation: Evaluation;
  readonly site: CallSite;
  readonly self: Shape;
  readonly args: readonly Shape[];
  /** Calls the argument at an index as a callback. */
  readonly back: (index: number, ...params: Shape[]) => Shape;
  readonly mutate: (self: Shape) => void;
}

const element = (self: Shape) => load(self, "*");
const list = (of: Shape) => store(empty, "*", of);
const clean: Method = () => empty;
const folded: Method = ({ self, args }) => joinAll([flatten(self), ...args.map(flatten)]);

/** For the effect of the first, the value of the second. */
const after = (_effect: Shape, result: Shape) => result;

/** Each visits the elements with its callback, and returns nothing of them. */
const visit: Method = ({ self, back }) => {
  back(0, element(self), ofAtom(openAtom), self);
  return empty;
};

const push: Method = ({ self, args, mutate }) => {
  mutate(args.reduce((at, arg) => store(at, "*", arg), self));
  return empty;
};

/** A part that is too short to tell whose it is: initials, the last four digits. */
const shortPart = 6;

const cut: Method = ({ self, args }) => {
  if (self.fields?.has("*")) return self;
  const [from, to] = args.map(numberOf);
  if (from !== undefined && from < 0 && -from <= shortPart) return empty;
  if (from !== undefined && to !== undefined && from >= 0 && to >= 0 && to - from <= shortPart) return empty;
  return self;
};

const replace: Method = ({ self, args, back }) => {
  const by = textOf(args[1]);
  if (by !== undefined && (/[*•█]|x{2,}|redact|mask|hidden|removed/i.test(by) || by === "X")) return empty;
  return joinAll([
    flatten(self),
    by === undefined ? flatten(args[1] ?? empty) : empty,
    back(1, flatten(self)),
  ]);
};

const split: Method = ({ self, args }) => {
  const parts = flatten(self);
  if (textOf(args[0]) !== "@") return list(parts);
  // The domain of an e-mail address is no longer a person's.
  return {
    atoms: empty.atoms,
    fields: new Map([
      ["0", parts],
      ["1", empty],
    ]),
  };
};

const reduce: Method = ({ self, args, back }) => {
  const start = args[1] ?? element(self);
  const once = back(0, start, element(self));
  return join(start, back(0, join(start, once), element(self)));
};

/** What was ever used as a key: the values of a map do not hold it, its keys do. */
const keysField = "@@keys";
const keysOf = (self: Shape) => load(self, keysField);

const setKey: Method = ({ self, args, mutate }) => {
  const key = textOf(args[0]);
  const next = store(
    store(self, key ?? "*", args[1] ?? empty),
    keysField,
    join(keysOf(self), flatten(args[0] ?? empty)),
  );
  mutate(next);
  return next;
};

const getKey: Method = ({ self, args }) => {
  const key = textOf(args[0]);
  return key === undefined ? element(self) : load(self, key);
};

const thenCall: Method = ({ self, args, back }) => {
  const rejected = args[1] ? back(1, ofAtom(openAtom)) : empty;
  return args[0] && args[0].atoms.size > 0 ? join(back(0, self), rejected) : self;
};

/**
 * Methods of the language's own objects, by name: strings, arrays, maps, sets, promises, iterators, streams of them.
 * They are asked only when the receiver is not known to be something else.
 */
const methods: Readonly<Record<string, Method>> = {
  map: ({ self, back }) => list(back(0, element(self), ofAtom(openAtom), self)),
  flatMap: ({ self, back }) => {
    const result = back(0, element(self), ofAtom(openAtom), self);
    return list(result.fields?.has("*") ? element(result) : result);
  },
  filter: (call) => after(visit(call), list(element(call.self))),
  forEach: visit,
  some: (call) => visit(call),
  every: (call) => visit(call),
  find: (call) => after(visit(call), element(call.self)),
  findLast: (call) => after(visit(call), element(call.self)),
  sort: (call) => after(call.back(0, element(call.self), element(call.self)), list(element(call.self))),
  toSorted: (call) => after(call.back(0, element(call.self), element(call.self)), list(element(call.self))),
  reduce,
  reduceRight: reduce,
  pop: ({ self }) => element(self),
  shift: ({ self }) => element(self),
  at: ({ self }) => (self.fields?.has("*") || self.fields?.has("0") ? element(self) : empty),
  push,
  unshift: push,
  add: (call) => after(push(call), call.self),
  splice: (call) => {
    push({ ...call, args: call.args.slice(2) });
    return list(element(call.self));
  },
  fill: push,
  concat: ({ self, args }) => {
    const arrays = self.fields?.has("*") || args.some((arg) => arg.fields?.has("*") || arg.fields?.has("0"));
    return arrays ? list(joinAll([self, ...args].map(element))) : joinAll([self, ...args].map(flatten));
  },
  reverse: ({ self }) => list(element(self)),
  flat: ({ self }) => (element(self).fields?.has("*") ? element(self) : self),
  slice: cut,
  substring: cut,
  substr: cut,
  charAt: clean,
  join: folded,
  split,
  replace,
  replaceAll: replace,
  keys: ({ self }) => list(keysOf(self)),
  values: ({ self }) => list(element(self)),
  entries: ({ self }) =>
    list({
      atoms: empty.atoms,
      fields: new Map([
        ["0", keysOf(self)],
        ["1", element(self)],
      ]),
    }),
  get: getKey,
  set: setKey,
  // biome-ignore lint/suspicious/noThenProperty: the table is asked by method names, and never awaited.
  then: thenCall,
  catch: ({ self, back, site, evaluation }) =>
    join(self, back(0, join(ofAtom(openAtom), evaluation.thrown.get(site.id) ?? empty))),
  finally: ({ self, back }) => after(back(0), self),
  ...Object.fromEntries(
    [
      "trim",
      "trimStart",
      "trimEnd",
      "toLowerCase",
      "toUpperCase",
      "toString",
      "toLocaleLowerCase",
      "toLocaleUpperCase",
      "normalize",
      "toJSON",
      "valueOf",
      "toISOString",
      "toLocaleString",
      "toLocaleDateString",
      "padStart",
      "padEnd",
      "repeat",
      "match",
      "matchAll",
    ].map((name) => [name, (({ self }) => flatten(self)) as Method]),
  ),
  ...Object.fromEntries(
    [
      "includes",
      "indexOf",
      "lastIndexOf",
      "findIndex",
      "startsWith",
      "endsWith",
      "has",
      "test",
      "localeCompare",
      "charCodeAt",
      "codePointAt",
      "search",
      "hasOwnProperty",
      "isPrototypeOf",
      "delete",
      "clear",
      "getTime",
    ].map((name) => [name, ((call) => after(call.back(0, element(call.self)), empty)) as Method]),
  ),
  bind: ({ self, args }) => (args[0] ? store(self, "@@this", args[0]) : self),
};

/** `.get` and `.set` mean too much to too many: only for values that look like maps. */
const onlyForMaps = new Set([
  "get",
  "set",
  "add",
  "delete",
  "has",
  "clear",
  "keys",
  "values",
  "entries",
  "fill",
  "search",
  "match",
  "at",
  "test",
  "find",
  "bind",
  "normalize",
]);

/** The result of a built-in method, or undefined when there is none of that name for this receiver. */
export function callMethod(evaluation: Evaluation, site: CallSite, key: string): Shape | undefined {
  const method = Object.hasOwn(methods, key) ? methods[key] : undefined;
  if (!method || !site.self) return undefined;
  if (onlyForMaps.has(key) && !looksBuiltIn(site.self)) return undefined;
  const self = site.self;
  return method({
    evaluation,
    site,
    self,
    args: site.args,
    back: (index, ...params) =>
      evaluation.solver.calls.callBack(evaluation, site, site.args[index] ?? empty, params, index),
    mutate: (next) => setAfter(evaluation, site.id, -1, next),
  });
}

/** A tree that we built ourselves (a map, an array, an object), or a text that holds data. */
function looksBuiltIn(self: Shape): boolean {
  if (self.fields) return true;
  if (self.atoms.size === 0) return true;
  for (const { atom } of self.atoms.values())
    if (atom.kind === "function" || atom.kind === "source") return true;
  return false;
}

export function textOf(shape: Shape | undefined): string | undefined {
  if (shape?.atoms.size !== 1) return undefined;
  const only = shape.atoms.values().next().value?.atom;
  return only?.kind === "constant" ? only.value : undefined;
}

function numberOf(shape: Shape | undefined): number | undefined {
  const text = textOf(shape);
  return text !== undefined && /^-?\d+$/.test(text) ? Number(text) : undefined;
}
