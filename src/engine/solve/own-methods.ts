import { loadPath } from "./evaluate-load.ts";
import type { Shape } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** What the language calls by itself: `toString` in a text, `toJSON`, an iterator. Undefined when the value has no such method. */
export function callOwn(
  evaluation: Evaluation,
  site: Pick<CallSite, "call" | "root">,
  self: Shape,
  key: string,
): Shape | undefined {
  if (!hasOwnMethods(self)) return undefined;
  const callee = loadPath(evaluation.solver, self, [key]);
  if (![...callee.atoms.values()].some(({ atom }) => atom.kind === "function")) return undefined;
  return evaluation.solver.calls.callShape(evaluation, {
    id: -1,
    call: site.call,
    callee,
    self,
    args: [],
    argSites: [],
    name: key,
    root: `${site.root}~${key}`,
  });
}

function hasOwnMethods(self: Shape): boolean {
  for (const { atom } of self.atoms.values()) if (atom.kind === "instance") return true;
  for (const [key, value] of self.fields ?? [])
    if (!key.startsWith("@@") && someOwnFunction(value)) return true;
  return false;
}

function someOwnFunction(shape: Shape): boolean {
  for (const { atom } of shape.atoms.values()) if (atom.kind === "function") return true;
  return false;
}

/** What iterating over a value gives: by its own iterator, when it has one. */
export function iterated(
  evaluation: Evaluation,
  site: Pick<CallSite, "call" | "root">,
  iterable: Shape,
): Shape {
  const own =
    callOwn(evaluation, site, iterable, "Symbol.iterator") ??
    callOwn(evaluation, site, iterable, "Symbol.asyncIterator");
  return loadPath(evaluation.solver, own ?? iterable, ["*"]);
}
