import type { ReportingDescriptor } from "sarif";
import type { Rule } from "../engine/index.ts";
import { sarifLevel } from "./sarif-level.ts";

/** The rules with their help, so that a viewer needs no other source. */
export function sarifRules(rules: readonly Rule[]): ReportingDescriptor[] {
  return rules.map(({ id, title, help, severity, to }) => ({
    id,
    name: pascalCase(id),
    shortDescription: { text: title },
    fullDescription: { text: `${title}. Looks at sinks of kind ${to.join(", ")}.` },
    help: { text: help, markdown: `**${title}**\n\n${help}` },
    defaultConfiguration: { level: sarifLevel(severity), enabled: severity !== "off" },
    properties: { tags: ["privacy", "personal-data"] },
  }));
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
