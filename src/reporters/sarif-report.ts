import type { CodeFlow, Location, Log, Result, Suppression } from "sarif";
import type { ExposedData, Finding, Rule } from "../engine/index.ts";
import type { ReporterInput } from "./reporter-input.ts";
import { sarifLevel } from "./sarif-level.ts";
import { physicalLocation, sarifLocation, sourceRoot } from "./sarif-location.ts";
import { sarifNotifications } from "./sarif-notifications.ts";
import { sarifRules } from "./sarif-rules.ts";

/** The OASIS standard for results of static analysis, version 2.1.0, as indented JSON with a line break at its end. */
export function sarifReport({ report, rules, version }: ReporterInput): string {
  const log: Log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Borderline", version, semanticVersion: version, rules: sarifRules(rules) } },
        columnKind: "utf16CodeUnits",
        // Without a uri: where the folder lies on one machine says nothing on another, and every viewer asks or knows.
        originalUriBaseIds: { [sourceRoot]: { description: { text: "The folder that was scanned." } } },
        invocations: [{ executionSuccessful: true, ...sarifNotifications(report) }],
        results: report.findings.map((finding) => resultOf(finding, rules)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf(finding: Finding, rules: readonly Rule[]): Result {
  const { id, rule, severity, confidence, location, message, sinkKind, bulk, data, residency, suppressed } =
    finding;
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex((candidate) => candidate.id === rule),
    level: sarifLevel(severity),
    message: { text: message },
    locations: [{ physicalLocation: physicalLocation(location) }],
    codeFlows: data.map(codeFlowOf),
    relatedLocations: relatedLocationsOf(finding),
    partialFingerprints: { "borderlineFindingId/v1": id },
    // An empty list says that nothing suppresses it; no list would say that this was not looked at.
    suppressions: suppressed === undefined ? [] : [suppressionOf(suppressed)],
    properties: {
      confidence,
      sinkKind,
      bulk,
      dataTypes: data.map(({ dataType }) => dataType),
      ...(residency === undefined ? {} : { residency }),
      ...(finding.places === undefined
        ? {}
        : { places: finding.places.map(({ jurisdiction }) => jurisdiction) }),
    },
  };
}

function codeFlowOf({ title, because, trace }: ExposedData): CodeFlow {
  return {
    message: { text: `${title}: ${because}` },
    threadFlows: [
      {
        locations: trace.map(({ location, text }, index) => ({
          location: sarifLocation(location, text),
          importance: index === 0 || index === trace.length - 1 ? "essential" : "important",
        })),
      },
    ],
  };
}

/** Where each data type comes from, which other sinks the call leads to, and what told the place: what a viewer lists below the message. */
function relatedLocationsOf({ data, alsoReaches, places }: Finding): Location[] {
  const sources = data.flatMap(({ title, because, trace }) => {
    const first = trace[0];
    return first === undefined ? [] : [sarifLocation(first.location, `${title}: ${because}`)];
  });
  const evidence = (places ?? []).map(({ jurisdiction, because, location }) =>
    sarifLocation(location, `Place ${jurisdiction}: ${because}`),
  );
  const others = (alsoReaches ?? []).map(({ location, text }) => sarifLocation(location, `Also ${text}`));
  return [...sources, ...others, ...evidence].map((location, id) => ({ id, ...location }));
}

function suppressionOf({ by, reason, until }: NonNullable<Finding["suppressed"]>): Suppression {
  return {
    kind: by === "directive" ? "inSource" : "external",
    status: "accepted",
    justification: until === undefined ? reason : `${reason} (until ${until})`,
    properties: { by },
  };
}
