import type { Finding, Location, Report, Rule } from "../../src/engine/index.ts";
import type { ReporterInput } from "../../src/reporters/index.ts";

/** A place on one line, counted from zero as the engine does. */
export function location(file: string, line: number, character: number, length = 5): Location {
  return { file, start: { line, character }, end: { line, character: character + length } };
}

export const rules: readonly Rule[] = [
  {
    id: "pii-in-log",
    title: "Personal data in a log",
    from: ["pii"],
    to: ["log"],
    severity: "warning",
    message: "{dataTypes} is {sink}.",
    help: "Log an id or a count instead.",
  },
  {
    id: "pii-cross-region",
    title: "Personal data crosses a border",
    from: ["pii"],
    to: ["log", "export"],
    severity: "error",
    when: "place-not-allowed",
    message: "{dataTypes} of people in {residency} is {sink} in {place}.",
    help: "Keep it at home.",
  },
];

export function finding(more: Partial<Finding> = {}): Finding {
  return {
    id: "00000000000000a1",
    rule: "pii-in-log",
    severity: "warning",
    confidence: "high",
    location: location("src/sign up/用户 #1.ts", 9, 4),
    message: "E-mail address is written to a log by `logger.info`.",
    sinkKind: "log",
    sink: "logger.info",
    bulk: false,
    data: [
      {
        dataType: "contact.email",
        title: "E-mail address",
        confidence: "high",
        because: "`email` of `User`",
        trace: [
          { location: location("src/user.ts", 2, 10), text: "e-mail address comes from `user.email`" },
          { location: location("src/user.ts", 3, 2), text: "passed to `log` as `value`" },
          { location: location("src/sign up/用户 #1.ts", 9, 4), text: "written to a log by `logger.info`" },
        ],
      },
    ],
    ...more,
  };
}

export const crossing = finding({
  id: "00000000000000b2",
  rule: "pii-cross-region",
  severity: "error",
  message:
    "E-mail address of people in the United States is uploaded to an object store in China by `S3.send`.",
  location: location("src/b.ts", 0, 0),
  bulk: true,
  residency: "US",
  places: [
    {
      jurisdiction: "CN",
      written: "cn-north-1",
      because: 'region "cn-north-1" of aws',
      location: location("src/s3.ts", 4, 8),
      trace: [
        { location: location("src/s3.ts", 4, 8), text: 'region "cn-north-1" of aws' },
        { location: location("src/s3.ts", 6, 8), text: "the client is made with it" },
      ],
    },
  ],
});

export const suppressed = finding({
  id: "00000000000000c3",
  severity: "information",
  location: location("src/c.ts", 1, 1),
  suppressed: { by: "approval", reason: "DPA 114 (approved by dpo)", until: "2027-01-01" },
});

/** With one of everything. */
export const full: Report = {
  findings: [crossing, suppressed, finding()],
  problems: [
    {
      code: "syntax-error",
      message: "The code from line 3 on could not be read.",
      hint: "Finish the statement.",
      file: "src/half.ts",
      range: { start: { line: 2, character: 6 }, end: { line: 2, character: 9 } },
    },
    {
      code: "config-invalid",
      message: "tsconfig.json is not JSON.",
      hint: "Mend it.",
      file: "tsconfig.json",
    },
    { code: "analysis-failed", message: "A file was left out.", hint: "Report it." },
  ],
  gaps: [
    {
      location: location("src/d.ts", 5, 5),
      text: "`send` receives e-mail address, and no model says what the package carrier does with it.",
      callee: "send",
      library: "carrier",
      dataTypes: ["contact.email"],
      sources: 2,
    },
  ],
  clients: [],
  dataMap: [],
  unknownPlaces: [
    {
      location: location("src/d.ts", 3, 2),
      text: "`client.send` receives e-mail address, and it could not be told where in the world that goes.",
      callee: "client.send",
      dataTypes: ["contact.email"],
      sources: 1,
    },
  ],
  stats: {
    files: 1234,
    lines: 45_678,
    functions: 910,
    skipped: [{ file: "dist/app.min.js", reason: "file-minified" }],
    limits: { pathDepth: 3, solveRounds: 0 },
    limitsByFile: [{ file: "src/deep.ts", limits: { pathDepth: 3 } }],
    flows: 7,
  },
};

export const empty: Report = {
  findings: [],
  problems: [],
  gaps: [],
  unknownPlaces: [],
  clients: [],
  dataMap: [],
  stats: { files: 12, lines: 1, functions: 1, skipped: [], limits: {}, limitsByFile: [], flows: 0 },
};

export function inputOf(report: Report, hidden = 0): ReporterInput {
  return { report, rules, version: "1.2.3", hidden };
}
