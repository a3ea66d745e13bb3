import { count } from "../count.ts";
import { callsOf, groupBy, type Lane, lanesOf, type MapInput, sinkTitles, statusOf } from "./map-lanes.ts";

/** A flow chart for Markdown: data types at the left, a lane per place at the right, and what the rules say on the edges. */
export function mapMermaid(input: MapInput): string {
  const titleOfSink = sinkTitles(input.catalog);
  const types = [...groupBy(input.entries, ({ dataType }) => dataType)];
  const nodeOf = new Map(types.map(([id], index) => [id, `d${index}`]));
  const lines = [
    "flowchart LR",
    ...types.map(([id, [first]]) => `  ${nodeOf.get(id)}([${text(first?.title ?? id)}])`),
  ];
  const styles: string[] = [];
  const edges: string[] = [];
  for (const [at, lane] of lanesOf(input).entries()) {
    lines.push(`  subgraph p${at}[${text(lane.title)}]`);
    for (const [number, [kind, entries]] of [
      ...groupBy(lane.entries, ({ sinkKind }) => sinkKind),
    ].entries()) {
      const sink = `p${at}s${number}`;
      lines.push(`    ${sink}[${text(titleOfSink(kind))}]`);
      edges.push(...edgesTo(sink, entries, nodeOf));
    }
    lines.push("  end");
    if (lane.id === "unknown") styles.push(`  style p${at} stroke-dasharray: 4 4`);
  }
  return `${[...lines, ...edges, ...styles].join("\n")}\n`;
}

/** Thick: a finding. Dotted: all of it is approved. Thin: no rule minds. */
const arrows = { finding: "==>", approved: "-.->", unruled: "-->" } as const;

function edgesTo(sink: string, entries: Lane["entries"], nodeOf: ReadonlyMap<string, string>): string[] {
  return [...groupBy(entries, ({ dataType }) => dataType)].map(
    ([dataType, of]) =>
      `  ${nodeOf.get(dataType)} ${arrows[statusOf(of)]}|${text(count(callsOf(of), "call"))}| ${sink}`,
  );
}

function text(plain: string): string {
  return `"${plain.replaceAll('"', "#quot;")}"`;
}
