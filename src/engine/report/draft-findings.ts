import type { Rule, Severity } from "../base/catalog.ts";
import { type Confidence, highest, isAtLeast, lowest } from "../base/kinds.ts";
import { type FileId, type Location, locationOf } from "../base/location.ts";
import type { Flow, Place, Site } from "../solve/index.ts";
import { compareLocations, compareTexts } from "./compare.ts";
import type { Rules } from "./create-rules.ts";
import { type IsUncalled, uncalledAround } from "./enclosing-functions.ts";
import type { ExposedData, FindingPlace, TraceStep, Uncalled } from "./finding.ts";
import type { TransferJudge } from "./judge-transfer.ts";
import type { ReportFiles } from "./report-file.ts";
import { reportPlaces } from "./report-places.ts";
import type { Wording } from "./wording.ts";

/** A finding that has no name yet, and of which it is not known yet whether it counts. */
export interface DraftFinding {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly location: Location;
  /** The whole call, which a directive may stand above. */
  readonly call: Location;
  readonly message: string;
  readonly sinkKind: string;
  readonly sink: string;
  readonly bulk: boolean;
  readonly data: readonly ExposedData[];
  readonly alsoReaches: readonly TraceStep[];
  readonly places: readonly FindingPlace[];
  readonly residency?: string;
  readonly uncalled?: Uncalled;
  /** The official channel, when all of its data passed through one. */
  readonly channel?: string;
}

export interface DraftInput {
  readonly files: ReportFiles;
  /** Those of the policy that holds where the sink is. */
  readonly rules: (file: FileId) => Rules;
  readonly judge: TransferJudge;
  readonly wording: Wording;
  /** Whether nothing leads to a function. */
  readonly uncalled: IsUncalled;
}

/** One flow under one rule. */
interface Exposure {
  readonly flow: Flow;
  readonly rule: Rule;
  readonly severity: Severity;
  readonly places: readonly Place[];
  readonly residency?: string;
  /** The official channel that the data did not take. */
  readonly bypassed?: string;
}

/**
 * Groups flows into one draft per rule and sink call. Data that came through an official channel makes a draft of its
 * own, so that what bypassed the channel stays visible, and what used it is recorded.
 */
export function draftFindings(flows: readonly Flow[], input: DraftInput): DraftFinding[] {
  const groups = new Map<string, Exposure[]>();
  for (const flow of flows) {
    for (const exposure of exposuresOf(flow, input)) {
      const { file, start, end } = flow.sink.call;
      const key = [exposure.rule.id, flow.channel ?? "", start, end, file].join("\n");
      const group = groups.get(key);
      if (group) group.push(exposure);
      else groups.set(key, [exposure]);
    }
  }
  return [...groups.values()].map((group) => draftOf(group, input));
}

function exposuresOf(flow: Flow, { rules, judge }: DraftInput): Exposure[] {
  const exposures: Exposure[] = [];
  for (const { rule, severity } of rules(flow.sink.call.file)(flow.source.dataType, flow.sink.kind)) {
    if (rule.when === undefined) {
      if (!flow.pseudonym) exposures.push({ flow, rule, severity, places: [] });
    } else if (flow.places.length > 0 || flow.placeUnknown) {
      const verdict = judge(flow);
      if (verdict.places.length === 0) continue;
      const { places, residency, channel } = verdict;
      const weight = severity === "error" ? (verdict.severity ?? severity) : severity;
      exposures.push({
        flow,
        rule,
        severity: weight,
        places,
        ...(residency === undefined ? {} : { residency }),
        ...(channel === undefined || flow.channel !== undefined ? {} : { bypassed: channel }),
      });
    }
  }
  return exposures;
}

function draftOf(group: readonly Exposure[], { files, wording, uncalled }: DraftInput): DraftFinding {
  const locate = (site: Site) => locationOf(site.file, files.get(site.file)?.lineStarts ?? [0], site);
  // What is off stays out of a finding that is on; a group that is off as a whole is kept for its directives.
  const loudest = group.some(({ severity }) => severity !== "off")
    ? group.filter(({ severity }) => severity !== "off")
    : group;
  const ranked = [...loudest].sort(compareExposures);
  const first = ranked[0] as Exposure;
  const best = bestPerDataType(ranked);
  const places = reportPlaces(
    ranked.flatMap((exposure) => exposure.places),
    locate,
    wording,
  );
  const { sink, channel } = first.flow;
  const residency = best.find((exposure) => exposure.residency !== undefined)?.residency;
  const dead = uncalledAround(files.get(sink.call.file), sink.call, uncalled);
  const confidence = loudest.map(confidenceOf).reduce(highest);
  const bulk = loudest.some(({ flow }) => flow.sink.bulk);
  return {
    rule: first.rule,
    severity: first.severity,
    confidence: dead === undefined ? confidence : "low",
    location: loudest.map(({ flow }) => locate(flow.sink.argument)).sort(compareLocations)[0] as Location,
    call: locate(sink.call),
    message: wording.message(first.rule, {
      dataTypes: best.map(({ flow }) => flow.source.dataType),
      sinkKind: sink.kind,
      sink: sink.name,
      bulk,
      residency,
      places: places.map(({ jurisdiction }) => jurisdiction),
      bypassed: best.find((exposure) => exposure.bypassed !== undefined)?.bypassed,
      onlyByDefault: places.length > 0 && places.every(({ fallback }) => fallback),
      uncalled: dead,
    }),
    sinkKind: sink.kind,
    sink: sink.name,
    bulk,
    data: best.map(({ flow }) => ({
      dataType: flow.source.dataType,
      title: wording.title(flow.source.dataType),
      confidence: confidenceOfData(flow),
      because: flow.source.because,
      trace: wording.trace(flow, locate),
    })),
    alsoReaches: otherEnds(ranked, best, locate, wording),
    places,
    ...(residency === undefined ? {} : { residency }),
    ...(dead === undefined ? {} : { uncalled: { function: dead, otherwise: confidence } }),
    ...(channel === undefined ? {} : { channel }),
  };
}

/** The best first: loudest, surest, shortest, then the order of the text, so that the choice is always the same. */
function compareExposures(a: Exposure, b: Exposure): number {
  return (
    loudness[b.severity] - loudness[a.severity] ||
    compareConfidence(confidenceOf(b), confidenceOf(a)) ||
    a.flow.steps.length - b.flow.steps.length ||
    compareSites(a.flow.source.site, b.flow.source.site) ||
    compareSites(a.flow.sink.argument, b.flow.sink.argument) ||
    compareTexts(a.flow.source.dataType, b.flow.source.dataType) ||
    compareTexts(a.flow.sink.kind, b.flow.sink.kind) ||
    compareTexts(a.flow.sink.name, b.flow.sink.name)
  );
}

const loudness: Readonly<Record<Severity, number>> = { off: 0, information: 1, warning: 2, error: 3 };

/** A finding is no surer than its sink, or than the place where that stands, however plain the data. */
function confidenceOf({ flow, places }: Exposure): Confidence {
  const sure = lowest(confidenceOfData(flow), flow.sink.confidence);
  return places.length === 0
    ? sure
    : lowest(sure, places.map(({ confidence }) => confidence).reduce(highest));
}

/** Hops of a way up to which it is believed as much as its ends are: decision 16. */
const mostSureHops = 14;

function confidenceOfData({ source, steps }: Flow): Confidence {
  let hops = 0;
  for (const [index, { site }] of steps.entries()) {
    const before = steps[index - 1]?.site;
    if (!before || compareSites(before, site) !== 0) hops++;
  }
  return hops > mostSureHops ? "low" : source.confidence;
}

function compareConfidence(a: Confidence, b: Confidence): number {
  return a === b ? 0 : isAtLeast(a, b) ? 1 : -1;
}

function compareSites(a: Site, b: Site): number {
  return compareTexts(a.file, b.file) || a.start - b.start || a.end - b.end;
}

/** In the order in which the data types stand in the code at the sink: surest first would jump about while one types. */
function bestPerDataType(ranked: readonly Exposure[]): Exposure[] {
  const best = new Map<string, Exposure>();
  for (const exposure of ranked) {
    const { dataType } = exposure.flow.source;
    if (!best.has(dataType)) best.set(dataType, exposure);
  }
  return [...best.values()].sort(
    (a, b) =>
      compareSites(a.flow.sink.argument, b.flow.sink.argument) ||
      compareTexts(a.flow.source.dataType, b.flow.source.dataType),
  );
}

/** A call of a wrapper may lead to several sinks: those at which no trace that is shown ends. */
function otherEnds(
  ranked: readonly Exposure[],
  shown: readonly Exposure[],
  locate: (site: Site) => Location,
  wording: Wording,
): TraceStep[] {
  const endOf = ({ flow }: Exposure) => flow.steps.at(-1)?.site ?? flow.sink.call;
  const keyOf = (exposure: Exposure) => `${endOf(exposure).file} ${endOf(exposure).start}`;
  const seen = new Set(shown.map(keyOf));
  const others: TraceStep[] = [];
  for (const exposure of ranked) {
    if (seen.has(keyOf(exposure))) continue;
    seen.add(keyOf(exposure));
    others.push({ location: locate(endOf(exposure)), text: wording.end(exposure.flow) });
  }
  return others.sort((a, b) => compareLocations(a.location, b.location));
}
