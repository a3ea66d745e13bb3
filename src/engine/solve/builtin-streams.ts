import { openAtom } from "./atom.ts";
import type { BuiltinFunction } from "./builtin-function.ts";
import { loadPath } from "./evaluate-load.ts";
import { setAfter } from "./evaluation.ts";
import { settleAtom, written } from "./settle.ts";
import { empty, hasAtom, isFunction, join, joinAll, load, ofAtom, type Shape, store } from "./shape.ts";
import { listenerSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { catchThrown } from "./thrown.ts";

/*
 * A stream is a list of its chunks. What is written to one goes through its own `_transform` or `_write`, and then to those
 * who listen for `data`, and to what it is piped into.
 */

/** `new Transform({ transform })`: an option is the method that a subclass would write. */
const make: BuiltinFunction = ({ args }) => {
  const options = args[0] ?? empty;
  return ["transform", "write", "flush"].reduce((stream, name) => {
    const method = options.fields?.get(name);
    return method ? store(stream, `_${name}`, method) : stream;
  }, ofAtom(openAtom));
};

/** `pipeline(source, …steps, done)`: steps are streams, or functions of iterables. */
const pipeline: BuiltinFunction = (site, evaluation) => {
  const [first, ...steps] = site.args;
  let chunks = chunksOf(evaluation, site, first ?? empty, empty, 0);
  for (const [index, step] of steps.entries()) {
    chunks = isFunction(step)
      ? chunksOf(evaluation, site, step, chunks, index + 1)
      : feed(evaluation, site, step, chunks, { site: site.argSites[0], index: index + 1 });
  }
  return empty;
};

function chunksOf(evaluation: Evaluation, site: CallSite, step: Shape, given: Shape, index: number): Shape {
  if (!isFunction(step)) return load(step, "*");
  return load(
    evaluation.solver.calls.callBack(evaluation, site, step, [store(empty, "*", given)], index),
    "*",
  );
}

export const streamConstructors: Readonly<Record<string, BuiltinFunction>> = {
  "stream Transform": make,
  "stream Writable": make,
  "stream Readable": make,
  "stream Duplex": make,
  "stream PassThrough": () => ofAtom(openAtom),
};

export const streamFunctions: Readonly<Record<string, BuiltinFunction>> = {
  "stream from": ({ args }) => store(ofAtom(openAtom), "*", load(args[0] ?? empty, "*")),
  "stream pipeline": pipeline,
  "stream/promises pipeline": pipeline,
};

/** `readable.pipe(writable)` is the writable, with what came out of it. */
export function pipe(evaluation: Evaluation, site: CallSite, self: Shape): Shape | undefined {
  const target = site.args[0];
  const chunks = load(self, "*");
  if (!target || chunks === empty || isFunction(target)) return undefined;
  return store(target, "*", feed(evaluation, site, target, chunks, { site: site.selfSite, index: 0 }));
}

/** `stream.write(chunk)`, `stream.end(chunk)` */
export function write(evaluation: Evaluation, site: CallSite, self: Shape): Shape | undefined {
  const chunk = site.args[0];
  if (!chunk || !isStream(evaluation, self)) return undefined;
  const out = feed(evaluation, site, self, chunk, { site: site.argSites[0], index: 0 });
  if (site.id >= 0) setAfter(evaluation, site.id, -1, store(self, "*", out));
  return empty;
}

function isStream(evaluation: Evaluation, self: Shape): boolean {
  return self.fields?.has(listenerSlot("data")) === true || methodsOf(evaluation, self) !== empty;
}

function methodsOf(evaluation: Evaluation, stream: Shape): Shape {
  const methods = ["_transform", "_write"].map((name) => loadPath(evaluation.solver, stream, [name]));
  return joinAll(methods.filter(isFunction));
}

/** What comes out of a stream when a chunk goes in; whoever listens gets that. */
function feed(
  evaluation: Evaluation,
  site: CallSite,
  stream: Shape,
  chunk: Shape,
  from: { readonly site: CallSite["call"] | undefined; readonly index: number },
): Shape {
  const call = { ...site, argSites: [from.site], root: `${site.root}~w${from.index}` };
  const methods = methodsOf(evaluation, stream);
  const out = methods === empty ? chunk : transformed(evaluation, call, stream, methods, chunk);
  const listeners = load(stream, listenerSlot("data"));
  if (isFunction(listeners)) callWith(evaluation, call, listeners, stream, [out]);
  const target = loadPath(evaluation.solver, stream, ["write"]);
  if (isModelled(target)) callWith(evaluation, call, target, stream, [chunk]);
  return out;
}

/** A method hands on what it makes through its callback, or through `this.push`. */
function transformed(
  evaluation: Evaluation,
  call: CallSite,
  stream: Shape,
  methods: Shape,
  chunk: Shape,
): Shape {
  const cell = `${call.root}>`;
  const done = ofAtom(settleAtom(evaluation, cell, 1));
  const pushed = callWith(evaluation, call, methods, stream, [chunk, empty, done]);
  return join(written(evaluation, cell) ?? empty, pushed);
}

function callWith(
  evaluation: Evaluation,
  site: CallSite,
  callee: Shape,
  self: Shape,
  args: readonly Shape[],
): Shape {
  let pushed = empty;
  catchThrown(evaluation, (at) => {
    const result = evaluation.solver.calls.callShape(evaluation, {
      ...site,
      id: at,
      thrownAt: at,
      callee,
      self,
      args,
    });
    pushed = load(evaluation.after.get(at)?.get(-1) ?? empty, "*");
    evaluation.after.delete(at);
    return result;
  });
  return pushed === empty ? empty : pushed;
}

function isModelled(shape: Shape): boolean {
  return hasAtom(shape, (atom) => atom.kind === "api");
}
