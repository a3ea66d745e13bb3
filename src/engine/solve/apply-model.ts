import type { ApiNode, PlaceAt, Port } from "./api-graph.ts";
import { withTypes } from "./api-graph.ts";
import { openAtom } from "./atom.ts";
import { sourceOf } from "./evaluate-load.ts";
import { portValues } from "./model-ports.ts";
import { applyPropagators, isCalledByRows } from "./propagate.ts";
import {
  empty,
  flatten,
  isEmpty,
  join,
  joinAll,
  load,
  makeSafe,
  ofAtom,
  type Shape,
  someAtom,
  store,
} from "./shape.ts";
import { carriesData, placeCarrier, placeFields } from "./sink-data.ts";
import { addHit } from "./sink-hits.ts";
import type { CallSite, Evaluation } from "./solver.ts";
import { callState } from "./state-cells.ts";
import { apiShape } from "./type-shape.ts";

/** A call (or `new`) of something that a model speaks of: sinks, sanitizers, propagators, what it returns, where it stands. */
export function applyModel(
  evaluation: Evaluation,
  site: CallSite,
  node: ApiNode,
  guessed: boolean,
  how: "call" | "new",
): Shape {
  applySinks(evaluation, site, node, guessed);
  const [state] = node.states;
  if (state) return callState(evaluation, site, state);
  callCallbacks(evaluation, site, node);
  const result = resultOf(evaluation, site, node, guessed, how);
  return place(result, site, node, how);
}

function applySinks(evaluation: Evaluation, site: CallSite, node: ApiNode, guessed: boolean): void {
  for (const sink of node.sinks) {
    for (const [index, data] of portValues(evaluation, site, sink.port)) {
      if (!someAtom(data, carriesData)) continue;
      const client = sink.host ? hostOfCall(evaluation, site, sink.host) : clientOf(site);
      addHit(evaluation, {
        kind: sink.kind,
        name: site.name || node.name,
        confidence: guessed ? "medium" : "high",
        origin: site.call,
        call: site.call,
        argument: site.argSites[index] ?? site.call,
        data,
        client,
        hasPlace: client.fields !== undefined,
        channel: site.channel,
      });
    }
  }
}

/** The place of a client travels with it in hidden fields. */
function clientOf(site: CallSite): Shape {
  const fields = new Map<string, Shape>();
  for (const key of placeFields) {
    const field = site.self?.fields?.get(key) ?? site.callee.fields?.get(key);
    if (field) fields.set(key, field);
  }
  if (fields.size > 0) return { atoms: empty.atoms, fields };
  const fixed = fixedHost(site);
  if (fixed) return store(empty, "@@host", fixed);
  const symbolic = site.self && someAtom(site.self, (atom) => atom.kind === "sym");
  // A client that a caller passes in: its place is read from what the caller passes.
  return symbolic ? store(empty, "@@client", placeCarrier(site.self as Shape)) : empty;
}

/** A client that nobody makes, such as a package's own default instance, stands where its model says. */
function fixedHost(site: CallSite): Shape | undefined {
  for (const { atom } of site.self?.atoms.values() ?? []) {
    if (atom.kind !== "api") continue;
    for (const { row } of atom.node.places)
      if (row.else?.startsWith("host:")) return constantHost(row.else, site);
  }
  return undefined;
}

function constantHost(written: string, site: CallSite): Shape {
  const value = written.slice("host:".length);
  return ofAtom({ kind: "constant", key: `k ${value}`, value, site: site.call });
}

function hostOfCall(evaluation: Evaluation, site: CallSite, port: Port): Shape {
  const host = joinAll(portValues(evaluation, site, port).map(([, shape]) => shape));
  if (host.fields?.has("@@region") || host.fields?.has("@@host")) return host;
  const own = site.self?.fields?.get("@@host");
  return store(empty, "@@host", own && isEmpty(host) ? own : joinHosts(host, own));
}

/** A relative URL stands on the client's own host. */
function joinHosts(host: Shape, own: Shape | undefined): Shape {
  if (!own) return host;
  const absolute = someAtom(
    host,
    (atom) => atom.kind === "constant" && /^[a-z][a-z0-9+.-]*:\/\//i.test(atom.value),
  );
  return absolute ? host : own;
}

/** Callbacks that a model gives types to are called with them; others with values that nothing is known of. */
function callCallbacks(evaluation: Evaluation, site: CallSite, node: ApiNode): void {
  for (const [index, arg] of site.args.entries()) {
    if (isCalledByRows(node, index) || !someAtom(arg, (atom) => atom.kind === "function")) continue;
    const params: Shape[] = [];
    for (const { port, type } of node.callbackTypes) {
      const [at, param] = port;
      if (at?.word !== "Argument" || param?.word !== "Parameter" || index < at.from || index > at.to)
        continue;
      for (let each = param.from; each <= Math.min(param.to, 8); each++) params[each] = apiShape(type, false);
    }
    const open = ofAtom(openAtom);
    for (let each = 0; each < 4; each++) params[each] ??= open;
    for (const callee of arg.atoms.size > 0 ? [arg] : [...(arg.fields?.values() ?? [])])
      evaluation.solver.calls.callBack(evaluation, site, callee, params, index);
  }
}

function resultOf(
  evaluation: Evaluation,
  site: CallSite,
  node: ApiNode,
  guessed: boolean,
  how: "call" | "new",
): Shape {
  const given = () => joinAll([...(site.self ? [site.self] : []), ...site.args].map(flatten));
  if (node.channels.length > 0) return ofAtom(openAtom);
  if (node.sanitizers.length > 0) {
    const total = node.sanitizers.find((safety) => safety.rows.every((row) => !row.data && !row.protects));
    return total ? knownResult(node, guessed, how) : node.sanitizers.reduce(makeSafe, given());
  }
  const known = knownResult(node, guessed, how);
  let result = join(known, modelledSources(site, node));
  result = applyPropagators(evaluation, site, node, result);
  if (node.propagators.length > 0 || known !== empty || node.sinks.length > 0)
    return isEmpty(result) ? ofAtom(openAtom) : result;
  return join(result, evaluation.solver.calls.callUnknown(evaluation, site));
}

function knownResult(node: ApiNode, guessed: boolean, how: "call" | "new"): Shape {
  const next = how === "new" ? node.instance : node.returned;
  const nodes = withTypes(node).flatMap((each) => (each === node ? (next ? [next] : []) : []));
  return joinAll(nodes.map((each) => apiShape(each, guessed)));
}

function modelledSources(site: CallSite, node: ApiNode): Shape {
  return joinAll(
    node.sources
      .filter((row) => row.port[0]?.word === "ReturnValue")
      .map((row) =>
        sourceOf(
          {
            site: site.call,
            dataType: row.dataType,
            expression: `${site.name}()`,
            confidence: "high",
            because: `what \`${site.name}\` returns is declared as ${row.dataType} by a model`,
          },
          false,
          undefined,
        ),
      ),
  );
}

/** The place that is written in the arguments of the call that makes a client goes with the client. */
function place(result: Shape, site: CallSite, node: ApiNode, how: "call" | "new"): Shape {
  const made = how === "new" ? node.instance : node.returned;
  if (!made) return result;
  const rows = withTypes(made).flatMap((each) => each.places);
  const own = site.self?.fields;
  let placed = result;
  for (const key of placeFields) {
    const inherited = own?.get(key);
    if (inherited) placed = store(placed, key, inherited);
  }
  for (const at of rows) placed = placeBy(placed, site, at);
  return placed;
}

function placeBy(result: Shape, site: CallSite, at: PlaceAt): Shape {
  let placed = result;
  const read = (port: Port | undefined): Shape => {
    const [first, ...rest] = port ?? [];
    if (first?.word !== "Argument") return empty;
    const argument = site.args[first.from] ?? empty;
    return rest.reduce(
      (shape, token) =>
        token.word === "Member" ? joinAll(token.names.map((name) => load(shape, name))) : shape,
      argument,
    );
  };
  const provider = ofAtom({
    kind: "constant",
    key: `k ${at.row.provider ?? ""}`,
    value: at.row.provider ?? "",
    site: site.call,
  });
  placed = store(placed, "@@provider", provider);
  const host = read(at.host);
  const region = read(at.region);
  if (!isEmpty(host)) placed = store(placed, "@@host", host);
  if (!isEmpty(region)) placed = store(placed, "@@region", region);
  const nowhere = isEmpty(host) && isEmpty(region);
  return nowhere && at.row.else?.startsWith("host:")
    ? store(placed, "@@host", constantHost(at.row.else, site))
    : placed;
}
