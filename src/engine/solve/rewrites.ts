import type { ApiNode, EventPlace } from "./api-node.ts";
import { type Atom, openAtom } from "./atom.ts";
import { textsOf } from "./builtin-call.ts";
import { loadPath } from "./evaluate-load.ts";
import { cellKey } from "./evaluation.ts";
import { portValues } from "./model-ports.ts";
import { wrapIn } from "./modelled-sources.ts";
import { withoutPath } from "./redactions.ts";
import { empty, hasAtom, isEmpty, join, load, ofAtom, type Shape, store } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { changeOf } from "./state-store.ts";

/**
 * What is made of events before they are written goes with what writes them, in a hidden field; where it is said once for a
 * package, it stands in a cell of that. Functions by the place of the data in their events; keys that are left out.
 */
const rewritesField = "@@rewrites";
const keysLeftOut = "@@keys";

/** What a call makes, with what it is told to make of events. */
export function withRewrites(evaluation: Evaluation, site: CallSite, node: ApiNode, made: Shape): Shape {
  let told = site.self?.fields?.get(rewritesField) ?? empty;
  for (const { by, list, within, shared } of node.rewrites) {
    const place = list ? keysLeftOut : within.join(".");
    for (const [, value] of portValues(evaluation, site, by ?? list ?? [])) {
      const given = list ? load(value, "*") : value;
      if (isEmpty(given)) continue;
      if (shared) writeShared(evaluation, node.library, store(empty, place, given));
      else told = store(told, place, join(told.fields?.get(place) ?? empty, given));
    }
  }
  return isEmpty(told) || !hasAtom(made, ({ kind }) => kind === "api")
    ? made
    : store(made, rewritesField, told);
}

function writeShared(evaluation: Evaluation, library: string, told: Shape): void {
  evaluation.solver.writeCell(evaluation, "", cellKey("", 0, cellName(library)), told);
}

/** What is written of the data that arrives at a sink. */
export function rewritten(
  evaluation: Evaluation,
  site: CallSite,
  { library }: ApiNode,
  place: EventPlace | undefined,
  data: Shape,
): Shape {
  if (!place) return data;
  const told = join(
    site.self?.fields?.get(rewritesField) ?? empty,
    evaluation.solver.moduleCell("", cellName(library)),
  );
  if (!told.fields) return data;
  const keys = place.spreads && isObject(data) ? [] : place.keys;
  let left = data;
  for (const [within, by] of told.fields) {
    const path = within === keysLeftOut ? keys : [...within.split(".").filter(Boolean), ...keys];
    const event = wrapIn(path, left);
    const written =
      within === keysLeftOut ? withoutKeys(evaluation, event, by) : run(evaluation, site, by, event);
    left = loadPath(evaluation.solver, written, path);
  }
  return left;
}

function isObject(data: Shape): boolean {
  for (const key of data.fields?.keys() ?? []) if (!key.startsWith("@@")) return true;
  if (hasAtom(data, (atom) => atom.kind === "source" && !atom.record)) return false;
  return hasAtom(data, ({ kind }) => kind === "type" || kind === "instance" || kind === "sym");
}

function withoutKeys({ solver }: Evaluation, event: Shape, listed: Shape): Shape {
  return (textsOf(listed) ?? []).reduce((left, key) => withoutPath(solver, left, [key]), event);
}

/** The function gives the event, or changes it where it gives nothing. One that is not known may do nothing. */
function run(evaluation: Evaluation, site: CallSite, by: Shape, event: Shape): Shape {
  if (!hasAtom(by, isCallable)) return event;
  const { next, left } = changeOf(evaluation, { ...site, argSites: [] }, by, event, ofAtom(openAtom));
  const changed = returns(evaluation, by) ? next : isEmpty(left) ? event : left;
  return isKnown(by) ? changed : join(event, changed);
}

/** Of what a package's function is beside that, nothing is known: its root has members of several sorts. */
function isKnown(by: Shape): boolean {
  const isApi = hasAtom(by, ({ kind }) => kind === "api");
  return !hasAtom(by, (atom) => !isCallable(atom) && !(isApi && atom.kind === "open"));
}

function isCallable({ kind }: Atom): boolean {
  return kind === "function" || kind === "api";
}

function returns({ solver }: Evaluation, by: Shape): boolean {
  for (const { atom } of by.atoms.values()) {
    const facts = atom.kind === "function" ? solver.program.functions[atom.id]?.facts : undefined;
    if (facts?.returns.length === 0) return false;
  }
  return true;
}

function cellName(library: string): string {
  return `@rewrites ${library}`;
}
