import { builtinAtom } from "./atom.ts";
import { isList, list, record, textsOf } from "./builtin-call.ts";
import { type BuiltinFunction, clean, first, foldedFirst } from "./builtin-function.ts";
import { makeMap, makeRecord } from "./builtin-maps.ts";
import { makePromise } from "./builtin-promises.ts";
import { makeProxy } from "./builtin-proxies.ts";
import { streamConstructors } from "./builtin-streams.ts";
import { loadPath } from "./evaluate-load.ts";
import { primitiveKey } from "./key-words.ts";
import { iterated } from "./own-methods.ts";
import { empty, flatten, join, joinAll, load, ofAtom, type Shape, store, withFields } from "./shape.ts";

/** An error keeps its message, which its stack repeats, and its cause. */
export const makeError: BuiltinFunction = ({ args }) => {
  const message = flatten(args[0] ?? empty);
  return record({ message, stack: message, cause: load(args[1] ?? empty, "cause") });
};

const makeEvent: BuiltinFunction = ({ args }) =>
  record({ type: args[0] ?? empty, detail: load(args[1] ?? empty, "detail") });

const makeAggregate: BuiltinFunction = (site, evaluation) =>
  store(
    makeError({ ...site, args: site.args.slice(1) }, evaluation),
    "errors",
    list(load(site.args[0] ?? empty, "*")),
  );

const makeSet: BuiltinFunction = (site, evaluation) => {
  const set = ofAtom(builtinAtom("Set"));
  return site.args[0] ? store(set, "*", iterated(evaluation, site, site.args[0])) : set;
};

/** `new Array(3)` has nothing in it. */
export const makeArray: BuiltinFunction = ({ args }) =>
  list(args.length === 1 && textsOf(args[0]) ? empty : joinAll(args));

/** Its host is what was written; all else of it may hold what it was built from. */
const makeUrl: BuiltinFunction = ({ args }) => {
  const whole = joinAll(args.map((arg) => join(flatten(arg), { atoms: arg.atoms, fields: undefined })));
  const fields = new Map<string, Shape>([["searchParams", makeRecord("URLSearchParams", flatten(whole))]]);
  for (const part of ["protocol", "host", "hostname", "port", "origin"]) fields.set(part, constants(whole));
  return withFields(join(ofAtom(builtinAtom("URL")), whole), fields);
};

function constants(shape: Shape): Shape {
  return {
    atoms: new Map([...shape.atoms].filter(([, { atom }]) => atom.kind !== "source" && atom.kind !== "sym")),
    fields: undefined,
  };
}

const recordOf =
  (type: string): BuiltinFunction =>
  ({ args }) =>
    makeRecord(type, args[0] ?? empty);

const blobOf =
  (type: string): BuiltinFunction =>
  ({ args }) =>
    withFields(
      join(ofAtom(builtinAtom(type)), isList(args[0] ?? empty) ? flatten(args[0] ?? empty) : empty),
      new Map([
        ["type", empty],
        ["name", flatten(args[1] ?? empty)],
      ]),
    );

/** A day is read from a text, a number or a day: of an object with fields there is none. */
const dateOf: BuiltinFunction = ({ args }, { solver }) => loadPath(solver, args[0] ?? empty, [primitiveKey]);

/** Objects of the language and the platform, by their constructors. */
export const constructors: Readonly<Record<string, BuiltinFunction>> = {
  Error: makeError,
  TypeError: makeError,
  RangeError: makeError,
  SyntaxError: makeError,
  AggregateError: makeAggregate,
  Event: makeEvent,
  CustomEvent: makeEvent,
  Map: ({ args }) => makeMap(args[0] ?? empty),
  WeakMap: ({ args }) => makeMap(args[0] ?? empty),
  Set: makeSet,
  WeakSet: makeSet,
  Array: makeArray,
  Promise: makePromise,
  Proxy: makeProxy,
  Date: dateOf,
  URL: makeUrl,
  URLSearchParams: recordOf("URLSearchParams"),
  Headers: recordOf("Headers"),
  FormData: () => ofAtom(builtinAtom("FormData")),
  Blob: blobOf("Blob"),
  File: blobOf("File"),
  Uint8Array: foldedFirst,
  RegExp: clean,
  AbortController: clean,
  Response: first,
  ...streamConstructors,
};
