import { type ApiNode, type PlaceAt, type Port, withTypes } from "./api-node.ts";
import { portValues } from "./model-ports.ts";
import { empty, isEmpty, joinAll, load, ofAtom, type Shape, someAtom, store } from "./shape.ts";
import { placeCarrier, placeFields } from "./sink-data.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** The place of a client travels with it in hidden fields. */
export function clientOf(site: Pick<CallSite, "self" | "callee" | "call">): Shape {
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
function fixedHost(site: Pick<CallSite, "self" | "call">): Shape | undefined {
  for (const { atom } of site.self?.atoms.values() ?? []) {
    if (atom.kind !== "api") continue;
    for (const { row } of atom.node.places)
      if (row.else?.startsWith("host:")) return constantHost(row.else, site);
  }
  return undefined;
}

function constantHost(written: string, site: Pick<CallSite, "call">): Shape {
  const value = written.slice("host:".length);
  return ofAtom({ kind: "constant", key: `k ${value}`, value, site: site.call });
}

export function hostOfCall(evaluation: Evaluation, site: CallSite, port: Port): Shape {
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

/** The place that is written in the arguments of the call that makes a client goes with the client. */
export function placeClient(result: Shape, site: CallSite, made: ApiNode): Shape {
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
