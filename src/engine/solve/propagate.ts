import type { PathToken } from "../base/access-path.ts";
import { type ApiNode, keysOf, type Port, type PropagatorAt } from "./api-node.ts";
import { writtenItems } from "./array-shape.ts";
import { openAtom } from "./atom.ts";
import { textOf, textsOf } from "./builtin-call.ts";
import { loadPath } from "./evaluate-load.ts";
import { setAfter } from "./evaluation.ts";
import { portValues, valueAt } from "./model-ports.ts";
import { wrapIn } from "./modelled-sources.ts";
import { empty, join, joinAll, load, ofAtom, type Shape, store } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** What the callbacks of one call returned, by the argument's index. */
type Returned = ReadonlyMap<number, Shape>;

/** Arguments that the rows of a model call by themselves. */
export function isCalledByRows(node: ApiNode, index: number): boolean {
  return node.propagators.some((row) => calledArgument(row) === index);
}

/** Moves data as the rows of a model say; gives the call's result. */
export function applyPropagators(
  evaluation: Evaluation,
  site: CallSite,
  node: ApiNode,
  result: Shape,
): Shape {
  const returned = callArguments(evaluation, site, node.propagators);
  let moved = result;
  for (const row of node.propagators) {
    if (secondWord(row.to) === "Parameter") continue;
    moved = put(
      evaluation,
      site,
      row,
      chosen(evaluation, site, row, valueFrom(evaluation, site, row, returned)),
      moved,
    );
  }
  return moved;
}

function secondWord(port: Port): PathToken["word"] | undefined {
  return port[0]?.word === "Argument" ? port[1]?.word : undefined;
}

function calledArgument(row: PropagatorAt): number | undefined {
  if (secondWord(row.to) === "Parameter") return argumentOf(row.to);
  return secondWord(row.from) === "ReturnValue" ? argumentOf(row.from) : undefined;
}

function argumentOf(port: Port): number | undefined {
  return port[0]?.word === "Argument" ? port[0].from : undefined;
}

/** Calls each callback once, with all that the rows pass to it. */
function callArguments(evaluation: Evaluation, site: CallSite, rows: readonly PropagatorAt[]): Returned {
  const params = new Map<number, Shape[]>();
  for (const row of rows) {
    const index = calledArgument(row);
    if (index === undefined || !site.args[index]) continue;
    const given = params.get(index) ?? [];
    params.set(index, given);
    const parameter = row.to[1];
    if (secondWord(row.to) !== "Parameter" || parameter?.word !== "Parameter") continue;
    const value = wrapIn(keysOf(row.to.slice(2)), plainValue(evaluation, site, row.from));
    given[parameter.from] = join(given[parameter.from] ?? empty, value);
  }
  return new Map([...params].map(([index, given]) => [index, callArgument(evaluation, site, index, given)]));
}

function callArgument(evaluation: Evaluation, site: CallSite, index: number, params: Shape[]): Shape {
  const callee = site.args[index] ?? empty;
  const [first = empty] = params;
  // The name of a property stands for a function that reads it.
  const names = pathOf(callee);
  if (names) return loadPath(evaluation.solver, first, names);
  const open = ofAtom(openAtom);
  const filled = Array.from({ length: Math.max(params.length, 3) }, (_, at) => params[at] ?? open);
  return evaluation.solver.calls.callBack(evaluation, site, callee, filled, index);
}

function plainValue(evaluation: Evaluation, site: CallSite, from: Port): Shape {
  return joinAll(portValues(evaluation, site, from).map(([, shape]) => shape));
}

function valueFrom(evaluation: Evaluation, site: CallSite, row: PropagatorAt, returned: Returned): Shape {
  const index = secondWord(row.from) === "ReturnValue" ? argumentOf(row.from) : undefined;
  if (index === undefined) return plainValue(evaluation, site, row.from);
  return valueAt(evaluation, site, index, returned.get(index) ?? empty, row.from.slice(2));
}

/** The part of a value that a row moves. Keys that are not constant choose nothing. */
function chosen(evaluation: Evaluation, site: CallSite, row: PropagatorAt, value: Shape): Shape {
  const path = row.at && pathOf(plainValue(evaluation, site, row.at));
  if (path) return loadPath(evaluation.solver, value, path);
  const picked = row.picks && keysAt(evaluation, site, row.picks);
  if (picked)
    return picked.reduce((kept, key) => store(kept, key, loadPath(evaluation.solver, value, [key])), empty);
  const omitted = row.omits && keysAt(evaluation, site, row.omits);
  return omitted ? omitted.reduce((kept, key) => store(kept, key, empty), value) : value;
}

function keysAt(evaluation: Evaluation, site: CallSite, port: Port): readonly string[] | undefined {
  const keys: string[] = [];
  for (const [, shape] of portValues(evaluation, site, port)) {
    for (const item of writtenItems(shape) ?? [shape.fields ? load(shape, "*") : shape]) {
      const texts = textsOf(item);
      if (!texts) return undefined;
      keys.push(...texts);
    }
  }
  return keys;
}

/** `"user.emails[0]"` and `["user", "emails", 0]`. */
function pathOf(shape: Shape): readonly string[] | undefined {
  const items = writtenItems(shape);
  if (items) {
    const parts = items.map(textOf);
    return parts.every((part) => part !== undefined) ? (parts as string[]) : undefined;
  }
  return textOf(shape)
    ?.split(/[.[\]]+/)
    .filter(Boolean);
}

function put(evaluation: Evaluation, site: CallSite, row: PropagatorAt, value: Shape, result: Shape): Shape {
  const [head, ...rest] = row.to;
  if (!head) return result;
  const under = row.under && pathOf(plainValue(evaluation, site, row.under));
  const wrapped = wrapIn([...(under ?? []), ...keysOf(rest)], value);
  if (head.word === "ReturnValue" || head.word === "Instance") return join(result, wrapped);
  if (head.word === "Receiver" && site.self) setAfter(evaluation, site.id, -1, join(site.self, wrapped));
  const target = head.word === "Argument" ? site.args[head.from] : undefined;
  if (head.word === "Argument" && target) setAfter(evaluation, site.id, head.from, join(target, wrapped));
  return result;
}
