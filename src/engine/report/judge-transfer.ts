import picomatch from "picomatch/posix";
import type { Catalog, Severity, Transfer } from "../base/catalog.ts";
import { isWithin } from "../base/kinds.ts";
import type { FileId } from "../base/location.ts";
import type { Policy } from "../base/policy.ts";
import type { Flow, Place } from "../solve/index.ts";

/** Places that the data of one flow may not go to, and whose data it is. */
export interface Verdict {
  readonly places: readonly Place[];
  readonly residency?: string;
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
export function createTransferJudge(catalog: Catalog, policy: Policy): TransferJudge {
  const contains = createContainment(catalog);
  const residencyOf = createResidency(policy);
  const silent = speaksOfNoBorder(policy);
  const anyResidency = policy.residency.default === undefined && isEmpty(policy.residency.paths);
  const presets = silent ? [defaultPreset] : policy.presets;
  const rows = [
    ...policy.transfers,
    ...presets.flatMap((id) => catalog.presets.find((preset) => preset.id === id)?.transfers ?? []),
  ];

  return (flow) => {
    const residency = flow.source.residency ?? residencyOf(flow.source.site.file, flow.sink.call.file);
    const people: People = { residency, anywhere: residency === undefined && anyResidency };
    const candidates = flow.placeUnknown ? [unknownPlaceOf(flow)] : flow.places;
    const places = candidates.filter((place) => !isAllowed(flow, place.jurisdiction, people));
    return {
      places,
      ...(residency === undefined ? {} : { residency }),
      ...(silent ? { severity: "warning" } : {}),
    };
  };

  function isAllowed(flow: Flow, place: string, people: People): boolean {
    if (people.residency !== undefined && contains(people.residency, place)) return true;
    return rows.find((row) => matches(row, flow, place, people))?.allow ?? true;
  }

  function matches(row: Transfer, flow: Flow, place: string, people: People): boolean {
    if (row.data && !row.data.some((data) => isWithin(flow.source.dataType, data))) return false;
    if (row.sinks && !row.sinks.some((kind) => isWithin(flow.sink.kind, kind))) return false;
    // A place that is not known is judged by the rows that speak of such places alone.
    if (place === unknownPlace && !listOf(row.to ?? []).includes(place)) return false;
    if (row.to !== undefined && !listOf(row.to).some((to) => to === "*" || contains(to, place))) return false;
    if (row.from === undefined || people.anywhere) return true;
    const { residency } = people;
    return listOf(row.from).some(
      (from) => from === "*" || (residency !== undefined && contains(from, residency)),
    );
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

interface People {
  readonly residency: string | undefined;
  readonly anywhere: boolean;
}

function speaksOfNoBorder(policy: Policy): boolean {
  const { residency, transfers, presets } = policy;
  return (
    residency.default === undefined && isEmpty(residency.paths) && transfers.length + presets.length === 0
  );
}

/** The policy's globs for the file of the source, then of the sink, the last match winning; then the policy's default. */
function createResidency(policy: Policy): (source: FileId, sink: FileId) => string | undefined {
  const paths = Object.entries(policy.residency.paths)
    .reverse()
    .map(([glob, residency]) => ({
      matches: picomatch(glob.replace(/^\.\//, ""), { dot: true }),
      residency,
    }));
  const pathOf = (file: FileId) => paths.find(({ matches }) => matches(file))?.residency;
  return (source, sink) => pathOf(source) ?? pathOf(sink) ?? policy.residency.default;
}

/** Whether one jurisdiction lies within another: a union such as `EU` holds its members. */
function createContainment(catalog: Catalog): (outer: string, inner: string) => boolean {
  const members = new Map(catalog.jurisdictions.map(({ id, members }) => [id, members ?? []]));
  const holds = (outer: string, inner: string, seen: ReadonlySet<string>): boolean =>
    outer === inner ||
    (members.get(outer) ?? []).some(
      (member) => !seen.has(member) && holds(member, inner, new Set([...seen, member])),
    );
  // A union lies within a wider one when all its members do: `EU` within `EEA`.
  return (outer, inner) => {
    if (holds(outer, inner, new Set([outer]))) return true;
    const parts = members.get(inner) ?? [];
    return parts.length > 0 && parts.every((part) => holds(outer, part, new Set([outer])));
  };
}

function listOf(value: string | readonly string[]): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

function isEmpty(record: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(record).length === 0;
}
