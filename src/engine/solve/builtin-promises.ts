import { openAtom } from "./atom.ts";
import { type BuiltinFunction, first } from "./builtin-function.ts";
import { promiseOf, settleAtom } from "./settle.ts";
import { empty, join, joinAll, load, ofAtom, type Shape, store, withFields } from "./shape.ts";
import { addToSlot, rejectedSlot, withoutSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { catchThrown } from "./thrown.ts";

/*
 * A promise stands for what it will hold; the reason that it may be rejected with is in a slot of it. `await` throws it,
 * and `then` and `catch` hand it on.
 */

const one: BuiltinFunction = ({ args }) => load(args[0] ?? empty, "*");

const all: BuiltinFunction = (site, evaluation) =>
  addToSlot(first(site, evaluation), rejectedSlot, load(one(site, evaluation), rejectedSlot));

const allSettled: BuiltinFunction = ({ args }) => {
  const fields = new Map<string, Shape>();
  for (const [key, promise] of args[0]?.fields ?? [["*", load(args[0] ?? empty, "*")] as const])
    fields.set(key, settled(promise));
  return withFields(empty, fields);
};

function settled(promise: Shape): Shape {
  const result = store(empty, "value", withoutSlot(promise, rejectedSlot));
  return store(result, "reason", load(promise, rejectedSlot));
}

/** `new Promise((resolve, reject) => …)` */
export const makePromise: BuiltinFunction = (site, evaluation) => {
  const { resolve, reject } = settlers(site, evaluation);
  const { thrown } = catchThrown(evaluation, (at) =>
    evaluation.solver.calls.callBack(evaluation, site, site.args[0] ?? empty, [resolve, reject], 0, at),
  );
  return addToSlot(promiseOf(evaluation, site.root), rejectedSlot, thrown);
};

const withResolvers: BuiltinFunction = (site, evaluation) => {
  const { resolve, reject } = settlers(site, evaluation);
  const promise = promiseOf(evaluation, site.root);
  return withFields(empty, new Map(Object.entries({ promise, resolve, reject })));
};

function settlers(site: CallSite, evaluation: Evaluation) {
  return {
    resolve: ofAtom(settleAtom(evaluation, site.root, 0)),
    reject: ofAtom(settleAtom(evaluation, `${site.root}!`, 0)),
  };
}

/** `promisify(f)(…)` calls `f` with a last argument `(error, value) => …`. */
const promisify: BuiltinFunction = ({ args }) =>
  store(
    ofAtom({ kind: "global", key: "g @promisified", path: "@promisified" }),
    "@@promisified",
    args[0] ?? empty,
  );

const promisified: BuiltinFunction = (site, evaluation) => {
  const callee = load(site.callee, "@@promisified");
  const value = ofAtom(settleAtom(evaluation, site.root, 1));
  const error = ofAtom(settleAtom(evaluation, `${site.root}!`, 0));
  const { thrown } = catchThrown(evaluation, (thrownAt) =>
    evaluation.solver.calls.callShape(evaluation, {
      ...site,
      callee,
      args: [...site.args, join(value, error)],
      root: `${site.root}~p`,
      thrownAt,
    }),
  );
  return addToSlot(promiseOf(evaluation, site.root), rejectedSlot, thrown);
};

export const promiseFunctions: Readonly<Record<string, BuiltinFunction>> = {
  "Promise.resolve": first,
  "Promise.reject": ({ args }) => store(empty, rejectedSlot, args[0] ?? empty),
  "Promise.all": all,
  "Promise.race": one,
  "Promise.any": one,
  "Promise.allSettled": allSettled,
  "Promise.withResolvers": withResolvers,
  "util promisify": promisify,
  "@promisified": promisified,
};

/** `then` and `catch`: the handlers that are at these places get the value or the reason; what they return goes on. */
export function chainPromise(
  evaluation: Evaluation,
  site: CallSite,
  self: Shape,
  onValue: number | undefined,
  onReason: number,
): Shape {
  const { calls } = evaluation.solver;
  const value = withoutSlot(self, rejectedSlot);
  const reason = load(self, rejectedSlot);
  const handler = (index: number | undefined) => {
    const given = index === undefined ? undefined : site.args[index];
    return given && given.atoms.size > 0 ? given : undefined;
  };
  const { result, thrown } = catchThrown(evaluation, (at) => {
    const call = (index: number, held: Shape) =>
      calls.callBack(evaluation, site, site.args[index] ?? empty, [held], index, at);
    const next = handler(onValue) ? call(onValue ?? 0, value) : value;
    return handler(onReason) ? join(next, call(onReason, join(reason, ofAtom(openAtom)))) : next;
  });
  return addToSlot(result, rejectedSlot, joinAll([thrown, handler(onReason) ? empty : reason]));
}
