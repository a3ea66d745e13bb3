import { createColors } from "picocolors";
import type { ReportedGap } from "../engine/index.ts";
import { count } from "./count.ts";
import { gapPackages } from "./gap-packages.ts";

/** Calls of one package that are listed. */
const callsShown = 3;

/** The npm packages that get personal data and that no model knows, most data first. */
export function gapsText(gaps: readonly ReportedGap[], { color }: { readonly color: boolean }): string {
  const colors = createColors(color);
  const packages = gapPackages(gaps);
  const known = packages.filter((each) => each.package !== undefined);
  if (packages.length === 0) return "No call that personal data flows into is unknown.\n";
  const blocks = known.map(({ package: name, calls, dataTypes, sources }) => {
    const shown = calls.slice(0, callsShown).map((gap) => {
      const { file, start } = gap.location;
      return `    ${gap.callee}  ${colors.dim(`${file}:${start.line + 1}:${start.character + 1}`)}`;
    });
    const more = calls.length - shown.length;
    return [
      `${colors.bold(name ?? "")}  gets data from ${count(sources, "place")} in ${count(calls.length, "call")}: ${dataTypes.join(", ")}`,
      ...shown,
      ...(more > 0 ? [`    and ${count(more, "call")} more`] : []),
    ].join("\n");
  });
  const head =
    known.length === 0
      ? "No npm package that personal data flows into is unknown."
      : "npm packages that get personal data and that no model knows, most data first:";
  const rest = packages.find((each) => each.package === undefined);
  const others = rest
    ? [
        `Besides, ${count(rest.calls.length, "call")} of code that could not be told ${rest.calls.length === 1 ? "gets" : "get"} personal data; --stats lists them.`,
      ]
    : [];
  const advice =
    known.length === 0 ? [] : ['Say what a package does under "models" in borderline.jsonc: docs/models.md.'];
  return `${[head, ...blocks, ...others, ...advice].join("\n\n")}\n`;
}
