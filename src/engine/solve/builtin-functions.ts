import { openAtom } from "./atom.ts";
import { textOf } from "./builtin-methods.ts";
import { loadPath } from "./evaluate-load.ts";
import { setAfter } from "./evaluation.ts";
import { empty, flatten, join, joinAll, load, ofAtom, type Shape, store, withFields } from "./shape.ts";
import type { CallSite, Evaluation, Solver } from "./solver.ts";

type BuiltinFunction = (site: CallSite, evaluation: Evaluation) => Shape;

const first: BuiltinFunction = ({ args }) => args[0] ?? empty;
const foldedFirst: BuiltinFunction = ({ args }) => flatten(args[0] ?? empty);
const foldedAll: BuiltinFunction = ({ args }) => joinAll(args.map(flatten));
const clean: BuiltinFunction = () => empty;
const list = (of: Shape) => store(empty, "*", of);

/** Later arguments' fields win; the first argument is changed in place. */
const assign: BuiltinFunction = ({ args, id }, evaluation) => {
  const result = args.reduce((base, over) => overlay(evaluation.solver, base, over), empty);
  setAfter(evaluation, id, 0, result);
  return result;
};

/** Compiled modules export by getters: `Object.defineProperty(exports, "put", { get: () => lib.put })`. */
const defineProperty: BuiltinFunction = (site, evaluation) => {
  const [object = empty, key, descriptor = empty] = site.args;
  const got = evaluation.solver.calls.callBack(evaluation, site, load(descriptor, "get"), [], 2);
  const value = join(load(descriptor, "value"), got);
  const result = store(object, textOf(key) ?? "*", value);
  setAfter(evaluation, site.id, 0, result);
  return result;
};

/** `{ ...base, ...over }`. What `over` may hold without our knowing its fields joins what `base` has. */
export function overlay(solver: Solver, base: Shape, over: Shape): Shape {
  const fields = new Map<string, Shape>();
  for (const [key, value] of base.fields ?? []) {
    fields.set(key, over.atoms.size > 0 && key !== "*" ? join(value, loadPath(solver, over, [key])) : value);
  }
  for (const [key, value] of over.fields ?? []) {
    if (!key.startsWith("@@")) fields.set(key, key === "*" ? join(fields.get("*") ?? empty, value) : value);
  }
  return withFields(
    join({ atoms: base.atoms, fields: undefined }, { atoms: spreadable(over), fields: undefined }),
    fields,
  );
}

function spreadable(shape: Shape): Shape["atoms"] {
  return new Map(
    [...shape.atoms].filter(([, { atom }]) => atom.kind !== "function" && atom.kind !== "constant"),
  );
}

/** An error keeps its message, and its cause. */
const makeError: BuiltinFunction = ({ args }) => ({
  atoms: empty.atoms,
  fields: new Map([
    ["message", flatten(args[0] ?? empty)],
    ["cause", load(args[1] ?? empty, "cause")],
  ]),
});

const fromArray: BuiltinFunction = (site, evaluation) => {
  const each = load(site.args[0] ?? empty, "*");
  return list(
    site.args[1] ? evaluation.solver.calls.callBack(evaluation, site, site.args[1], [each], 1) : each,
  );
};

const settled: BuiltinFunction = ({ args }) => {
  const each = load(args[0] ?? empty, "*");
  return list(withFields(empty, new Map([["value", each]])));
};

const timer: BuiltinFunction = (site, evaluation) => {
  evaluation.solver.calls.callBack(evaluation, site, site.args[0] ?? empty, site.args.slice(2), 0);
  return empty;
};

/** `new Promise((resolve) => …)`: what is resolved is not followed here; the callback's own flows are. */
const makePromise: BuiltinFunction = (site, evaluation) => {
  evaluation.solver.calls.callBack(
    evaluation,
    site,
    site.args[0] ?? empty,
    [ofAtom(openAtom), ofAtom(openAtom)],
    0,
  );
  return ofAtom(openAtom);
};

const entriesOf: BuiltinFunction = ({ args }) => {
  const value = load(args[0] ?? empty, "*");
  return list({
    atoms: empty.atoms,
    fields: new Map([
      ["0", empty],
      ["1", value],
    ]),
  });
};

const mapOf: BuiltinFunction = ({ args }) => {
  const entry = load(args[0] ?? empty, "*");
  return args[0] ? list(load(entry, "1")) : withFields(empty, new Map([["*", empty]]));
};

const functions: Readonly<Record<string, BuiltinFunction>> = {
  "JSON.stringify": first,
  "JSON.parse": first,
  structuredClone: first,
  "Object.freeze": first,
  "Object.seal": first,
  "Object.create": first,
  "Object.assign": assign,
  "Object.defineProperty": defineProperty,
  "Object.keys": clean,
  "Object.values": ({ args }) => list(load(args[0] ?? empty, "*")),
  "Object.entries": entriesOf,
  "Object.fromEntries": ({ args }) => list(load(load(args[0] ?? empty, "*"), "1")),
  "Array.from": fromArray,
  "Array.of": ({ args }) => list(joinAll(args)),
  "Array.isArray": clean,
  "Promise.resolve": first,
  "Promise.reject": clean,
  "Promise.all": first,
  "Promise.race": ({ args }) => load(args[0] ?? empty, "*"),
  "Promise.any": ({ args }) => load(args[0] ?? empty, "*"),
  "Promise.allSettled": settled,
  String: first,
  Symbol: clean,
  Number: foldedFirst,
  parseInt: foldedFirst,
  parseFloat: foldedFirst,
  Boolean: clean,
  isNaN: clean,
  "Number.isFinite": clean,
  "Number.isInteger": clean,
  encodeURIComponent: foldedFirst,
  decodeURIComponent: foldedFirst,
  encodeURI: foldedFirst,
  btoa: foldedFirst,
  atob: foldedFirst,
  "Buffer.from": foldedFirst,
  "Buffer.concat": foldedFirst,
  "Buffer.byteLength": clean,
  "String.raw": foldedAll,
  "Date.now": clean,
  setTimeout: timer,
  setInterval: timer,
  setImmediate: timer,
  queueMicrotask: timer,
  "process.nextTick": timer,
  clearTimeout: clean,
  clearInterval: clean,
  "new Error": makeError,
  "new TypeError": makeError,
  "new RangeError": makeError,
  "new SyntaxError": makeError,
  Error: makeError,
  "new Map": mapOf,
  "new WeakMap": mapOf,
  "new Set": ({ args }) => list(load(args[0] ?? empty, "*")),
  "new WeakSet": ({ args }) => list(load(args[0] ?? empty, "*")),
  "new Array": ({ args }) => list(joinAll(args.slice(1))),
  "new Promise": makePromise,
  "new Date": foldedFirst,
  "new URL": foldedAll,
  "new URLSearchParams": foldedFirst,
  "new FormData": () => withFields(empty, new Map([["*", empty]])),
  "new Blob": foldedFirst,
  "new File": foldedFirst,
  "new Uint8Array": foldedFirst,
  "new RegExp": clean,
  "new AbortController": clean,
  "new Response": first,
};

/** `Math` computes; `globalThis.x` is `x`. Undefined when nothing is known of the function. */
export function callGlobal(evaluation: Evaluation, site: CallSite, path: string): Shape | undefined {
  const name = path.replace(/\b(globalThis|window|self|global)\./, "");
  if (name.startsWith("Math.") || name.startsWith("Number.")) return empty;
  return Object.hasOwn(functions, name) ? functions[name]?.(site, evaluation) : undefined;
}
