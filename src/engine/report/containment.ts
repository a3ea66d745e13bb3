import type { Catalog } from "../base/catalog.ts";

/** Whether one jurisdiction lies within another: a union such as `EU` holds its members. */
export function createContainment(catalog: Catalog): (outer: string, inner: string) => boolean {
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
