import { thisParameter } from "../base/access-path.ts";
import { type ApiNode, keysOf, type Port, type PropagatorAt } from "./api-node.ts";
import { writtenItems } from "./array-shape.ts";
import { openAtom } from "./atom.ts";
import { textOf, textsOf } from "./builtin-call.ts";
import { chooseFields, selectionOf } from "./choose-fields.ts";
import { loadPath } from "./evaluate-load.ts";
import { setAfter } from "./evaluation.ts";
import { portValues, valueAt, valueOfPort } from "./model-ports.ts";
import { wrapIn } from "./modelled-sources.ts";
import { readSettled, settleAtom } from "./settle.ts";
import { empty, isEmpty, join, load, ofAtom, type Shape, store } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** What the callbacks of one call returned, by the place where they are passed. */
type Returned = ReadonlyMap<string, Shape>;

/** Arguments that the rows of a model call by themselves. */
export function isCalledByRows(node: ApiNode, index: number, ...keys: readonly string[]): boolean {
  const at = [index, ...keys].join(".");
  return node.propagators.some((row) => calledAt(row)?.join(".") === at);
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
    if (callbackIn(row.to, "Parameter")) continue;
    if (isMissing(site, row.from)) continue;
    if (row.unless && !isEmpty(valueOfPort(evaluation, site, row.unless))) continue;
    const value = chosen(evaluation, site, row, valueFrom(evaluation, site, row, returned));
    // What a query asks for that cannot be read is not known: the call's declared type speaks of all of the result.
    if (row.from.at(-1)?.word === "Selected" && value.atoms.has(openAtom.key))
      moved = join(moved, ofAtom(openAtom));
    moved = put(evaluation, site, row, value, moved);
  }
  return moved;
}

/** What is not passed moves nothing: that nothing is there is not known, but what stands there instead. */
function isMissing({ args, spreadFrom }: CallSite, [first]: Port): boolean {
  return first?.word === "Argument" && first.from >= args.length && spreadFrom === undefined;
}

/** `Argument[1].ReturnValue`, `Argument[0].Member[next].Parameter[0]`: the callback of a port, up to that word. */
function callbackIn(port: Port, word: "Parameter" | "ReturnValue"): readonly string[] | undefined {
  const end = port.findIndex((token) => token.word === "Parameter" || token.word === "ReturnValue");
  const [first] = port;
  if (first?.word !== "Argument" || port[end]?.word !== word) return undefined;
  return [String(first.from), ...keysOf(port.slice(1, end))];
}

function calledAt(row: PropagatorAt): readonly string[] | undefined {
  return (
    callbackIn(row.to, "Parameter") ??
    callbackIn(row.from, "ReturnValue") ??
    callbackIn(row.from, "Parameter")
  );
}

/** Calls each callback once, with all that the rows pass to it. */
function callArguments(evaluation: Evaluation, site: CallSite, rows: readonly PropagatorAt[]): Returned {
  const callbacks = new Map<string, Callback>();
  for (const row of rows) {
    const at = calledAt(row);
    if (!at || !site.args[Number(at[0])]) continue;
    const callback = callbacks.get(at.join(".")) ?? { at, given: [], self: undefined };
    callbacks.set(at.join("."), callback);
    const given = passedTo(evaluation, site, row, at.length);
    if (given?.index === thisParameter) callback.self = join(callback.self ?? empty, given.value);
    else if (given) callback.given[given.index] = join(callback.given[given.index] ?? empty, given.value);
  }
  return new Map([...callbacks].map(([key, each]) => [key, callArgument(evaluation, site, each)]));
}

interface Callback {
  readonly at: readonly string[];
  readonly given: Shape[];
  self: Shape | undefined;
}

/**
 * What a row passes to a parameter of a callback. Where it tells what the callback hands to a function that it gets
 * (`Argument[0].Parameter[0].Member[next].Argument[0]`), that function writes to a cell of the row.
 */
function passedTo(evaluation: Evaluation, site: CallSite, { from, to }: PropagatorAt, at: number) {
  const into = to[at];
  if (into?.word === "Parameter") {
    const value = valueOfPort(evaluation, site, from);
    return { index: into.from, value: wrapIn(keysOf(to.slice(at + 1)), value) };
  }
  const [parameter, handed] = [from[at], from.at(-1)];
  if (parameter?.word !== "Parameter" || handed?.word !== "Argument") return undefined;
  const writes = ofAtom(settleAtom(evaluation, cellOf(site, from), handed.from));
  return { index: parameter.from, value: wrapIn(keysOf(from.slice(at + 1)), writes) };
}

function cellOf(site: CallSite, from: Port): string {
  return `${site.root}>${keysOf(from).join(">")}`;
}

function callArgument(
  evaluation: Evaluation,
  site: CallSite,
  { at: [first = "", ...keys], given: params, self }: Callback,
): Shape {
  const index = Number(first);
  const passed = loadPath(evaluation.solver, site.args[index] ?? empty, keys);
  const callee = self && !isEmpty(passed) ? store(passed, "@@this", self) : passed;
  const [value = empty] = params;
  // The name of a property stands for a function that reads it.
  const names = pathOf(callee);
  if (names) return loadPath(evaluation.solver, value, names);
  const open = ofAtom(openAtom);
  const filled = Array.from({ length: Math.max(params.length, 3) }, (_, each) => params[each] ?? open);
  return evaluation.solver.calls.callBack(evaluation, site, callee, filled, index);
}

function valueFrom(evaluation: Evaluation, site: CallSite, row: PropagatorAt, returned: Returned): Shape {
  if (callbackIn(row.from, "Parameter")) return readSettled(evaluation, cellOf(site, row.from));
  const at = callbackIn(row.from, "ReturnValue");
  if (!at) return valueOfPort(evaluation, site, row.from);
  const given = returned.get(at.join(".")) ?? empty;
  return valueAt(evaluation, site, Number(at[0]), given, row.from.slice(at.length + 1));
}

/** The part of a value that a row moves. Keys that are not constant choose nothing. */
function chosen(evaluation: Evaluation, site: CallSite, row: PropagatorAt, value: Shape): Shape {
  const path = row.at && pathOf(valueOfPort(evaluation, site, row.at));
  if (path) return loadPath(evaluation.solver, value, path);
  const named = row.picks && portValues(evaluation, site, row.picks).map(([, shape]) => shape);
  const selection = named && selectionOf(named);
  const wanted = selection ? chooseFields(evaluation.solver, value, selection) : value;
  const omitted = row.omits && keysAt(evaluation, site, row.omits);
  return omitted ? omitted.reduce((kept, key) => store(kept, key, empty), wanted) : wanted;
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
  const under = row.under && pathOf(valueOfPort(evaluation, site, row.under));
  const wrapped = wrapIn([...keysOf(rest), ...(under ?? [])], value);
  if (head.word === "ReturnValue" || head.word === "Instance") return join(result, wrapped);
  if (head.word === "Receiver" && site.self) setAfter(evaluation, site.id, -1, join(site.self, wrapped));
  const target = head.word === "Argument" ? site.args[head.from] : undefined;
  if (head.word === "Argument" && target) setAfter(evaluation, site.id, head.from, join(target, wrapped));
  return result;
}
