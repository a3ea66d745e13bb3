import { noOwners } from "../../../src/catalog/load-catalog.ts";
import type { Catalog } from "../../../src/engine/base/catalog.ts";
import { lineStartsOf } from "../../../src/engine/base/location.ts";
import { emptyPolicy, type Policy } from "../../../src/engine/base/policy.ts";
import type { Problem } from "../../../src/engine/base/problem.ts";
import type { PackageInfo } from "../../../src/engine/discover/index.ts";
import type { Directive } from "../../../src/engine/extract/facts.ts";
import { type Report, reportFindings } from "../../../src/engine/report/index.ts";
import type { ReportFile } from "../../../src/engine/report/report-file.ts";
import type { Flow, Gap, MadeAt, Place, Site, Step } from "../../../src/engine/solve/flow.ts";

/** A catalog just big enough to see every branch. */
export const catalog: Catalog = {
  dataTypes: [
    ["contact.email", "E-mail address"],
    ["contact.phone", "Phone number"],
    ["network.ip-address", "IP address"],
    ["identity.birth-date", "Birth date"],
    ["health.diagnosis", "Diagnosis"],
    ["account.user-id", "User id", { log: "off", export: "off", "export.object-store": "information" }],
  ].map(
    ([id, title, severity]) =>
      ({ id, title, sensitivity: "medium", names: [], owner: "any", severity }) as never,
  ),
  libraries: [],
  clouds: [],
  vendors: [],
  owners: noOwners,
  jurisdictions: [
    { id: "EU", title: "European Union", members: ["DE", "FR"] },
    { id: "EEA", title: "European Economic Area", members: ["EU", "NO"] },
    { id: "DE", title: "Germany" },
    { id: "US", title: "United States" },
    { id: "CN", title: "China" },
  ],
  presets: [
    {
      id: "us-countries-of-concern",
      title: "",
      source: "",
      date: "2025-01-01",
      transfers: [{ from: "US", to: ["CN", "RU"], allow: false }],
    },
    {
      id: "eu-chapter-v",
      title: "",
      source: "",
      date: "2025-01-01",
      transfers: [
        { from: "EEA", to: ["EEA", "GB"], allow: true },
        { from: "EEA", allow: false },
      ],
    },
  ],
  rules: [
    {
      id: "pii-in-log",
      title: "Personal data in a log",
      from: ["pii"],
      to: ["log"],
      severity: "warning",
      message: "{dataTypes} is {sink}.",
      help: "Log an id instead.",
    },
    {
      id: "pii-in-export",
      title: "Personal data in an export",
      from: ["pii"],
      to: ["export", "store"],
      off: ["export.response", "store"],
      severity: "warning",
      message: "{dataTypes} is {sink}.",
      help: "Leave out the fields.",
    },
    {
      id: "pii-cross-region",
      title: "Personal data crosses a border",
      from: ["pii"],
      to: ["log", "export", "store"],
      severity: "error",
      when: "place-not-allowed",
      message: "{dataTypes} of people in {residency} is {sink} in {place}.",
      help: "Keep it at home.",
    },
  ],
  sinkKinds: [
    { id: "log", title: "Log", verb: "written to a log" },
    { id: "export", title: "Export", verb: "exported" },
    { id: "export.object-store", title: "Object store", verb: "uploaded to an object store" },
    { id: "export.response", title: "Response", verb: "returned in a response" },
    { id: "store", title: "Store", verb: "stored" },
  ],
};

/** A hundred lines of eleven characters each, so that offsets are easy to say: line × 12 + character. */
export const text = "0123456789;\n".repeat(100);

/** Where line and character are, as a site of one character or more. */
export function at(line: number, character = 0, length = 1, file = "a.ts"): Site {
  const start = line * 12 + character;
  return { file, start, end: start + length };
}

export interface FlowOptions {
  readonly dataType?: string;
  readonly line?: number;
  readonly argument?: Site;
  readonly call?: Site;
  readonly kind?: string;
  readonly sink?: string;
  readonly bulk?: boolean;
  readonly confidence?: Flow["source"]["confidence"];
  readonly sinkConfidence?: Flow["sink"]["confidence"];
  readonly steps?: readonly Step[];
  readonly places?: readonly Place[];
  readonly residency?: string;
  readonly channel?: string;
  readonly placeUnknown?: boolean;
  readonly source?: Site;
  readonly file?: string;
}

export function flow(options: FlowOptions = {}): Flow {
  const { dataType = "contact.email", line = 5, kind = "log", sink = "logger.info", file = "a.ts" } = options;
  const call = options.call ?? at(line, 0, 10, file);
  const source = options.source ?? at(1, 2, 4, file);
  return {
    sink: {
      call,
      argument: options.argument ?? { file, start: call.start + 4, end: call.start + 8 },
      kind,
      name: sink,
      confidence: options.sinkConfidence ?? "high",
      bulk: options.bulk ?? false,
    },
    source: {
      site: source,
      dataType,
      expression: "user.email",
      confidence: options.confidence ?? "high",
      because: "`email` of `User`",
      ...(options.residency === undefined ? {} : { residency: options.residency }),
    },
    steps: options.steps ?? [
      { kind: "source", site: source, name: "user.email" },
      { kind: "sink", site: call, name: sink },
    ],
    places: options.places ?? [],
    placeUnknown: options.placeUnknown ?? false,
    ...(options.channel === undefined ? {} : { channel: options.channel }),
  };
}

export function place(jurisdiction: string, more: Partial<Place> = {}): Place {
  return {
    jurisdiction,
    written: `${jurisdiction}-1`,
    evidence: at(0, 0, 5),
    because: `region "${jurisdiction}-1"`,
    confidence: "high",
    steps: [],
    ...more,
  };
}

export interface ReportOptions {
  readonly policy?: Partial<Policy>;
  readonly directives?: readonly Directive[];
  readonly fileProblems?: readonly Problem[];
  readonly gaps?: readonly Gap[];
  readonly clients?: readonly MadeAt[];
  readonly today?: string;
  readonly problems?: readonly Problem[];
  readonly functions?: ReportFile["functions"];
  readonly packages?: readonly PackageInfo[];
}

export function reportOf(flows: readonly Flow[], options: ReportOptions = {}): Report {
  const file = {
    lineStarts: lineStartsOf(text),
    functions: options.functions ?? [
      { name: "", kind: "module", span: { start: 0, end: text.length } } as const,
    ],
    classes: [],
    directives: options.directives ?? [],
    problems: options.fileProblems ?? [],
  };
  const other = { ...file, directives: [], problems: [] };
  return reportFindings({
    flows,
    gaps: options.gaps ?? [],
    clients: options.clients ?? [],
    files: new Map([
      ["a.ts", file],
      ["b.ts", other],
      ["eu/c.ts", other],
    ]),
    catalog,
    packages: options.packages ?? [],
    policy: { ...emptyPolicy, ...options.policy },
    today: options.today ?? "2026-11-24",
    stats: { files: 3, lines: 300, functions: 3, skipped: [], limits: {}, limitsByFile: [], flows: 0 },
    problems: options.problems ?? [],
  });
}
