import { highest } from "../base/kinds.ts";
import { locationOf } from "../base/location.ts";
import type { Flow } from "../solve/index.ts";
import { compareLocations, compareTexts } from "./compare.ts";
import type { DataMapEntry, Finding } from "./finding.ts";
import type { ReportFiles } from "./report-file.ts";
import type { Wording } from "./wording.ts";

/** What of the findings at one call matters here. */
type Judged = Pick<Finding, "id" | "suppressed"> & {
  readonly call: DataMapEntry["location"];
  readonly dataTypes: readonly string[];
};

/**
 * Where every data type goes, also where no rule minds: one entry per data type, sink kind and call. Below each stands what
 * the rules said of it.
 */
export function dataMap(
  flows: readonly Flow[],
  findings: readonly Judged[],
  files: ReportFiles,
  wording: Wording,
): DataMapEntry[] {
  const entries = new Map<string, DataMapEntry>();
  const byCall = new Map<string, Judged[]>();
  for (const each of findings) byCall.set(keyOf(each.call), [...(byCall.get(keyOf(each.call)) ?? []), each]);
  for (const flow of flows) {
    const { sink, source } = flow;
    if (flow.pseudonym && flow.places.length === 0) continue;
    const location = locationOf(sink.call.file, files.get(sink.call.file)?.lineStarts ?? [0], sink.call);
    const key = [source.dataType, sink.kind, keyOf(location)].join("\n");
    const known = entries.get(key);
    const jurisdictions = new Set([
      ...(known?.jurisdictions ?? []),
      ...flow.places.map(({ jurisdiction }) => jurisdiction),
    ]);
    const through = firstOf(known?.through, senderOf(flow, files));
    entries.set(key, {
      dataType: source.dataType,
      title: wording.title(source.dataType),
      sinkKind: sink.kind,
      sink: firstOf(known?.sink, sink.name) ?? sink.name,
      location,
      ...(through === undefined ? {} : { through }),
      jurisdictions: [...jurisdictions].sort(),
      placeUnknown: flow.placeUnknown || known?.placeUnknown === true,
      bulk: sink.bulk || known?.bulk === true,
      confidence: known ? highest(known.confidence, source.confidence) : source.confidence,
      ...outcomeOf(
        (byCall.get(keyOf(location)) ?? []).filter((each) => each.dataTypes.includes(source.dataType)),
      ),
    });
  }
  return [...entries.values()].sort(
    (a, b) =>
      compareTexts(a.dataType, b.dataType) ||
      compareTexts(a.sinkKind, b.sinkKind) ||
      compareLocations(a.location, b.location),
  );
}

function outcomeOf(findings: readonly Judged[]): Pick<DataMapEntry, "status" | "findings" | "approvals"> {
  const approvals = findings.flatMap(({ suppressed }) => (suppressed ? [suppressed] : []));
  const open = findings.length > approvals.length;
  return {
    status: open ? "finding" : approvals.length > 0 ? "approved" : "unruled",
    findings: findings.map(({ id }) => id).sort(),
    approvals: approvals.sort((a, b) => compareTexts(a.reason, b.reason)),
  };
}

/** The order in which flows come is of no interest. */
function firstOf(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}

/** The exported function that the sink stands in, where the data was handed to it. */
function senderOf({ sink, steps }: Flow, files: ReportFiles): string | undefined {
  const end = steps.at(-1)?.site ?? sink.call;
  if (end.file === sink.call.file && end.start === sink.call.start) return undefined;
  const facts = files.get(end.file);
  const around = facts?.functions.find(
    ({ name, parent, span, class: owner }) =>
      name !== "" && parent === 0 && owner === undefined && span.start <= end.start && end.end <= span.end,
  );
  const exported = facts?.exports?.find((each) => each.kind === "local" && each.local === around?.name);
  return exported?.kind === "local" && exported.exported !== "default"
    ? `${end.file}#${exported.exported}`
    : undefined;
}

function keyOf({ file, start, end }: DataMapEntry["location"]): string {
  return [file, start.line, start.character, end.line, end.character].join(" ");
}
