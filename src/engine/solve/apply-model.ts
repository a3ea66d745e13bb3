import type { PathToken } from "../base/access-path.ts";
import type { ApiNode, PlaceAt, Port } from "./api-graph.ts";
import { withTypes } from "./api-graph.ts";
import { openAtom } from "./atom.ts";
import { loadPath, sourceOf } from "./evaluate-load.ts";
import { setAfter } from "./evaluation.ts";
import {
  elementKey,
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

/** The values that a port names, with the index of the argument that each comes from (-1 for the receiver). */
function portValues(evaluation: Evaluation, site: CallSite, port: Port): [number, Shape][] {
  const [first, ...rest] = port;
  if (!first) return [];
  if (first.word === "Receiver") return site.self ? [[-1, valueAt(evaluation, site.self, rest)]] : [];
  if (first.word !== "Argument") return [];
  const found: [number, Shape][] = [];
  for (let index = first.from; index <= Math.min(first.to, site.args.length - 1); index++) {
    found.push([index, valueAt(evaluation, site.args[index] as Shape, rest)]);
  }
  return found;
}

function valueAt(evaluation: Evaluation, shape: Shape, tokens: readonly PathToken[]): Shape {
  let at = shape;
  for (const token of tokens) {
    if (token.word === "Member")
      at = joinAll(token.names.map((name) => loadPath(evaluation.solver, at, [name])));
    else if (token.word === "AnyMember") at = loadPath(evaluation.solver, at, ["*"]);
    else if (token.word === "ArrayElement") at = loadPath(evaluation.solver, at, [elementKey]);
    else if (token.word === "Parameter" || token.word === "ReturnValue") return empty;
  }
  return at;
}

/** Callbacks that a model gives types to are called with them; others with values that nothing is known of. */
function callCallbacks(evaluation: Evaluation, site: CallSite, node: ApiNode): void {
  for (const [index, arg] of site.args.entries()) {
    if (!someAtom(arg, (atom) => atom.kind === "function")) continue;
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
  for (const { from, to } of node.propagators) result = propagate(evaluation, site, from, to, result);
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

function propagate(evaluation: Evaluation, site: CallSite, from: Port, to: Port, result: Shape): Shape {
  const value = joinAll(portValues(evaluation, site, from).map(([, shape]) => shape));
  const [head, ...rest] = to;
  if (!head) return result;
  const keys = rest.flatMap((token) =>
    token.word === "Member" ? [token.names[0] as string] : token.word === "ArrayElement" ? ["*"] : [],
  );
  if (head.word === "ReturnValue" || head.word === "Instance") return join(result, wrap(keys, value));
  if (head.word === "Receiver" && site.self)
    setAfter(evaluation, site.id, -1, join(site.self, wrap(keys, value)));
  if (head.word === "Argument") {
    const target = site.args[head.from];
    if (target && rest[0]?.word === "Parameter")
      evaluation.solver.calls.callBack(evaluation, site, target, [value], head.from);
    else if (target) setAfter(evaluation, site.id, head.from, join(target, wrap(keys, value)));
  }
  return result;
}

function wrap(keys: readonly string[], value: Shape): Shape {
  return keys.reduceRight((inner, key) => store(empty, key, inner), value);
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
