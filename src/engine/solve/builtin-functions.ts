import type { Atom } from "./atom.ts";
import { list, record } from "./builtin-call.ts";
import { constructors, makeArray, makeError } from "./builtin-constructors.ts";
import { type BuiltinFunction, clean, first, foldedAll, foldedFirst } from "./builtin-function.ts";
import { fromJson, toJson } from "./builtin-json.ts";
import { objectFunctions } from "./builtin-objects.ts";
import { observableFunctions } from "./builtin-observables.ts";
import { promiseFunctions } from "./builtin-promises.ts";
import { prototypeFunctions } from "./builtin-prototypes.ts";
import { streamFunctions } from "./builtin-streams.ts";
import { applyTo } from "./call-function.ts";
import { callOwn, iterated } from "./own-methods.ts";
import { empty, flatten, inText, joinAll, type Shape } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { catchThrown } from "./thrown.ts";

const fromArray: BuiltinFunction = (site, evaluation) => {
  const each = iterated(evaluation, site, site.args[0] ?? empty);
  return list(
    site.args[1] ? evaluation.solver.calls.callBack(evaluation, site, site.args[1], [each], 1) : each,
  );
};

/** What the callback throws, it throws later, at nobody. */
const timer: BuiltinFunction = (site, evaluation) => {
  const { calls } = evaluation.solver;
  catchThrown(evaluation, (at) =>
    calls.callBack(evaluation, site, site.args[0] ?? empty, site.args.slice(2), 0, at),
  );
  return empty;
};

/** A text of an object is what its own `toString` writes; of an error, its message. */
const text: BuiltinFunction = (site, evaluation) => {
  const given = site.args[0] ?? empty;
  return callOwn(evaluation, site, given, "toString") ?? (given.fields?.has("stack") ? inText(given) : given);
};

const reflectApply: BuiltinFunction = (site, evaluation) =>
  applyTo(evaluation, site, site.args[0] ?? empty, 1);

const functions: Readonly<Record<string, BuiltinFunction>> = {
  ...objectFunctions,
  "JSON.stringify": toJson,
  "JSON.parse": fromJson,
  structuredClone: first,
  Array: makeArray,
  "Array.from": fromArray,
  "Array.fromAsync": fromArray,
  "Array.of": ({ args }) => list(joinAll(args)),
  "Array.isArray": clean,
  "Reflect.apply": reflectApply,
  ...prototypeFunctions,
  ...promiseFunctions,
  ...streamFunctions,
  ...observableFunctions,
  String: text,
  Symbol: clean,
  BigInt: foldedFirst,
  Number: foldedFirst,
  parseInt: foldedFirst,
  parseFloat: foldedFirst,
  Boolean: clean,
  isNaN: clean,
  "Number.parseInt": foldedFirst,
  "Number.parseFloat": foldedFirst,
  encodeURIComponent: foldedFirst,
  decodeURIComponent: foldedFirst,
  encodeURI: foldedFirst,
  decodeURI: foldedFirst,
  escape: foldedFirst,
  unescape: foldedFirst,
  btoa: foldedFirst,
  atob: foldedFirst,
  "Buffer.from": foldedFirst,
  "Buffer.concat": foldedFirst,
  "Buffer.byteLength": clean,
  "Buffer.alloc": clean,
  "String.raw": foldedAll,
  "String.fromCharCode": foldedAll,
  "Date.now": clean,
  "Date.parse": clean,
  "performance.now": clean,
  "crypto.randomUUID": clean,
  setTimeout: timer,
  setInterval: timer,
  setImmediate: timer,
  queueMicrotask: timer,
  "process.nextTick": timer,
  clearTimeout: clean,
  clearInterval: clean,
  Error: makeError,
  "URL.canParse": clean,
};

const aliases = /\b(globalThis|window|self|global)\./;

/** `Math` computes; `globalThis.x` is `x`. Undefined when nothing is known of the function. */
export function callGlobal(evaluation: Evaluation, site: CallSite, path: string): Shape | undefined {
  const name = path.replace(aliases, "");
  if (Object.hasOwn(functions, name)) return functions[name]?.(site, evaluation);
  return name.startsWith("Math.") || name.startsWith("Number.") ? empty : undefined;
}

/** `new path(…)` */
export function constructGlobal(evaluation: Evaluation, site: CallSite, path: string): Shape | undefined {
  const name = path.replace(aliases, "");
  return Object.hasOwn(constructors, name) ? constructors[name]?.(site, evaluation) : undefined;
}

/** What packages name so is an error: `new ConflictException(text)`, `new TRPCError({ message })`. It may show all that it is given. */
export function constructLibraryError(atom: Atom, { args }: CallSite): Shape | undefined {
  if (atom.kind !== "library" || !/(Error|Exception)$/.test(atom.path)) return undefined;
  const message = joinAll(args.map(flatten));
  return record({ message, stack: message });
}
