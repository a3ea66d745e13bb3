import type { Invocation, Notification } from "sarif";
import type { Problem, Report } from "../engine/index.ts";
import { artifactLocation, physicalLocation, regionOf } from "./sarif-location.ts";

/** Problems with what the user configured, rather than with the run. */
const ofConfiguration: ReadonlySet<Problem["code"]> = new Set<Problem["code"]>([
  "config-invalid",
  "policy-syntax",
  "policy-invalid",
  "policy-unused",
  "policy-missing",
  "model-syntax",
  "model-invalid",
  "model-path-invalid",
]);

/** What the run could not do or see: problems, files that were passed over, and gaps. */
export function sarifNotifications(
  report: Report,
): Pick<Invocation, "toolExecutionNotifications" | "toolConfigurationNotifications"> {
  const [configuration, execution] = [true, false].map((wanted) =>
    report.problems.filter(({ code }) => ofConfiguration.has(code) === wanted).map(notificationOf),
  ) as [Notification[], Notification[]];
  const named = new Set(report.problems.map(({ file }) => file));
  const skipped = report.stats.skipped
    .filter(({ file }) => !named.has(file))
    .map(({ file, reason }) =>
      notificationOf({ code: reason, file, message: "The file was not analysed.", hint: "" }),
    );
  const gaps = report.gaps.map(
    ({ location, text }): Notification => ({
      descriptor: { id: "gap" },
      level: "note",
      message: { text },
      locations: [{ physicalLocation: physicalLocation(location) }],
    }),
  );
  return {
    toolConfigurationNotifications: configuration,
    toolExecutionNotifications: [...execution, ...skipped, ...gaps],
  };
}

interface Told extends Pick<Problem, "message" | "hint" | "file" | "range"> {
  readonly code: string;
}

function notificationOf({ code, message, hint, file, range }: Told): Notification {
  const region = range === undefined ? {} : { region: regionOf(range) };
  return {
    descriptor: { id: code },
    level: "warning",
    message: { text: `${message} ${hint}`.trim() },
    ...(file === undefined
      ? {}
      : { locations: [{ physicalLocation: { artifactLocation: artifactLocation(file), ...region } }] }),
  };
}
