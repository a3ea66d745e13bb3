import { type Location, locationOf } from "../base/location.ts";
import type { FunctionOutline, Passage } from "../solve/index.ts";
import { joinWords, quote } from "./plain-words.ts";
import type { ReportFiles } from "./report-file.ts";
import type { Wording } from "./wording.ts";

/** What a function contributes, in words. */
export interface FunctionDescription {
  readonly name: string;
  readonly location: Location;
  /** One sentence each; at least one. */
  readonly lines: readonly string[];
}

/** Says a summary: what flows where, what it finds by itself, what it leaves to its callers, what cut it short. */
export function describeFunction(
  outline: FunctionOutline,
  files: ReportFiles,
  wording: Wording,
): FunctionDescription {
  const { node, passes, sinks, sources, deferred, limits } = outline;
  const lineStarts = files.get(node.file)?.lineStarts ?? [0];
  const lines = [
    ...passes.map((passage) => `${quote(passage.from)} flows to ${outPort(passage)}`),
    ...sinks.map(({ from, kind, name }) => `${quote(from)} is ${wording.verb(kind)} by ${quote(name)}`),
    ...sources.map(
      ({ source, to }) => `${outPort({ to })} holds ${wording.list([source.dataType])}: ${source.because}`,
    ),
    ...deferred.map(
      ({ name, passes: ports }) =>
        `${quote(`${name}()`)} is for its callers to tell${ports.length > 0 ? `; it gets ${joinWords(ports.map(quote))}` : ""}`,
    ),
    ...[...limits].map(([limit, hits]) => `limit ${limit} cut the analysis short ${hits} times`),
  ];
  return {
    name: node.facts.name || (node.facts.kind === "module" ? "the module" : "a function"),
    location: locationOf(node.file, lineStarts, node.facts.span),
    lines: lines.length > 0 ? lines : ["nothing of what it is given flows on"],
  };
}

function outPort({ to, safe }: Pick<Passage, "to"> & Partial<Passage>): string {
  const [head = "", ...rest] = to.split(".");
  const path = rest.map((key) => (key === "*" ? "[…]" : `.${key}`)).join("");
  const whole = wholes[head];
  const port = whole ? `${whole}${path === "" ? "" : ` ${quote(path)}`}` : quote(`${head}${path}`);
  if (!safe) return port;
  const what = safe.rows.map(({ data, protects }) => {
    const of = data ? joinWords(data) : "everything";
    return protects ? `${of} at ${joinWords(protects)}` : of;
  });
  return `${port}, made safe for ${joinWords([...new Set(what)])}`;
}

const wholes: Readonly<Record<string, string>> = { result: "its result", error: "what it throws" };
