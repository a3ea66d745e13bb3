import { lanesOf, type MapInput } from "./map-lanes.ts";

/** For other programs: the entries as they are, lines and columns from 1, and where they go. */
export function mapJson(input: MapInput): string {
  const map = {
    version: 1,
    tool: { name: "borderline", version: input.version },
    places: lanesOf(input).map(({ id, title, entries }) => ({ id, title, entries: entries.length })),
    entries: input.entries.map(({ location: { file, start }, ...entry }) => ({
      ...entry,
      location: { file, line: start.line + 1, column: start.character + 1 },
    })),
  };
  return `${JSON.stringify(map, null, 2)}\n`;
}
