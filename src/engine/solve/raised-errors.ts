import { type ApiNode, includesIndex } from "./api-node.ts";
import { sourceAtom } from "./atom.ts";
import { cellKey } from "./evaluation.ts";
import { portValues } from "./model-ports.ts";
import { raisedIn, raisedName } from "./raised-cell.ts";
import { join, load, mapAtoms, type Shape, someAtom } from "./shape.ts";
import { carriesData } from "./sink-data.ts";
import { addToSlot, rejectedSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { catchThrown } from "./thrown.ts";

/*
 * Frameworks hand the errors of one function to another: what a route's handler throws, or passes to `next`, is what the
 * handlers of errors get. A framework has one place for all of them in a program.
 */

/** Errors that a call is passed: `next(error)`. */
export function raisePassed(evaluation: Evaluation, site: CallSite, node: ApiNode): void {
  for (const { port, as, framework } of node.errors) {
    if (as !== "raised" || port[0]?.word !== "Argument") continue;
    for (const [, error] of portValues(evaluation, site, port)) raise(evaluation, framework, error);
  }
}

/** Of a call that runs what raises them, such as the `next` of a middleware, the errors are what its promise is rejected with. */
export function withRaised({ solver }: Evaluation, node: ApiNode, result: Shape): Shape {
  const handled = node.errors.find(({ port, as }) => as === "handled" && port[0]?.word === "Rejected");
  return handled ? addToSlot(result, rejectedSlot, raisedIn(solver, handled.framework)) : result;
}

/** Runs a callback; what it throws, or its promise is rejected with, is the framework's where the node says so. */
export function raising(
  evaluation: Evaluation,
  node: ApiNode,
  argument: number,
  run: (thrownAt: number | undefined) => Shape,
): void {
  const raised = node.errors.find(
    ({ port: [first], as }) =>
      as === "raised" && first?.word === "Argument" && includesIndex(first, argument),
  );
  if (!raised) {
    run(undefined);
    return;
  }
  const { result, thrown } = catchThrown(evaluation, run);
  raise(evaluation, raised.framework, join(thrown, load(result, rejectedSlot)));
}

/** What a method throws that stands under a decorator: a route of a controller. No caller knows its parameters better. */
export function raiseThrown(evaluation: Evaluation, decorators: readonly ApiNode[], thrown: Shape): void {
  for (const { port, as, framework } of decorators.flatMap(({ errors }) => errors))
    if (as === "raised" && port[0]?.word === "DecoratedMember")
      raise(evaluation, framework, unconditional(thrown));
}

function raise(evaluation: Evaluation, framework: string, error: Shape): void {
  if (!someAtom(error, carriesData)) return;
  evaluation.solver.writeCell(evaluation, "", cellKey("", 0, raisedName(framework)), error);
}

/** Data that a declared type or a name told of a parameter, where no caller passes something that is known. */
function unconditional(shape: Shape): Shape {
  return mapAtoms(shape, (atom) =>
    atom.kind === "source" && atom.unless ? sourceAtom(atom.source, atom.record, undefined, atom.safe) : atom,
  );
}
