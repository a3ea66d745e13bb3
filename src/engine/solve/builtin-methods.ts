import type { Atom } from "./atom.ts";
import { arrayMethods } from "./builtin-arrays.ts";
import { after, builtinType, isList, type Method, type Methods } from "./builtin-call.ts";
import { typedMethods } from "./builtin-maps.ts";
import { chainPromise } from "./builtin-promises.ts";
import { textMethods } from "./builtin-texts.ts";
import { setAfter } from "./evaluation.ts";
import { isTextValue } from "./is-text.ts";
import { empty, type Shape } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import type { MethodCall } from "./summary.ts";

const promiseMethods: Methods = {
  // biome-ignore lint/suspicious/noThenProperty: the table is asked by method names, and never awaited.
  then: ({ self, site, evaluation }) => chainPromise(evaluation, site, self, 0, 1),
  catch: ({ self, site, evaluation }) => chainPromise(evaluation, site, self, undefined, 0),
  finally: ({ self, back }) => after(back(0), self),
};

/**
 * Methods of the language's own objects, by name: texts, arrays, promises, iterators, streams of them.
 * They are asked only when the receiver is not known to be something else.
 */
const methods: Methods = {
  ...textMethods,
  ...arrayMethods,
  ...promiseMethods,
};

/** These names mean too much to too many: only for values that look like the language's own. */
const onlyForBuiltIns = new Set([
  "keys",
  "values",
  "entries",
  "fill",
  "search",
  "match",
  "test",
  "find",
  "normalize",
  "take",
  "drop",
  "toArray",
  "with",
]);

/** The result of a built-in method, or undefined when there is none of that name for this receiver. */
export function callMethod(evaluation: Evaluation, site: CallSite, called: MethodCall): Shape | undefined {
  const { self } = site;
  if (!self) return undefined;
  const { key } = called;
  const method = methodOf(self, key);
  return method?.({
    evaluation,
    site,
    self,
    args: site.args,
    isText: () => !isList(self) && isTextValue(evaluation, called),
    back: (index, ...params) =>
      evaluation.solver.calls.callBack(evaluation, site, site.args[index] ?? empty, params, index),
    changed: (index, ...params) => {
      const id = evaluation.nextApart--;
      const callee = site.args[index] ?? empty;
      evaluation.solver.calls.callBack(evaluation, site, callee, params, index, undefined, id);
      const left = evaluation.after.get(id)?.get(0);
      evaluation.after.delete(id);
      return left;
    },
    mutate: (next) => setAfter(evaluation, site.id, -1, next),
    entry: (key = "*") => evaluation.entryCalls.set(site.id, key),
  });
}

function methodOf(self: Shape, key: string): Method | undefined {
  const typed = typedMethods[builtinType(self) ?? ""];
  if (typed && Object.hasOwn(typed, key)) return typed[key];
  if (!Object.hasOwn(methods, key)) return undefined;
  return onlyForBuiltIns.has(key) && !looksBuiltIn(self) ? undefined : methods[key];
}

/** A tree that we built ourselves (a map, an array, an object), or a text that holds data. */
function looksBuiltIn(self: Shape): boolean {
  if (self.fields) return true;
  if (self.atoms.size === 0) return true;
  for (const { atom } of self.atoms.values()) if (builtInKinds.has(atom.kind)) return true;
  return false;
}

const builtInKinds: ReadonlySet<Atom["kind"]> = new Set(["function", "source", "builtin", "pattern"]);
