import type { Span } from "../base/location.ts";
import type { Item, TypeRef, Value, ValueId } from "../extract/index.ts";
import type { ApiNode } from "./api-node.ts";
import { writtenItems } from "./array-shape.ts";
import { type Atom, openAtom } from "./atom.ts";
import { textOf } from "./builtin-call.ts";
import { constructGlobal, constructLibraryError } from "./builtin-functions.ts";
import { placeClient } from "./client-places.ts";
import { withDescribed } from "./described.ts";
import { callShape } from "./evaluate-call.ts";
import { evaluateThis } from "./evaluate-ports.ts";
import { expressionOf, nameOf, setAfter, shapeAt, siteOf } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { injectedCall } from "./injection.ts";
import { askedPart } from "./modelled-sources.ts";
import { variableSource } from "./named-source.ts";
import { iterated } from "./own-methods.ts";
import { withParsed } from "./parsed-by-schema.ts";
import type { Port } from "./port.ts";
import { readThrough } from "./rows.ts";
import { withAskedSetting } from "./settings.ts";
import { empty, join, ofAtom, type Shape, someAtom, withFields } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { writeBackCall } from "./write-back.ts";

export function evaluateCall(
  evaluation: Evaluation,
  value: Extract<Value, { op: "call" }>,
  id: ValueId,
): Shape {
  const callee = evaluation.values[value.callee];
  if (callee?.op === "super") return constructSuper(evaluation, value, id);
  const site = callSite(evaluation, id, value.callee, value.receiver, value.args, value.typeArgs);
  const method =
    callee?.op === "load" && value.receiver !== undefined
      ? { key: callee.key, receiverName: nameOf(evaluation, value.receiver), receiver: value.receiver }
      : undefined;
  const result = withParsed(
    evaluation,
    value,
    id,
    withDescribed(evaluation, id, callShape(evaluation, site, method), site.self),
  );
  writeBackCall(evaluation, id, value.receiver, value.args);
  const told = readThrough(site.self, withAskedSetting(evaluation, value.args, result, site.call));
  return told.atoms.has(openAtom.key) ? join(told, injectedCall(evaluation, value, site)) : told;
}

/** `super(…)`: what the parent's constructor does to `this`. */
function constructSuper(evaluation: Evaluation, value: Extract<Value, { op: "call" }>, id: ValueId): Shape {
  const site = callSite(evaluation, id, value.callee, value.receiver, value.args);
  const self = site.self ?? evaluateThis(evaluation);
  for (const { atom } of site.callee.atoms.values()) {
    if (atom.kind === "global" || atom.kind === "library") {
      const made =
        atom.kind === "global"
          ? constructGlobal(evaluation, site, atom.path)
          : constructLibraryError(atom, site);
      if (made)
        setAfter(
          evaluation,
          id,
          -1,
          withFields(self, new Map([...(self.fields ?? []), ...(made.fields ?? [])])),
        );
    }
    if (atom.kind === "api") setAfter(evaluation, id, -1, placeClient(evaluation, self, site, atom.node));
    if (atom.kind !== "instance") continue;
    const parent = evaluation.solver.classOf(atom.id);
    const target = evaluation.solver.program.functionId(parent.file, parent.facts.constructorFunction);
    const callee = ofAtom({ kind: "function", key: `f ${target}`, id: target });
    callShape(evaluation, { ...site, callee, self });
  }
  return evaluation.after.get(id)?.get(-1) ?? empty;
}

export function callSite(
  evaluation: Evaluation,
  id: ValueId,
  callee: ValueId,
  receiver: ValueId | undefined,
  items: readonly Item[],
  typeArgs?: readonly TypeRef[],
): CallSite {
  const args: Shape[] = [];
  const argSites: Site[] = [];
  let spreadFrom: number | undefined;
  let spreadList: Shape | undefined;
  const last = items.at(-1);
  for (const item of items) {
    const shape = item.value < 0 ? empty : shapeAt(evaluation, item.value);
    const at =
      item.value < 0
        ? siteOf(evaluation, id)
        : argumentSite(
            evaluation,
            item.span ? item : { ...item, span: within(evaluation, item.value, siteOf(evaluation, id)) },
          );
    const items = item.spread ? writtenItems(shape) : [shape];
    if (!items) {
      spreadList = spreadFrom === undefined && item === last ? shape : undefined;
      spreadFrom ??= args.length;
    }
    for (const each of items ?? [iterated(evaluation, { id, call: at, root: String(id) }, shape)]) {
      args.push(each);
      argSites.push(at);
    }
  }
  return {
    ...(typeArgs && { typeArgs }),
    id,
    call: siteOf(evaluation, id),
    callee: shapeAt(evaluation, callee),
    self: receiver === undefined ? undefined : shapeAt(evaluation, receiver),
    args,
    argSites,
    selfSite: receiver === undefined ? undefined : receiverSite(evaluation, callee),
    name: expressionOf(evaluation, callee),
    root: String(id),
    ...(items.every(({ spread }) => !spread) && { written: { args, items } }),
    ...(spreadFrom !== undefined && { spreadFrom, spreadList }),
  };
}

/** The receiver of a method call is written before the method's name. */
function receiverSite(evaluation: Evaluation, callee: ValueId): Site {
  const value = evaluation.values[callee];
  const site = siteOf(evaluation, callee);
  return value?.op === "load" ? { ...site, end: Math.max(site.start, value.keySpan.start - 1) } : site;
}

/** Of a literal written in place, the first part that carries data, identifiers apart: there the squiggle says most. */
export function argumentSite(evaluation: Evaluation, item: Item): Site {
  const span = carrier(evaluation, item.value, item.span ?? siteOf(evaluation, item.value), 0);
  return { file: evaluation.node.file, start: span.start, end: span.end };
}

function carrier(evaluation: Evaluation, id: ValueId, written: Span, depth: number): Span {
  const value = evaluation.values[id];
  if (!value || depth > 4) return written;
  const isLoud = (atom: Atom) =>
    isData(atom) && !(atom.kind === "source" && evaluation.solver.classifier.isQuiet(atom.source.dataType));
  const inPlace = value.span.start >= written.start && value.span.end <= written.end;
  if (!inPlace) return written;
  if (value.op === "typed") return carrier(evaluation, value.value, written, depth + 1);
  const carriers = partsOf(value).filter(([part]) => someAtom(shapeAt(evaluation, part), isData));
  const inner = carriers.find(([part]) => someAtom(shapeAt(evaluation, part), isLoud)) ?? carriers[0];
  return inner ? carrier(evaluation, inner[0], inner[1] ?? siteOf(evaluation, inner[0]), depth + 1) : written;
}

/** Where a value is made, when that is inside what is written here; else all that is written here. */
function within(evaluation: Evaluation, id: ValueId, written: Span): Span {
  const site = siteOf(evaluation, id);
  return site.start >= written.start && site.end <= written.end ? site : written;
}

function isData(atom: Atom): boolean {
  return atom.kind === "source" || atom.kind === "type";
}

function partsOf(value: Value): (readonly [ValueId, Span | undefined])[] {
  if (value.op === "object") {
    return value.entries.map((entry) =>
      "spread" in entry
        ? [entry.spread, entry.span]
        : [entry.value, "span" in entry ? entry.span : undefined],
    );
  }
  if (value.op === "array") return value.items.map((item) => [item.value, item.span]);
  if (value.op === "concat") return value.parts.map((part, index) => [part, value.partSpans?.[index]]);
  return [];
}

/** The result of a call that nothing is known of may be told by the variable that takes it. */
export function named(evaluation: Evaluation, value: Value, id: ValueId, given: Shape): Shape {
  const shape = value.op === "call" ? join(given, askedFor(evaluation, value, id, given)) : given;
  if (!value.name || !shape.atoms.has(openAtom.key) || hasVisibleField(shape)) return shape;
  if (
    someAtom(
      shape,
      (atom) =>
        atom.kind === "source" || atom.kind === "type" || atom.kind === "api" || atom.kind === "function",
    )
  )
    return shape;
  return join(
    shape,
    variableSource(evaluation.solver, value.name, undefined, siteOf(evaluation, id), undefined),
  );
}

/** Of URL parameters, headers, form data, and whatever is like them. */
const asking = new Set(["get", "getAll", "header"]);

/** `form.get("email")`, `headers.get("user-agent")`: what is asked for by a name is told by that name. */
function askedFor(
  evaluation: Evaluation,
  value: Extract<Value, { op: "call" }>,
  id: ValueId,
  result: Shape,
): Shape {
  const callee = evaluation.values[value.callee];
  if (callee?.op !== "load" || !asking.has(callee.key) || !value.args[0]) return empty;
  const key = textOf(shapeAt(evaluation, value.args[0].value));
  const isKnown = !someAtom(result, (atom) => atom.kind === "open" || atom.kind === "sym");
  if (key === undefined || isKnown) return empty;
  if (someAtom(result, (atom) => atom.kind === "source")) return empty;
  return askedPart(
    evaluation.solver,
    apiNodes(shapeAt(evaluation, value.receiver)),
    key,
    nameOf(evaluation, value.receiver),
    siteOf(evaluation, id),
    `${expressionOf(evaluation, value.callee)}("${key}")`,
    resultPort(result),
  );
}

function apiNodes(shape: Shape): ApiNode[] {
  return [...shape.atoms.values()].flatMap(({ atom }) => (atom.kind === "api" ? [atom.node] : []));
}

/** The result of a call that only callers can resolve. */
function resultPort(result: Shape): Port | undefined {
  for (const { atom } of result.atoms.values())
    if (atom.kind === "sym" && atom.root.startsWith("r") && atom.path.length === 0) return atom;
  return undefined;
}

function hasVisibleField(shape: Shape): boolean {
  for (const key of shape.fields?.keys() ?? []) if (!key.startsWith("@@")) return true;
  return false;
}
