import type { Catalog } from "../base/catalog.ts";
import type { Problem } from "../base/problem.ts";
import { createContainment } from "./containment.ts";
import type { ReportedClient } from "./finding.ts";
import { joinWords, nameOfPlace } from "./plain-words.ts";

/** A workspace whose clients stand on both sides of a border, and whose policy says nothing of borders, is told so, once. */
export function missingPolicy(clients: readonly ReportedClient[], catalog: Catalog): Problem[] {
  const contains = createContainment(catalog);
  const found = new Set(clients.flatMap(({ places }) => places.map(({ jurisdiction }) => jurisdiction)));
  // What may be anywhere in a union lies within it: `EU` and `DE` are no border.
  const apart = [...found].filter(
    (each) => ![...found].some((other) => other !== each && contains(each, other)),
  );
  if (apart.length < 2) return [];
  const titles = new Map(catalog.jurisdictions.map(({ id, title }) => [id, title]));
  const names = apart.map((id) => nameOfPlace(titles.get(id) ?? id)).sort();
  return [
    {
      code: "policy-missing",
      message: `Clients of this workspace stand in ${joinWords(names, 4)}, and no policy says whose data may go where.`,
      hint: "Run borderline init (in the editor: Borderline: Create Policy) to write one from what was found.",
    },
  ];
}
