import { loadPath } from "./evaluate-load.ts";
import { elementKey } from "./key-words.ts";
import { isFunction, load, type Shape } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** Where the language calls: what is thrown there, the value at hand throws. */
type OwnSite = Pick<CallSite, "id" | "call" | "root" | "thrownAt">;

/** What the language calls by itself: `toString` in a text, `toJSON`, an iterator. Undefined when the value has no such method. */
export function callOwn(evaluation: Evaluation, site: OwnSite, self: Shape, key: string): Shape | undefined {
  const callee = ownMethod(evaluation, self, key);
  if (!callee || !isFunction(callee)) return undefined;
  return evaluation.solver.calls.callShape(evaluation, {
    id: -1,
    thrownAt: site.thrownAt ?? site.id,
    call: site.call,
    callee,
    self,
    args: [],
    argSites: [],
    name: key,
    root: `${site.root}~${key}`,
  });
}

/** Under this very name: the elements of a list of functions are not its methods. */
function ownMethod(evaluation: Evaluation, self: Shape, key: string): Shape | undefined {
  const own = self.fields?.get(key);
  if (own) return own;
  for (const { atom } of self.atoms.values())
    if (atom.kind === "instance") return loadPath(evaluation.solver, self, [key]);
  return undefined;
}

/** What iterating over a value gives: by its own iterator, when it has one; that may be written by hand. */
export function iterated(evaluation: Evaluation, site: OwnSite, iterable: Shape): Shape {
  const own =
    callOwn(evaluation, site, iterable, "Symbol.iterator") ??
    callOwn(evaluation, site, iterable, "Symbol.asyncIterator");
  const next = own && callOwn(evaluation, site, own, "next");
  return next ? load(next, "value") : loadPath(evaluation.solver, own ?? iterable, [elementKey]);
}
