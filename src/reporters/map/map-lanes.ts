import type { Catalog, DataMapEntry } from "../../engine/index.ts";

/** What every format of the data map is given. */
export interface MapInput {
  readonly entries: readonly DataMapEntry[];
  readonly catalog: Pick<Catalog, "jurisdictions" | "sinkKinds">;
  /** The tool's own version. */
  readonly version: string;
}

/** One place that data goes to, with what goes there. */
export interface Lane {
  /** A jurisdiction, or `here` or `unknown`. */
  readonly id: string;
  readonly title: string;
  readonly entries: readonly DataMapEntry[];
}

/** Logs, files and responses have no place of their own. */
const here = "here";
const unknown = "unknown";

/** Where the program runs first, then the jurisdictions by name, and last what could not be told. An entry may stand in several. */
export function lanesOf({ entries, catalog }: MapInput): Lane[] {
  const titles = new Map(catalog.jurisdictions.map(({ id, title }) => [id, title]));
  const lanes = new Map<string, DataMapEntry[]>();
  for (const entry of entries)
    for (const id of lanesOfEntry(entry)) lanes.set(id, [...(lanes.get(id) ?? []), entry]);
  const rank = (id: string) => (id === here ? 0 : id === unknown ? 2 : 1);
  return [...lanes]
    .map(([id, of]) => ({ id, title: titleOf(id, titles), entries: of }))
    .sort((a, b) => rank(a.id) - rank(b.id) || (a.title < b.title ? -1 : 1));
}

export function lanesOfEntry({ jurisdictions, placeUnknown }: DataMapEntry): readonly string[] {
  if (jurisdictions.length === 0) return [placeUnknown ? unknown : here];
  return placeUnknown ? [...jurisdictions, unknown] : jurisdictions;
}

function titleOf(id: string, titles: ReadonlyMap<string, string>): string {
  if (id === here) return "Where the program runs";
  return id === unknown ? "Unknown place" : (titles.get(id) ?? id);
}

/** The worst of what the rules say: one finding outweighs what is approved. */
export function statusOf(entries: readonly DataMapEntry[]): DataMapEntry["status"] {
  const all = new Set(entries.map(({ status }) => status));
  return all.has("finding") ? "finding" : all.has("approved") ? "approved" : "unruled";
}

/** Calls, each counted once, whatever data types it gets. */
export function callsOf(entries: readonly DataMapEntry[]): number {
  return new Set(entries.map(({ location: { file, start } }) => `${file}:${start.line}:${start.character}`))
    .size;
}

export function sinkTitles({ sinkKinds }: MapInput["catalog"]): (kind: string) => string {
  const titles = new Map(sinkKinds.map(({ id, title }) => [id, title]));
  return (kind) => titles.get(kind) ?? kind;
}

/** `a.ts:12`, with lines from 1. */
export function whereOf({ location }: DataMapEntry): string {
  return `${location.file}:${location.start.line + 1}`;
}

/** Groups in the order in which their first member comes. */
export function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
