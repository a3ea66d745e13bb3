import type { ApiNode } from "./api-node.ts";
import type { Atom } from "./atom.ts";
import type { MadeAt, Place, Site } from "./flow.ts";
import { isForeignAddress, placesOf } from "./places.ts";
import { empty, join, load, type Shape, sameShape, someAtom, store } from "./shape.ts";
import { placeFields } from "./sink-data.ts";
import type { CallSite, Evaluation, Solver } from "./solver.ts";
import type { MadeClient } from "./summary.ts";
import { hostOf, unknownPart } from "./told-place.ts";

/** A client of a sort that stands somewhere is made here, whether or not data ever reaches it. */
export function noteClient(
  evaluation: Evaluation,
  placed: Shape,
  site: CallSite,
  { library }: ApiNode,
): void {
  const fields = new Map<string, Shape>();
  for (const key of placeFields) {
    const field = placed.fields?.get(key);
    if (field) fields.set(key, field);
  }
  const client = { atoms: empty.atoms, fields };
  addClient(evaluation, {
    made: site.call,
    name: site.name,
    library,
    bySuper: isSuper(evaluation, site),
    client,
  });
}

/** A call that names its address itself (`fetch(url)`) is its own client, whether or not data goes there. */
export function noteAddress(evaluation: Evaluation, address: Shape, site: CallSite, { name }: ApiNode): void {
  addClient(evaluation, {
    made: site.call,
    name: site.name || name,
    library: "",
    addressed: true,
    bySuper: false,
    client: store(empty, "@@host", address),
  });
}

function isSuper({ values }: Evaluation, { id }: CallSite): boolean {
  const call = values[id];
  return call?.op === "call" && values[call.callee]?.op === "super";
}

/** A client that a callee makes, as its caller sees it. */
export function takeClient(evaluation: Evaluation, made: MadeClient, client: Shape, site: CallSite): void {
  const own = made.bySuper ? { made: site.call, name: site.name, bySuper: isSuper(evaluation, site) } : {};
  addClient(evaluation, { ...made, ...own, client });
}

/** The same call may make several: one for each caller. Each pass and each callee says more of where they stand. */
export function addClient({ clients }: Evaluation, given: MadeClient): void {
  const key = keyOf(given.made);
  const known = clients.get(key);
  clients.set(key, known ? { ...known, client: join(known.client, given.client) } : given);
}

/** Clients whose place depends on what callers pass, or that callers make. */
export function clientsForCallers({ clients }: Evaluation): MadeClient[] {
  return [...clients.values()].filter(({ client, bySuper }) => bySuper || dependsOnCaller(client));
}

export function sameClient(a: MadeClient, b: MadeClient): boolean {
  return keyOf(a.made) === keyOf(b.made) && sameShape(a.client, b.client);
}

/** One entry of the list, while it grows. */
type Entry = MadeAt & {
  /** Somewhere, nothing that only callers know is left in it: what is said there counts. */
  readonly told: boolean;
};

/** Where the clients of a program are made, and where they stand: one entry for each call that makes some. */
export function createClientList(solver: Solver) {
  const found = new Map<string, Entry>();
  return { add, all };

  function add({ made, name, library, addressed, bySuper, client }: MadeClient): void {
    if (bySuper) return;
    const here = placesOf(solver.places, client);
    // Of a call with an address, only those are of interest that lead away from here.
    if (addressed && here.places.length === 0 && !someHost(client, isForeignAddress)) return;
    // What only callers know is told where they call.
    const told = !dependsOnCaller(client);
    const known = found.get(keyOf(made));
    if (known?.told && !told) return;
    const before = known?.told === told ? known : undefined;
    found.set(keyOf(made), {
      site: made,
      name,
      library,
      places: joinPlaces(before?.places ?? [], here.places),
      unknown: (told && here.unknown) || before?.unknown === true,
      told,
    });
  }

  /** A client whose place only callers know, and no caller tells, may stand anywhere. */
  function all(): MadeAt[] {
    return [...found.values()].map(({ told, ...client }) =>
      told || client.places.length > 0 ? client : { ...client, unknown: true },
    );
  }
}

function joinPlaces(known: readonly Place[], more: readonly Place[]): readonly Place[] {
  const places = [...known];
  for (const place of more)
    if (!known.some((each) => each.jurisdiction === place.jurisdiction && each.written === place.written))
      places.push(place);
  return places;
}

function keyOf({ file, start }: Site): string {
  return `${file}:${start}`;
}

/** Whether callers may tell more of where it stands. */
function dependsOnCaller({ fields }: Shape): boolean {
  for (const [key, field] of fields ?? [])
    if (someAtom(field, (atom) => isCallers(atom, key === "@@host"))) return true;
  return false;
}

/** Of an address, only the host matters. */
function isCallers(atom: Atom, address: boolean): boolean {
  if (atom.kind === "sym") return true;
  if (atom.kind !== "constant" && atom.kind !== "setting") return false;
  if (atom.where) return true;
  if (atom.kind === "setting") return false;
  if (atom.unless !== undefined) return true;
  if (!atom.holes?.some(Boolean)) return false;
  return !address || hostOf(atom.value).includes(unknownPart);
}

function someHost(client: Shape, test: (atom: Atom) => boolean): boolean {
  return someAtom(load(client, "@@host"), test);
}
