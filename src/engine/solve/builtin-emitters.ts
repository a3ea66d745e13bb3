import { globalScope } from "../base/global-object.ts";
import { openAtom } from "./atom.ts";
import { isList } from "./builtin-call.ts";
import { asObservable, pipeOperators, toPromise } from "./builtin-observables.ts";
import { pipe, write } from "./builtin-streams.ts";
import { loadPath } from "./evaluate-load.ts";
import { setAfter } from "./evaluation.ts";
import { elementKey, valuesField } from "./key-words.ts";
import { addListener, anyEvent, eventOf, globalsOf } from "./listeners.ts";
import { isSettle } from "./settle.ts";
import { empty, hasAtom, isEmpty, join, joinAll, load, ofAtom, type Shape, store } from "./shape.ts";
import { listenerSlot, rejectedSlot, returnedSlot, sentSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { catchThrown } from "./thrown.ts";

/*
 * Whoever emits calls whoever listens. Listeners are kept with the emitter, in a slot for each event; so they go where the
 * object goes: through variables, fields, modules, classes (decision 8).
 */

type EmitterMethod = (evaluation: Evaluation, site: CallSite, self: Shape) => Shape | undefined;

/** `on(event, listener)` */
const listen: EmitterMethod = (evaluation, site, self) => {
  const listener = site.args[1];
  if (!listener || !isCallable(listener)) return undefined;
  callOpen(evaluation, site, listener, 1, eventOf(site.args[0]) === "data" ? load(self, "*") : empty);
  const listening = addListener(evaluation, site, -1, eventOf(site.args[0]), listener);
  if (site.id >= 0) evaluation.returnsSelf.add(site.id);
  return listening;
};

/** `subscribe(next)`, `subscribe({ next })`: what the stream already holds arrives at once. */
const subscribe: EmitterMethod = (evaluation, site, self) => {
  const observer = site.args[0];
  if (!observer) return undefined;
  const next = isCallable(observer) ? observer : load(observer, "next");
  const failed = isCallable(observer) ? (site.args[1] ?? empty) : load(observer, "error");
  if (!isCallable(next) && !isCallable(failed)) return undefined;
  const { calls } = evaluation.solver;
  catchThrown(evaluation, (at) =>
    calls.callBack(evaluation, site, next, [join(ofAtom(openAtom), load(self, elementKey))], 0, at),
  );
  const reason = load(self, rejectedSlot);
  if (isCallable(failed) && !isEmpty(reason))
    catchThrown(evaluation, (at) => calls.callBack(evaluation, site, failed, [reason], 1, at));
  addListener(evaluation, site, -1, "next", next);
  return ofAtom(openAtom);
};

/** `emit(event, …values)` */
const emit: EmitterMethod = (evaluation, site, self) =>
  callListeners(evaluation, site, listenersOf(evaluation, self, eventOf(site.args[0])), 1);

/** `dispatchEvent(event)`: the event knows its type. */
const dispatch: EmitterMethod = (evaluation, site, self) => {
  const event = eventOf(load(site.args[0] ?? empty, "type"));
  return callListeners(evaluation, site, listenersOf(evaluation, self, event), 0);
};

/** `next(value)` of a subject, of a generator, of an iterator. */
const next: EmitterMethod = (evaluation, site, self) => {
  const sent = load(self, sentSlot);
  if (isSettle(sent)) evaluation.solver.calls.callShape(evaluation, { ...site, callee: sent });
  // A subject that keeps its value has one from the start; iterators have none.
  const keeps = self.fields?.has("value") === true;
  if (!keeps && !isModelled(self) && (isSettle(sent) || isList(self) || self.fields?.has(valuesField)))
    return store(store(empty, "value", join(load(self, "*"), load(self, returnedSlot))), "done", empty);
  const called = callListeners(evaluation, site, listenersOf(evaluation, self, "next"), 0);
  const value = site.args[0];
  if (value && keeps && site.id >= 0)
    setAfter(evaluation, site.id, -1, store(store(self, "value", value), "*", value));
  return called;
};

/** `getValue()` of a subject that keeps its value. */
const getValue: EmitterMethod = (_evaluation, _site, self) => self.fields?.get("value");

/** A listener may be called with what nobody here knows. */
function callOpen(
  evaluation: Evaluation,
  site: CallSite,
  listener: Shape,
  index: number,
  first: Shape = empty,
): void {
  const open = ofAtom(openAtom);
  const { calls } = evaluation.solver;
  catchThrown(evaluation, (at) =>
    calls.callBack(evaluation, site, listener, [join(open, first), open, open, open], index, at),
  );
}

/** A subject of declared type holds values of that type, as a list does. */
function isModelled(self: Shape): boolean {
  return hasAtom(self, (atom) => atom.kind === "api");
}

function isCallable(shape: Shape): boolean {
  return hasAtom(shape, (atom) => atom.kind === "function" || atom.kind === "settle" || atom.kind === "sym");
}

function listenersOf(evaluation: Evaluation, self: Shape, event: string): Shape {
  const all = globalsOf(self).reduce(
    (at, path) => join(at, evaluation.solver.moduleCell(globalScope, path)),
    self,
  );
  const prefix = listenerSlot("");
  const slots = new Set([listenerSlot(event), listenerSlot(anyEvent)]);
  if (event === anyEvent)
    for (const key of all.fields?.keys() ?? []) if (key.startsWith(prefix)) slots.add(key);
  return joinAll([...slots].map((slot) => loadPath(evaluation.solver, all, [slot])));
}

const deepestEvent = 4;

/** Undefined when nobody listens here. What only a caller knows of the emitter, it resolves with the call itself. */
function callListeners(
  evaluation: Evaluation,
  site: CallSite,
  listeners: Shape,
  skip: number,
): Shape | undefined {
  const known = [...listeners.atoms].filter(
    ([, { atom }]) => atom.kind === "function" || atom.kind === "settle",
  );
  if (known.length === 0 || site.root.split("~").length > deepestEvent) return undefined;
  const callee = { atoms: new Map(known), fields: listeners.fields };
  catchThrown(evaluation, (thrownAt) =>
    evaluation.solver.calls.callShape(evaluation, {
      ...site,
      id: -1,
      thrownAt,
      callee,
      self: listeners.fields?.get("@@this") ?? site.self,
      args: site.args.slice(skip),
      argSites: site.argSites.slice(skip),
      root: `${site.root}~e`,
    }),
  );
  return empty;
}

const methods: Readonly<Record<string, EmitterMethod>> = {
  on: listen,
  once: listen,
  addListener: listen,
  prependListener: listen,
  prependOnceListener: listen,
  addEventListener: listen,
  subscribe,
  emit,
  dispatchEvent: dispatch,
  next,
  getValue,
  pipe: (evaluation, site, self) => pipeOperators(evaluation, site, self) ?? pipe(evaluation, site, self),
  asObservable,
  toPromise,
  write,
  end: write,
};

/** What a method of an emitter does, when the receiver may be one. Others may have methods of these names too. */
export function callEmitter(evaluation: Evaluation, site: CallSite, key: string): Shape | undefined {
  const method = Object.hasOwn(methods, key) ? methods[key] : undefined;
  return method && site.self ? method(evaluation, site, site.self) : undefined;
}
