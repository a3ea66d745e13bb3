import type { ReportingConfiguration } from "sarif";
import type { Severity } from "../engine/index.ts";

/** SARIF calls `information` a note. */
export function sarifLevel(severity: Severity): NonNullable<ReportingConfiguration["level"]> {
  if (severity === "information") return "note";
  return severity === "off" ? "none" : severity;
}
