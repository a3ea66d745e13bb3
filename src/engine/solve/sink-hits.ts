import { isWithin, lowest } from "../base/kinds.ts";
import { argumentsField } from "./array-shape.ts";
import { type Atom, addStep, joinTrails, stepsOf, type Trail } from "./atom.ts";
import { deriveField } from "./evaluate-load.ts";
import { isExact } from "./exact-type.ts";
import type { Flow, SourceSite, Step } from "./flow.ts";
import { goesToVendor, placesOf } from "./places.ts";
import { always, bothConditions, conditionsKey, type PortCondition } from "./port-condition.ts";
import type { Safety } from "./safety.ts";
import { isOpen, join, type Shape, someAtom } from "./shape.ts";
import { sinkData } from "./sink-data.ts";
import type { Evaluation, Solver } from "./solver.ts";
import { sourceOf } from "./source-shape.ts";
import type { SinkHit } from "./summary.ts";

const deepestType = 3;

/** Keeps a hit; two hits of the same sink through the same call are one, with joined data. */
export function addHit(
  evaluation: Evaluation,
  given: Omit<SinkHit, "when">,
  below: readonly PortCondition[] = always,
): void {
  const { limits } = evaluation.solver;
  const channel = given.channel ?? evaluation.channel;
  const when = bothConditions(below, evaluation.when);
  const hit = { ...given, channel, when, data: sinkData(given.data) };
  const { origin, call, argument } = hit;
  const key = `${hit.kind} ${origin.file}:${origin.start} ${call.file}:${call.start} ${argument.start} ${hit.name} ${conditionsKey(when)}`;
  const known = evaluation.hits.get(key);
  if (!known) {
    const { size } = evaluation.hits;
    if (size < limits.sinkHits || (size < mostTold * limits.sinkHits && isTold(hit.data)))
      evaluation.hits.set(key, hit);
    else evaluation.solver.countLimit("sinkHits");
    return;
  }
  evaluation.hits.set(key, {
    ...known,
    data: join(known.data, hit.data),
    client: join(known.client, hit.client),
  });
}

/** Hits that are flows here, whatever callers pass, may be so many times as many: they are not handed up. */
const mostTold = 4;

function isTold(data: Shape): boolean {
  return someAtom(
    data,
    (atom) => (atom.kind === "source" || atom.kind === "type") && atom.unless === undefined,
  );
}

interface Found {
  readonly source: SourceSite;
  readonly trail: Trail | undefined;
  readonly safe: Safety | undefined;
}

/** Flows of a hit: its unconditional data; with `conditions`, also what is so unless a caller says otherwise. */
export function flowsOf(solver: Solver, hit: SinkHit, conditions: boolean): Flow[] {
  const found = new Map<string, Found>();
  const bulk = { seen: false };
  collect(solver, hit.data, conditions, 0, found, bulk, false);
  const flows: Flow[] = [];
  const vendor = hit.kind === "call" ? goesToVendor(solver.places, hit.client) : undefined;
  const kind = vendor ? "export.third-party" : hit.kind;
  const sure = vendor ? lowest(hit.confidence, vendor) : hit.confidence;
  for (const { source, trail, safe } of found.values()) {
    const made = safe ? safeRows(safe, source, kind) : [];
    const pseudonym = hit.hasPlace && made.length > 0 && made.every((row) => row.pseudonym);
    if (made.length > 0 && !pseudonym) continue;
    const { places, unknown } = hit.hasPlace
      ? placesOf(solver.places, hit.client)
      : { places: [], unknown: false };
    const steps = stepsTo(hit, source, trail);
    flows.push({
      sink: {
        call: hit.call,
        argument: hit.argument,
        kind,
        name: hit.name,
        confidence: sure,
        bulk: bulk.seen,
      },
      source: { ...source, confidence: trail?.guess ? "low" : lowest(source.confidence, sure) },
      steps,
      places,
      placeUnknown: unknown,
      ...(pseudonym && { pseudonym }),
      ...(hit.channel === undefined ? {} : { channel: hit.channel }),
    });
  }
  return flows;
}

/** Every way begins where the data comes from, and ends at the sink. */
function stepsTo(hit: SinkHit, source: SourceSite, trail: Trail | undefined): Step[] {
  const steps = stepsOf(addStep(trail, { kind: "sink", site: hit.origin, name: hit.name }));
  if (steps[0]?.kind === "source") return steps;
  return [{ kind: "source", site: source.site, name: source.expression }, ...steps];
}

/** The personal data in a value that nothing made safe, also what is so unless a caller says otherwise. */
export function sourcesIn(solver: Solver, data: Shape): SourceSite[] {
  const found = new Map<string, Found>();
  collect(solver, data, true, 0, found, { seen: false }, false);
  return [...found.values()].filter(({ safe }) => !safe).map(({ source }) => source);
}

function collect(
  solver: Solver,
  shape: Shape,
  conditions: boolean,
  depth: number,
  found: Map<string, Found>,
  bulk: { seen: boolean },
  inside: boolean,
): void {
  const explicit = shape.fields;
  for (const { atom, trail } of shape.atoms.values()) {
    if (atom.kind === "source") {
      if (atom.unless && !conditions) continue;
      if (atom.record && explicit && !isOpen(shape)) continue;
      add(found, atom.source, trail, atom.safe);
      if (inside) bulk.seen = true;
    } else if (atom.kind === "type" && (conditions || !atom.unless)) {
      if (atom.depth + depth <= deepestType || isExact(atom.type.type))
        expand(solver, atom, trail, shape, conditions, depth, found, bulk, inside);
    }
  }
  if (depth > 6) return;
  for (const [key, value] of explicit ?? []) {
    if (!key.startsWith("@@"))
      collect(
        solver,
        value,
        conditions,
        depth + 1,
        found,
        bulk,
        inside || (key === "*" && !explicit?.has(argumentsField)),
      );
  }
}

/** The fields that a declared type has, and that the value at hand did not overwrite. */
function expand(
  solver: Solver,
  atom: Extract<Atom, { kind: "type" }>,
  trail: Trail | undefined,
  shape: Shape,
  conditions: boolean,
  depth: number,
  found: Map<string, Found>,
  bulk: { seen: boolean },
  inside: boolean,
): void {
  const members = solver.program.membersOf(atom.type.file, atom.type.type);
  for (const [key] of members ?? []) {
    if (shape.fields?.has(key)) continue;
    const field = deriveField(solver, { atom, trail }, key, undefined);
    const within = new Map<string, Found>();
    collect(solver, field, conditions, depth + 1, within, bulk, inside);
    // The way of the whole object is the way of its fields; it begins where their type is declared.
    for (const each of within.values())
      add(found, each.source, joinTrails(sourceTrail(each.source), trail) ?? each.trail, each.safe);
  }
}

function add(
  found: Map<string, Found>,
  source: SourceSite,
  trail: Trail | undefined,
  safe: Safety | undefined,
): void {
  const key = `${source.dataType} ${source.site.file}:${source.site.start} ${source.expression}`;
  const known = found.get(key);
  if (!known || (known.safe && !safe)) found.set(key, { source, trail: trail ?? sourceTrail(source), safe });
}

function sourceTrail(source: SourceSite): Trail | undefined {
  return sourceOf(source, false, undefined).atoms.values().next().value?.trail;
}

/** What made the data safe for this sink. */
function safeRows(safe: Safety, { dataType, accessors }: SourceSite, sinkKind: string): Safety["rows"] {
  return safe.rows.filter(
    (row) =>
      (!row.accessors || accessors === true) &&
      (row.data?.some((each) => isWithin(dataType, each)) ?? true) &&
      (row.protects?.some((each) => isWithin(sinkKind, each)) ?? true),
  );
}
