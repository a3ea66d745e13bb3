import { locationOf } from "../base/location.ts";
import type { Flow, Gap } from "../solve/index.ts";
import { compareLocations, compareTexts } from "./compare.ts";
import type { ReportedGap } from "./finding.ts";
import { quote } from "./plain-words.ts";
import type { ReportFiles } from "./report-file.ts";
import type { Wording } from "./wording.ts";

/** What the flows tell of clients whose place is unknown: one entry per call. */
export function unknownPlaces(flows: readonly Flow[], files: ReportFiles, wording: Wording): ReportedGap[] {
  const found = flows.filter(({ placeUnknown }) => placeUnknown);
  return reportGaps(
    found.map(({ sink, source }) => ({
      site: sink.call,
      callee: sink.name,
      reason: "place-unknown",
      dataTypes: [source.dataType],
      sources: 1,
    })),
    files,
    wording,
  );
}

/** Says what could not be seen, once per place and reason, in the order of the text. */
export function reportGaps(gaps: readonly Gap[], files: ReportFiles, wording: Wording): ReportedGap[] {
  const merged = new Map<string, Gap>();
  for (const gap of gaps) {
    const { file, start, end } = gap.site;
    const key = [file, start, end, gap.reason, gap.callee, gap.library ?? ""].join("\n");
    const before = merged.get(key);
    const dataTypes = [...new Set([...(before?.dataTypes ?? []), ...gap.dataTypes])].sort();
    merged.set(key, { ...gap, dataTypes, sources: (before?.sources ?? 0) + gap.sources });
  }
  return [...merged.values()]
    .map((gap) => ({
      location: locationOf(gap.site.file, files.get(gap.site.file)?.lineStarts ?? [0], gap.site),
      text: textOf(gap, wording),
      callee: gap.callee,
      ...(gap.library === undefined ? {} : { library: gap.library }),
      dataTypes: gap.dataTypes,
      sources: gap.sources,
    }))
    .sort((a, b) => compareLocations(a.location, b.location) || compareTexts(a.text, b.text));
}

function textOf({ callee, library, reason, dataTypes }: Gap, wording: Wording): string {
  const receives = `${quote(callee)} receives ${wording.list(dataTypes) || "personal data"}`;
  switch (reason) {
    case "no-model": {
      const what = library === undefined ? "it" : `the package ${library}`;
      return `${receives}, and no model says what ${what} does with it.`;
    }
    case "unresolved":
      return `${receives}, and it could not be told which code this calls.`;
    case "place-unknown":
      return `${receives}, and it could not be told where in the world that goes.`;
  }
}
