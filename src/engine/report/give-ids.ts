import { hashText } from "../base/hash-text.ts";
import type { Location, Position } from "../base/location.ts";
import { compareLocations } from "./compare.ts";
import type { DraftFinding } from "./draft-findings.ts";
import { functionsAround } from "./enclosing-functions.ts";
import type { ReportFile, ReportFiles } from "./report-file.ts";

/**
 * The drafts' names, in their order. An id is made of rule, file, enclosing function, sink and data types, so that it
 * outlives edits elsewhere in the file; equal ones are told apart by their order in the text.
 */
export function giveIds(drafts: readonly DraftFinding[], files: ReportFiles): string[] {
  const keys = drafts.map((draft) => keyOf(draft, files));
  const order = drafts.map((_, index) => index);
  order.sort((a, b) => compareLocations(locationAt(drafts, a), locationAt(drafts, b)) || a - b);
  const seen = new Map<string, number>();
  const ids = new Array<string>(drafts.length);
  for (const index of order) {
    const key = keys[index] as string;
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    ids[index] = hashText(`${key}\n${ordinal}`);
  }
  return ids;
}

function locationAt(drafts: readonly DraftFinding[], index: number): Location {
  return (drafts[index] as DraftFinding).location;
}

function keyOf(draft: DraftFinding, files: ReportFiles): string {
  const { file } = draft.location;
  const facts = files.get(file);
  const inside = facts === undefined ? "" : enclosingName(facts, draft.call.start);
  const dataTypes = draft.data.map(({ dataType }) => dataType).sort();
  return [draft.rule.id, file, inside, draft.sink, dataTypes.join(","), draft.channel ?? ""].join("\n");
}

/** The names of the functions and the class around a position, outermost first: `UserService.export`. */
function enclosingName(
  { functions, classes, lineStarts }: ReportFile,
  { line, character }: Position,
): string {
  const names: string[] = [];
  for (const at of functionsAround(functions, (lineStarts[line] ?? 0) + character)) {
    const facts = functions[at];
    if (facts?.name) names.unshift(facts.name);
    if (facts?.class !== undefined) names.unshift(classes[facts.class]?.name ?? "");
  }
  return names.join(".");
}
