import type { ApiNode } from "./api-node.ts";
import type { Atom } from "./atom.ts";
import type { MadeAt, Place, Site } from "./flow.ts";
import { placesOf } from "./places.ts";
import { empty, join, type Shape, sameShape, someAtom } from "./shape.ts";
import { placeFields } from "./sink-data.ts";
import type { CallSite, Evaluation, Solver } from "./solver.ts";
import type { MadeClient } from "./summary.ts";

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
  return [...clients.values()].filter(({ client, bySuper }) => bySuper || someField(client, dependsOnCaller));
}

export function sameClient(a: MadeClient, b: MadeClient): boolean {
  return keyOf(a.made) === keyOf(b.made) && sameShape(a.client, b.client);
}

/** Where the clients of a program are made, and where they stand: one entry for each call that makes some. */
export function createClientList(solver: Solver) {
  const found = new Map<string, MadeAt>();
  return { add, all: () => [...found.values()] };

  function add({ made, name, library, bySuper, client }: MadeClient): void {
    if (bySuper) return;
    const told = placesOf(solver.places, client);
    // What only callers know is told where they call.
    const unknown = told.unknown && !someField(client, dependsOnCaller);
    const known = found.get(keyOf(made));
    const places = joinPlaces(known?.places ?? [], told.places);
    found.set(keyOf(made), {
      site: made,
      name,
      library,
      places,
      unknown: unknown || known?.unknown === true,
    });
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

function someField({ fields }: Shape, test: (atom: Atom) => boolean): boolean {
  for (const field of fields?.values() ?? []) if (someAtom(field, test)) return true;
  return false;
}

function dependsOnCaller(atom: Atom): boolean {
  if (atom.kind === "sym") return true;
  return atom.kind === "constant" && (atom.unless !== undefined || atom.holes?.some(Boolean) === true);
}
