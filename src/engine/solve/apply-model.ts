import { type ApiNode, includesIndex, keysOf, type SinkAt, withTypes } from "./api-node.ts";
import { openAtom } from "./atom.ts";
import { callCallbacks } from "./call-callbacks.ts";
import { callCombinator, withDataFirst } from "./call-combinator.ts";
import {
  clientOf,
  hostOfCall,
  noteAddressed,
  placeClient,
  regionOfCall,
  setClient,
} from "./client-places.ts";
import { setAfter } from "./evaluation.ts";
import { withFailures } from "./failures.ts";
import { makeSafe } from "./make-safe.ts";
import { portValues } from "./model-ports.ts";
import { sourceFields, wrapIn } from "./modelled-sources.ts";
import { applyPropagators } from "./propagate.ts";
import { raisePassed, withRaised } from "./raised-errors.ts";
import { withRecipients } from "./recipients.ts";
import { redacted, withRedactions } from "./redactions.ts";
import { rewritten, withRewrites } from "./rewrites.ts";
import { empty, flatten, isEmpty, join, joinAll, ofAtom, type Shape, someAtom } from "./shape.ts";
import { carriesData } from "./sink-data.ts";
import { addHit } from "./sink-hits.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { callState } from "./state-cells.ts";
import { modelledSource, ownSources } from "./told-sources.ts";
import { apiShape, typeArgumentsOf } from "./type-shape.ts";

/** How a node is used: called, made an instance of, as the tag of a template, or as a component. */
export type Use = "call" | "new" | "tag" | "jsx";

/** A use of something that a model speaks of: sinks, sanitizers, propagators, what it returns, where it stands. */
export function applyModel(
  evaluation: Evaluation,
  given: CallSite,
  node: ApiNode,
  guessed: boolean,
  use: Use,
): Shape {
  const combined = callCombinator(evaluation, given, node);
  if (combined) return combined;
  const site = withDataFirst(given, node);
  applySinks(evaluation, site, node, guessed);
  setClient(evaluation, site, node);
  if (!guessed) noteAddressed(evaluation, site, node);
  const [state] = node.states;
  if (state) return callState(evaluation, site, state);
  // What an element does with its handlers is told where it is evaluated.
  if (use !== "jsx") callCallbacks(evaluation, site, node);
  raisePassed(evaluation, site, node);
  const result = resultOf(evaluation, site, node, guessed, use);
  const made = use === "new" ? node.instance : node.returned;
  const placed = made
    ? withRedactions(evaluation, site, made, placeClient(evaluation, result, site, made))
    : result;
  const told = withRewrites(evaluation, site, node, placed);
  const failing = withRaised(evaluation, node, withFailures(evaluation, site, node, told));
  const texts = node.withTexts.filter((each) => isText(site.args[each.index], each.value));
  if (texts.length === 0) return failing;
  return joinAll([
    failing,
    ...texts.map((each) => {
      each.node.seen = true;
      return applyModel(evaluation, site, each.node, guessed, use);
    }),
  ]);
}

/** Whether a value may be this constant text. */
function isText(shape: Shape | undefined, text: string): boolean {
  for (const { atom } of shape?.atoms.values() ?? [])
    if (atom.kind === "constant" && atom.value === text) return true;
  return false;
}

/** Whether the rows of a node say what a call of it does, so that nobody needs to look into it. */
export function standsInForBody(node: ApiNode): boolean {
  return (
    node.sinks.some(({ port }) => port[0]?.word === "Argument" || port[0]?.word === "Receiver") ||
    node.sources.some(({ port }) => port[0]?.word === "ReturnValue" || port[0]?.word === "Instance") ||
    node.sanitizers.length + node.propagators.length + node.states.length > 0 ||
    node.combinator !== undefined
  );
}

function applySinks(evaluation: Evaluation, site: CallSite, node: ApiNode, guessed: boolean): void {
  for (const sink of node.sinks) {
    for (const [index, given] of portValues(evaluation, site, sink.port)) {
      const kept = redacted(evaluation, site, index, given);
      const data = rewritten(evaluation, site, node, sink.as, kept);
      if (!someAtom(data, carriesData)) continue;
      addHit(evaluation, {
        kind: sink.kind,
        name: site.name || node.name,
        confidence: guessed ? "medium" : "high",
        origin: site.call,
        call: site.call,
        argument: site.argSites[index] ?? site.call,
        data,
        ...clientAt(evaluation, site, sink),
        channel: site.channel,
      });
    }
  }
}

function clientAt(evaluation: Evaluation, site: CallSite, sink: SinkAt) {
  const stands = sink.host
    ? hostOfCall(evaluation, site, sink.host)
    : sink.region
      ? regionOfCall(evaluation, site, sink.region)
      : clientOf(evaluation, site);
  const client = withRecipients(evaluation, site, stands, sink.recipients);
  return { client, hasPlace: client.fields !== undefined };
}

function resultOf(evaluation: Evaluation, site: CallSite, node: ApiNode, guessed: boolean, use: Use): Shape {
  const given = () => joinAll([...(site.self ? [site.self] : []), ...site.args].map(flatten));
  if (node.channels.length > 0) return ofAtom(openAtom);
  const sanitizers = node.sanitizers.filter((each) => !cleansInPlace(evaluation, site, each));
  if (sanitizers.length > 0) {
    const total = sanitizers.some(({ safety }) => safety.rows.every((row) => !row.data && !row.protects));
    return total
      ? knownResult(evaluation, site, node, guessed, use)
      : sanitizers.reduce((shape, { safety }) => makeSafe(shape, safety), given());
  }
  const known = knownResult(evaluation, site, node, guessed, use);
  const modelled = join(known, modelledResult(evaluation, site, node));
  const result = applyPropagators(evaluation, site, node, modelled);
  const told = node.propagators.length + node.sinks.length + node.sanitizers.length > 0 || known !== empty;
  if (told) return isEmpty(result) ? ofAtom(openAtom) : result;
  return join(result, evaluation.solver.calls.callUnknown(evaluation, site));
}

/** A sanitizer of an argument (or the receiver) leaves *that* safe, and tells nothing of the result. */
function cleansInPlace(
  evaluation: Evaluation,
  site: CallSite,
  { port, safety }: ApiNode["sanitizers"][number],
): boolean {
  const [first] = port;
  if (first?.word === "Receiver") {
    if (site.self) setAfter(evaluation, site.id, -1, makeSafe(site.self, safety));
  } else if (first?.word === "Argument") {
    for (const [index, arg] of site.args.entries())
      if (includesIndex(first, index)) setAfter(evaluation, site.id, index, makeSafe(arg, safety));
  } else return false;
  return true;
}

function knownResult(
  { solver, node: { file } }: Evaluation,
  site: CallSite,
  node: ApiNode,
  guessed: boolean,
  use: Use,
): Shape {
  const next = use === "new" ? node.instance : node.returned;
  if (!next) return empty;
  const name = `${site.name}()`;
  const told = withTypes(next).flatMap((each) => {
    const own = ownSources(each.sources, site.call, name);
    return own === empty ? sourceFields(each, site.call, name) : own;
  });
  const context = { owner: name, site: site.call, unless: undefined, depth: 0 };
  const typed = site.typeArgs ? typeArgumentsOf(solver, file, site.typeArgs, next, context) : empty;
  return joinAll([apiShape(next, guessed), typed, ...told]);
}

/** Data that the call gives: as its result, or in an argument. */
function modelledResult(evaluation: Evaluation, site: CallSite, node: ApiNode): Shape {
  const results: Shape[] = [];
  for (const { port, dataType, whole } of node.sources) {
    const [first, next] = port;
    const source = () => modelledSource({ dataType, whole }, site.call, `${site.name}()`);
    if (first?.word === "ReturnValue" || first?.word === "Instance") results.push(source());
    if (first?.word !== "Argument" || next?.word === "Parameter") continue;
    for (const [index, arg] of site.args.entries())
      if (includesIndex(first, index))
        setAfter(evaluation, site.id, index, join(arg, wrapIn(keysOf(port.slice(1)), source())));
  }
  return joinAll(results);
}
