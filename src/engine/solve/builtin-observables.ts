import type { BuiltinFunction } from "./builtin-function.ts";
import { boundArguments } from "./call-function.ts";
import { addListener, eventOf } from "./listeners.ts";
import { emitted } from "./model-ports.ts";
import { readSettled, settleAtom } from "./settle.ts";
import { empty, hasAtom, ofAtom, type Shape, store, withFields } from "./shape.ts";
import { addToSlot, rejectedSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { catchThrown } from "./thrown.ts";
import { wrappedFunctions } from "./unknown-code.ts";

/*
 * An observable is a list of what it gives. What a subject or an emitter gives later is written to a cell by a listener,
 * and read from there by what was made of it.
 */

/** `stream.pipe(…operators)` */
export function pipeOperators(evaluation: Evaluation, site: CallSite, self: Shape): Shape | undefined {
  if (!site.args.some(isOperator)) return undefined;
  let stream = withLater(evaluation, site, self);
  for (const [index, operator] of site.args.entries()) {
    // What the functions of an operator throw, the stream fails with.
    const { result, thrown } = catchThrown(evaluation, (at) =>
      evaluation.solver.calls.callBack(evaluation, site, operator, [stream], index, at),
    );
    stream = addToSlot(result, rejectedSlot, thrown);
  }
  return stream;
}

function isOperator(shape: Shape): boolean {
  return (
    hasAtom(shape, (atom) => atom.kind === "function" || atom.kind === "settle") ||
    boundArguments(shape).length > 0 ||
    shape.fields?.has(wrappedFunctions) === true
  );
}

export function asObservable(evaluation: Evaluation, site: CallSite, self: Shape): Shape {
  return withLater(evaluation, site, self);
}

export function toPromise(evaluation: Evaluation, _site: CallSite, self: Shape): Shape {
  return emitted(evaluation, self);
}

/** A stream with what it will give; one of which all is known gives no more. */
function withLater(evaluation: Evaluation, site: CallSite, self: Shape): Shape {
  if (self.atoms.size === 0) return self;
  return store(self, "*", heard(evaluation, site, -1, "next", 0));
}

/** What a listener to an event is called with, at an index. */
function heard(evaluation: Evaluation, site: CallSite, port: number, event: string, index: number): Shape {
  const cell = `${site.root}|${index}`;
  addListener(evaluation, site, port, event, ofAtom(settleAtom(evaluation, cell, index)));
  return readSettled(evaluation, cell);
}

/** `fromEvent(target, event)` */
const fromEvent: BuiltinFunction = (site, evaluation) =>
  store(empty, "*", heard(evaluation, site, 0, eventOf(site.args[1]), 0));

/** Values of an event that are told apart. */
const eventValues = 3;

/** `once(emitter, event)` waits for a list of what is emitted. */
const once: BuiltinFunction = (site, evaluation) => {
  const event = eventOf(site.args[1]);
  const values = Array.from({ length: eventValues }, (_, index) => heard(evaluation, site, 0, event, index));
  return withFields(empty, new Map(values.map((value, index) => [String(index), value])));
};

/** `on(emitter, event)` gives such lists, one for each time. */
const on: BuiltinFunction = (site, evaluation) => store(empty, "*", once(site, evaluation));

export const observableFunctions: Readonly<Record<string, BuiltinFunction>> = {
  "rxjs fromEvent": fromEvent,
  "events once": once,
  "events on": on,
};
