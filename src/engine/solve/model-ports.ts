import type { PathToken } from "../base/access-path.ts";
import type { Port } from "./api-node.ts";
import { isList, textOf } from "./builtin-call.ts";
import { constantAtom } from "./constant-atom.ts";
import { rowName, rowOf } from "./described.ts";
import { loadPath } from "./evaluate-load.ts";
import { elementKey } from "./key-words.ts";
import { selectedBy } from "./selected-shape.ts";
import { empty, join, joinAll, load, ofAtom, type Shape, withFields } from "./shape.ts";
import { rejectedSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { columnsOf } from "./sql-shape.ts";

/** The values that a port names, with the index of the argument that each comes from (-1 for the receiver). */
export function portValues(evaluation: Evaluation, site: CallSite, port: Port): [number, Shape][] {
  const [first, ...rest] = port;
  if (!first) return [];
  if (first.word === "Receiver")
    return site.self ? [[-1, valueAt(evaluation, site, -1, site.self, rest)]] : [];
  if (first.word === "Template") {
    const text = site.template === undefined ? empty : ofAtom(constantAtom(site.template, site.call));
    return [[-1, valueAt(evaluation, site, -1, text, rest)]];
  }
  if (first.word !== "Argument") return [];
  const found: [number, Shape][] = [];
  for (let index = first.from; index <= Math.min(first.to, site.args.length - 1); index++) {
    found.push([index, valueAt(evaluation, site, index, site.args[index] as Shape, rest)]);
  }
  return found;
}

/** All that a port names, joined. */
export function valueOfPort(evaluation: Evaluation, site: CallSite, port: Port): Shape {
  return joinAll(portValues(evaluation, site, port).map(([, shape]) => shape));
}

export function valueAt(
  evaluation: Evaluation,
  site: CallSite,
  index: number,
  shape: Shape,
  tokens: readonly PathToken[],
): Shape {
  let at = shape;
  for (const [done, token] of tokens.entries()) {
    if (token.word === "EachMember") return eachMember(evaluation, site, index, at, tokens.slice(done + 1));
    if (token.word === "Member")
      at = joinAll(token.names.map((name) => loadPath(evaluation.solver, at, [name])));
    else if (token.word === "AnyMember") at = loadPath(evaluation.solver, at, ["*"]);
    else if (token.word === "ArrayElement") at = loadPath(evaluation.solver, at, [elementKey]);
    else if (token.word === "Row") at = rowOf(evaluation.solver, at, site.call, site.name);
    else if (token.word === "Columns")
      at = columnsOf(evaluation.solver, at, tableOf(site), site.call, site.name);
    else if (token.word === "Selected") at = selectedBy(evaluation, site, at);
    else if (token.word === "RowName") at = rowName(at, site.call);
    else if (token.word === "Emitted") at = emitted(evaluation, at);
    else if (token.word === "Rejected") at = load(at, rejectedSlot);
    // What a callback answers to whatever it is called with.
    else if (token.word === "ReturnValue")
      at = evaluation.solver.calls.callBack(evaluation, site, at, [], index);
    else if (token.word === "Parameter") return empty;
  }
  return at;
}

/** The table that the receiver asks, where a model has noted its name. */
function tableOf({ self }: CallSite): string {
  return (self && textOf(load(self, "@@name"))) ?? "";
}

/** What a list or a stream gives one by one, and a promise at once: of what may be either, the whole and its elements. */
export function emitted({ solver }: Evaluation, shape: Shape): Shape {
  const elements = loadPath(solver, shape, [elementKey]);
  return isList(shape) ? elements : join(shape, elements);
}

/** What the words after it say of every member, each under its key. */
function eachMember(
  evaluation: Evaluation,
  site: CallSite,
  index: number,
  shape: Shape,
  tokens: readonly PathToken[],
): Shape {
  const fields = new Map<string, Shape>();
  for (const [key, member] of shape.fields ?? [])
    if (!key.startsWith("@@")) fields.set(key, valueAt(evaluation, site, index, member, tokens));
  const modules = [...shape.atoms.values()].flatMap(({ atom }) =>
    atom.kind === "namespace" ? [atom.file] : [],
  );
  for (const file of modules)
    for (const key of evaluation.solver.program.exportedNames(file))
      fields.set(key, valueAt(evaluation, site, index, loadPath(evaluation.solver, shape, [key]), tokens));
  if (shape.atoms.size > modules.length && !fields.has("*"))
    fields.set("*", valueAt(evaluation, site, index, loadPath(evaluation.solver, shape, ["*"]), tokens));
  return withFields(empty, fields);
}
