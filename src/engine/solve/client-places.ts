import { type ApiNode, type Port, withTypes } from "./api-node.ts";
import { type Atom, settingAtom } from "./atom.ts";
import { constantAtom } from "./constant-atom.ts";
import { noteAddress, noteClient } from "./made-clients.ts";
import { valueOfPort } from "./model-ports.ts";
import { isAddress } from "./places.ts";
import type { Port as ValuePort } from "./port.ts";
import { packagesPlace, setPlace } from "./set-places.ts";
import { empty, isEmpty, join, joinAll, ofAtom, type Shape, someAtom, store } from "./shape.ts";
import { placeCarrier, placeFields } from "./sink-data.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** The place of a client travels with it in hidden fields; that of a caller's client is read from what the caller passes. */
export function clientOf(
  { solver }: Pick<Evaluation, "solver">,
  site: Pick<CallSite, "self" | "callee" | "call">,
  /** A call that is told its address itself is no call of the package's own client. */
  told = false,
): Shape {
  const fields = new Map<string, Shape>();
  for (const key of placeFields) {
    const field = site.self?.fields?.get(key) ?? site.callee.fields?.get(key);
    if (field) fields.set(key, field);
  }
  const known = { atoms: empty.atoms, fields: fields.size > 0 ? fields : undefined };
  if (site.self && someAtom(site.self, (atom) => atom.kind === "sym"))
    return store(empty, "@@client", join(known, placeCarrier(site.self)));
  if (known.fields) return known;
  const set = told ? empty : packagesPlace(solver, site.callee);
  if (set.fields) return set;
  const fixed = fixedHost(site);
  return fixed ? store(empty, "@@host", fixed) : empty;
}

/** A hit's client in its caller's terms. Of one that the caller passes in, only what tells its place. */
export function callersClient(
  client: Shape,
  inCallersTerms: (shape: Shape) => Shape,
  callersValue: (port: ValuePort) => Shape,
): Shape {
  const passed = client.fields?.get("@@client");
  if (!passed) return client.fields ? inCallersTerms(client) : client;
  const known = inCallersTerms({ atoms: empty.atoms, fields: passed.fields });
  const parts = [...passed.atoms.values()].map(({ atom }) =>
    atom.kind === "sym" ? placeCarrier(callersValue(atom)) : empty,
  );
  return store(empty, "@@client", joinAll([known, ...parts]));
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
  return constantOf(written.slice("host:".length), site);
}

function constantOf(value: string, { call }: Pick<CallSite, "call">): Shape {
  return ofAtom(constantAtom(value, call));
}

/** Where a call goes that is told its address itself: as its ports say; else where the receiver stands. */
export function hostOfCall(evaluation: Evaluation, site: CallSite, ports: readonly Port[]): Shape {
  const told = addressTold(evaluation, site, ports);
  if (isPlaced(told)) return told;
  if (someAtom(told, isAddress)) return store(empty, "@@host", told);
  const client = clientOf(evaluation, site, true);
  return client.fields ? client : store(empty, "@@host", told);
}

/** The first port that says an address, or a client; else whatever the ports say. */
function addressTold(evaluation: Evaluation, site: CallSite, ports: readonly Port[]): Shape {
  let written = empty;
  for (const port of ports) {
    const host = valueAtPort(evaluation, site, port);
    if (isPlaced(host) || someAtom(host, isAddress)) return host;
    written = join(written, host);
  }
  return written;
}

/** A call that is told its address itself, and no client that is listed where it is made. */
export function noteAddressed(evaluation: Evaluation, site: CallSite, node: ApiNode): void {
  const ports = node.sinks.find(({ host }) => host !== undefined)?.host;
  if (!ports) return;
  const told = addressTold(evaluation, site, ports);
  if (told.fields?.has("@@provider")) return;
  const address = withoutFields(told.fields?.get("@@host") ?? told);
  if (!someAtom(address, isAddress)) {
    if (!someAtom(address, mayBeAddress) || clientOf(evaluation, site, true).fields) return;
  }
  noteAddress(evaluation, address, site, node);
}

function mayBeAddress({ kind }: Atom): boolean {
  return kind === "sym" || kind === "setting";
}

/** A call that names its region goes there, through whatever client. */
export function regionOfCall(evaluation: Evaluation, site: CallSite, port: Port): Shape {
  const client = clientOf(evaluation, site);
  const region = withoutFields(valueAtPort(evaluation, site, port));
  return isEmpty(region) ? client : store(client, "@@region", region);
}

function valueAtPort(evaluation: Evaluation, site: CallSite, port: Port | undefined): Shape {
  return port ? valueOfPort(evaluation, site, port) : empty;
}

function withoutFields(shape: Shape): Shape {
  return shape.fields ? { atoms: shape.atoms, fields: undefined } : shape;
}

/**
 * The place that is written in the arguments of the call that makes a client goes with the client. What a placed client
 * makes stands where that does, unless it is told an address of its own.
 */
export function placeClient(evaluation: Evaluation, result: Shape, site: CallSite, made: ApiNode): Shape {
  const inherited = withPlaceOf(withPlaceOf(result, site.callee), site.self);
  const rows = withTypes(made).flatMap((each) => each.places);
  if (rows.length === 0) return inherited;
  for (const { client, row } of rows) {
    const through = valueAtPort(evaluation, site, client);
    if (!isPlaced(through)) continue;
    const placed = withPlaceOf(inherited, through);
    return row.rows ? store(placed, "@@rows", constantOf("rows", site)) : placed;
  }
  const told = toldAt(evaluation, site, rows);
  if (isPlaced(inherited) && isEmpty(told.region) && !someAtom(told.host, isAddress)) return inherited;
  const placed = placedBy(inherited, site, rows, told);
  noteClient(evaluation, placed, site, made);
  return placed;
}

/** A call that tells where a client stands that it does not make. */
export function setClient(evaluation: Evaluation, site: CallSite, node: ApiNode): void {
  if (node.setters.length === 0) return;
  const placed = placedBy(empty, site, node.setters, toldAt(evaluation, site, node.setters));
  noteClient(evaluation, placed, site, node);
  setPlace(evaluation, placed, site, node);
}

type Told = Readonly<Record<"host" | "region", Shape>>;

function toldAt(evaluation: Evaluation, site: CallSite, rows: ApiNode["places"]): Told {
  const read = (port: Port | undefined) => withoutFields(valueAtPort(evaluation, site, port));
  return {
    host: joinAll(rows.map((row) => read(row.host))),
    region: joinAll(rows.map((row) => read(row.region))),
  };
}

/** The place that the arguments tell; else what the rows say of a client that is told nothing. */
function placedBy(client: Shape, site: CallSite, rows: ApiNode["places"], { host, region }: Told): Shape {
  const provider = rows.find(({ row }) => row.provider !== undefined)?.row.provider ?? "";
  let placed = store(client, "@@provider", constantOf(provider, site));
  if (rows.some(({ row }) => row.rows)) placed = store(placed, "@@rows", constantOf("rows", site));
  if (!isEmpty(host)) placed = store(placed, "@@host", host);
  if (!isEmpty(region)) placed = store(placed, "@@region", region);
  if (!isEmpty(host) || !isEmpty(region)) return placed;
  const otherwise = rows.find(({ row }) => row.else !== undefined)?.row.else;
  if (otherwise?.startsWith("host:")) return store(placed, "@@host", constantHost(otherwise, site));
  if (otherwise === undefined) return placed;
  return store(placed, "@@region", ofAtom(settingAtom(otherwise.slice("env:".length), site.call)));
}

function isPlaced({ fields }: Shape): boolean {
  return fields?.has("@@host") === true || fields?.has("@@region") === true;
}

function withPlaceOf(shape: Shape, client: Shape | undefined): Shape {
  let placed = shape;
  for (const key of placeFields) {
    const field = client?.fields?.get(key);
    if (field) placed = store(placed, key, field);
  }
  return placed;
}
