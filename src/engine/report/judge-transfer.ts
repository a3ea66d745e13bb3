import picomatch from "picomatch/posix";
import type { Catalog, Severity, Transfer } from "../base/catalog.ts";
import { isWithin } from "../base/kinds.ts";
import type { FileId } from "../base/location.ts";
import { forEachPolicy } from "../base/nest-policies.ts";
import type { Policy } from "../base/policy.ts";
import type { Flow, Place } from "../solve/index.ts";
import { createContainment } from "./containment.ts";

/** Places that the data of one flow may not go to, and whose data it is. */
export interface Verdict {
  readonly places: readonly Place[];
  readonly residency?: string;
  /** The policy's official channel from those people to one of these places, which the data did not take. */
  readonly channel?: string;
  /** Set when no policy speaks of borders and only the built-in preset does: a hint, no breach of a stated rule. */
  readonly severity?: Severity;
}

/** Answers with no places when the flow goes nowhere that it may not go. */
export type TransferJudge = (flow: Flow) => Verdict;

/** What applies when the policy names no residency, no transfer and no preset. */
const defaultPreset = "us-countries-of-concern";

/**
 * Judges flows by the policy's transfers, then by those of its presets: the first row that matches decides, and what no
 * row matches is allowed. Within one jurisdiction everything is allowed.
 *
 * Where the policy says nothing of residency at all, people may be anywhere: rows are matched whatever their `from`.
 */
export function createTransferJudge(catalog: Catalog, policy: Policy, context: JudgeContext): TransferJudge {
  const residencyOf = createResidency(policy, context.packageOf);
  const judgeAt = forEachPolicy(policy, (each) => judgeUnder(catalog, each, residencyOf, context));
  return (flow) => judgeAt(flow.sink.call.file)(flow);
}

/** Judges by one policy: that of the folder that the data is sent from. */
function judgeUnder(
  catalog: Catalog,
  policy: Policy,
  residencyOf: ReturnType<typeof createResidency>,
  { packageOf, used }: JudgeContext,
): TransferJudge {
  const contains = createContainment(catalog);
  const silent = speaksOfNoBorder(policy);
  const anyResidency = speaksOfNoResidency(policy);
  const presets = silent ? [defaultPreset] : policy.presets;
  const rows = [
    ...policy.transfers,
    ...presets.flatMap((id) => catalog.presets.find((preset) => preset.id === id)?.transfers ?? []),
  ];

  return (flow) => {
    const told = residencyOf(flow.source.site.file, flow.sink.call.file);
    const residency = flow.source.residency ?? residencyOfRows(flow.source.readFrom, told) ?? told;
    const people: People = { residency, anywhere: residency === undefined && anyResidency };
    const candidates = flow.placeUnknown ? [unknownPlaceOf(flow)] : flow.places;
    const places = candidates.filter((place) => !isAllowed(flow, place.jurisdiction, people));
    const channel = places.length > 0 ? channelTo(places, people) : undefined;
    return {
      places,
      ...(channel === undefined ? {} : { channel }),
      ...(residency === undefined ? {} : { residency }),
      ...(silent ? { severity: "warning" } : {}),
    };
  };

  /** Rows of a database in one country are of that country's union's people: within it they may move. */
  function residencyOfRows(readFrom: string | undefined, told: string | undefined): string | undefined {
    if (readFrom === undefined || (told !== undefined && contains(told, readFrom))) return undefined;
    return contains("EU", readFrom) ? "EU" : readFrom;
  }

  function isAllowed(flow: Flow, place: string, people: People): boolean {
    if (people.residency !== undefined && contains(people.residency, place)) return true;
    const row = rows.find((each) => matches(each, flow, place, people));
    if (row) used.add(row);
    return row?.allow ?? true;
  }

  /** A channel that is declared for these people and one of these places; not one of which nothing is said. */
  function channelTo(places: readonly Place[], people: People): string | undefined {
    return policy.channels.find(
      ({ from, to }) =>
        (from !== undefined || to !== undefined) &&
        leadsFrom(from, people) &&
        (to === undefined ||
          places.some(({ jurisdiction }) => listOf(to).some((each) => contains(each, jurisdiction)))),
    )?.name;
  }

  function leadsFrom(from: Transfer["from"], { residency, anywhere }: People): boolean {
    if (from === undefined || anywhere) return true;
    return listOf(from).some(
      (each) => each === "*" || (residency !== undefined && contains(each, residency)),
    );
  }

  function matches(row: Transfer, flow: Flow, place: string, people: People): boolean {
    if (row.data && !row.data.some((data) => isWithin(flow.source.dataType, data))) return false;
    if (row.sinks && !row.sinks.some((kind) => isWithin(flow.sink.kind, kind))) return false;
    // A place that is not known is judged by the rows that speak of such places alone.
    if (place === unknownPlace && !listOf(row.to ?? []).includes(place)) return false;
    if (row.to !== undefined && !listOf(row.to).some((to) => to === "*" || contains(to, place))) return false;
    const sender = row.packages && packageOf(flow.sink.call.file);
    if (row.packages && !row.packages.some((name) => sender !== undefined && matchesName(name, sender)))
      return false;
    return leadsFrom(row.from, people);
  }
}

/** What a transfer's `to` says of clients whose place could not be told. */
const unknownPlace = "unknown";

function unknownPlaceOf({ sink }: Flow): Place {
  return {
    jurisdiction: unknownPlace,
    written: "",
    evidence: sink.call,
    because: "where it stands could not be told",
    confidence: "high",
    steps: [],
  };
}

/** What a judge needs besides the policy, and what it tells. */
export interface JudgeContext {
  /** The name of the package of the workspace that a file is in. */
  readonly packageOf: (file: FileId) => string | undefined;
  /** Filled with the transfers that decided something. */
  readonly used: Set<Transfer>;
}

interface People {
  readonly residency: string | undefined;
  readonly anywhere: boolean;
}

/** Then only the built-in preset applies. */
export function speaksOfNoBorder(policy: Policy): boolean {
  return speaksOfNoResidency(policy) && policy.transfers.length + policy.presets.length === 0;
}

function speaksOfNoResidency({ residency }: Policy): boolean {
  return residency.default === undefined && isEmpty(residency.paths) && isEmpty(residency.packages ?? {});
}

/**
 * The policy's globs for the file of the source, then of the sink, the last match winning, those of a folder's own policy
 * last of all; their packages; the default.
 */
function createResidency(
  policy: Policy,
  packageOf: JudgeContext["packageOf"],
): (source: FileId, sink: FileId) => string | undefined {
  const nested = (policy.nested ?? []).flatMap(({ residency }) => Object.entries(residency));
  const paths = [...Object.entries(policy.residency.paths), ...nested].reverse().map(([glob, residency]) => ({
    matches: picomatch(glob.replace(/^\.\//, ""), { dot: true }),
    residency,
  }));
  const pathOf = (file: FileId) => paths.find(({ matches }) => matches(file))?.residency;
  const packages = Object.entries(policy.residency.packages ?? {}).reverse();
  const ofPackage = (file: FileId) => {
    const name = packages.length > 0 ? packageOf(file) : undefined;
    return name === undefined ? undefined : packages.find(([pattern]) => matchesName(pattern, name))?.[1];
  };
  return (source, sink) =>
    pathOf(source) ?? pathOf(sink) ?? ofPackage(source) ?? ofPackage(sink) ?? policy.residency.default;
}

/** `*` stands for any run of characters. */
function matchesName(pattern: string, name: string): boolean {
  return pattern === name || picomatch.isMatch(name, pattern, { bash: true });
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(record).length === 0;
}
