import type { ApiNode } from "./api-node.ts";
import { writtenItems } from "./array-shape.ts";
import { boundArguments, withArguments, withoutArguments } from "./call-function.ts";
import { empty, type Shape } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/*
 * A function that waits for more is the library's function itself, with the arguments so far bound to it, as `bind` would.
 * One that a call made of others has these bound.
 */

/** What a call of a combinator gives; undefined where other rows say what a call does that has all of its arguments. */
export function callCombinator(evaluation: Evaluation, site: CallSite, node: ApiNode): Shape | undefined {
  switch (node.combinator?.as) {
    case "curried":
      return isShort(site, node) ? waiting(site, site.args) : undefined;
    case "data-last":
      // The data has its place before the others from the start.
      return boundTo(site) === 0 && isShort(site, node) ? waiting(site, [empty, ...site.args]) : undefined;
    case "pipe":
      return runAll(evaluation, site, site.args.slice(1), site.args.slice(0, 1), 1);
    case "flow":
      return composed(evaluation, site, (functions) => functions);
    case "compose":
      return composed(evaluation, site, (functions) => [...functions].reverse());
    case "partial":
      return withArguments(site.args[0] ?? empty, site.args.slice(1));
    case "curry":
      return curried(evaluation, site);
    case "later":
      return boundTo(site) > 0 ? site.args[0] : waiting(site, site.args.slice(0, 1));
    default:
      return undefined;
  }
}

/** What a function that was made of the other arguments is called with stands before them. */
export function withDataFirst(site: CallSite, node: ApiNode): CallSite {
  const bound = node.combinator?.as === "data-last" ? boundTo(site) : 0;
  if (bound === 0) return site;
  const { args, argSites } = site;
  return {
    ...site,
    args: [args[bound] ?? empty, ...args.slice(1, bound)],
    argSites: [argSites[bound], ...argSites.slice(1, bound)],
  };
}

/** How many of the arguments were bound before this call. */
function boundTo({ callee }: CallSite): number {
  return boundArguments(callee).length;
}

function isShort({ args, spreadFrom }: CallSite, { combinator }: ApiNode): boolean {
  return combinator?.arity === undefined || (spreadFrom === undefined && args.length < combinator.arity);
}

/** What is called, with these arguments bound to it. */
function waiting({ callee }: CallSite, args: readonly Shape[]): Shape {
  return withArguments(withoutArguments(callee), args);
}

/** `flow(f, g)` and `flow([f, g])`, and a call of what they give. */
function composed(
  evaluation: Evaluation,
  site: CallSite,
  inOrder: (functions: readonly Shape[]) => readonly Shape[],
): Shape {
  const bound = boundTo(site);
  if (bound > 0)
    return runAll(evaluation, site, inOrder(site.args.slice(0, bound)), site.args.slice(bound), 0);
  const [first] = site.args;
  const listed = site.args.length === 1 && first ? writtenItems(first) : undefined;
  return waiting(site, listed ?? site.args);
}

/** Each function gets what the one before it gave. `from`: where the first of them stands among the arguments. */
export function runAll(
  evaluation: Evaluation,
  site: CallSite,
  functions: readonly Shape[],
  args: readonly Shape[],
  from: number,
): Shape {
  let given = args;
  for (const [index, each] of functions.entries())
    given = [evaluation.solver.calls.callBack(evaluation, site, each, given, from + index)];
  return given[0] ?? empty;
}

function curried(evaluation: Evaluation, site: CallSite): Shape {
  const [target = empty, ...args] = site.args;
  const wanted = boundTo(site) === 0 ? Number.POSITIVE_INFINITY : parametersOf(evaluation, target);
  if (args.length < wanted) return waiting(site, site.args);
  return evaluation.solver.calls.callBack(evaluation, site, target, args, 0);
}

/** As many as a function declares; a function that is not known is called at once. */
function parametersOf({ solver }: Evaluation, callee: Shape): number {
  const counts: number[] = [];
  for (const { atom } of callee.atoms.values()) {
    const facts = atom.kind === "function" ? solver.program.functions[atom.id]?.facts : undefined;
    if (facts) counts.push(facts.params.length);
  }
  return Math.max(0, ...counts);
}
