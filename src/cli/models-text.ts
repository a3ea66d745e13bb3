import type { Catalog, Model } from "../engine/index.ts";

type Line = readonly [what: string, count: number];

/** How much the catalog knows of each kind, counted from its own rows. */
export function countsText({ libraries, sinkKinds, dataTypes }: Catalog): string {
  const packages = libraries.filter(({ library }) => library !== undefined);
  const names = new Set(packages.flatMap(({ library, aliases = [] }) => [library, ...aliases]));
  const having = (list: "sources" | "sinks" | "sanitizers" | "places") =>
    libraries.filter((model) => (model[list] ?? []).length > 0).length;
  const categories = new Map<string, number>();
  for (const { id } of dataTypes) {
    const category = id.split(".")[0] ?? id;
    categories.set(category, (categories.get(category) ?? 0) + 1);
  }
  return [
    section("Models", [
      ["packages", packages.length],
      ["packages with their other names", names.size],
      ["globals", libraries.length - packages.length],
      ["with sources", having("sources")],
      ["with sinks", having("sinks")],
      ["with sanitizers", having("sanitizers")],
      ["with places", having("places")],
    ]),
    section(
      "Models by kind of sink",
      sinkKinds.map(({ id }) => [
        id,
        libraries.filter(({ sinks }) => sinks?.some(({ kind }) => kind === id)).length,
      ]),
    ),
    section("Data types", [...categories, ["all", dataTypes.length]]),
  ].join("\n");
}

function section(title: string, lines: readonly Line[]): string {
  const width = Math.max(...lines.map(([what]) => what.length));
  const digits = Math.max(...lines.map(([, count]) => String(count).length));
  const rows = lines.map(([what, count]) => `  ${what.padEnd(width)}  ${String(count).padStart(digits)}\n`);
  return `${title}\n${rows.join("")}`;
}

/** One model, a row a line: what stands at the path, that starts from the type before it or from the package itself. */
export function modelText(model: Model): string {
  const { library, global, aliases = [], note } = model;
  const also = aliases.length > 0 ? `, also ${aliases.join(", ")}` : "";
  const rows = [
    ...(model.types ?? []).map((row) => rowText("type", row, row.name)),
    ...(model.sources ?? []).map((row) => rowText("source", row, row.dataType)),
    ...(model.sinks ?? []).map((row) => rowText("sink", row, row.kind)),
    ...(model.sanitizers ?? []).map((row) => rowText("sanitizer", row, safeText(row))),
    ...(model.guards ?? []).map((row) => rowText("guard", row, safeText(row))),
    ...(model.errors ?? []).map((row) => rowText("error", row, row.as)),
    ...(model.propagators ?? []).map((row) => rowText("propagator", row, `${row.from} to ${row.to}`)),
    ...(model.states ?? []).map((row) => rowText("state", row, row.as)),
    ...(model.channels ?? []).map((row) => rowText("channel", row, row.name)),
    ...(model.places ?? []).map(({ type, provider, region, host, ...row }) =>
      rowText(
        "place",
        { on: type, path: [provider, region, host].filter(Boolean).join(" ") },
        row.else ?? "",
      ),
    ),
    ...(model.receivers ?? []).map(({ type, names }) =>
      rowText("receiver", { path: names.join(", ") }, type),
    ),
  ];
  return `${library ?? global}${also}\n${note ? `  ${note}\n` : ""}${rows.join("")}`;
}

function rowText(what: string, { on, path }: { on?: string; path: string }, says: string): string {
  return `  ${[what.padEnd(10), [on, path].filter(Boolean).join(" ") || "the package itself", says].filter(Boolean).join("  ")}\n`;
}

function safeText({ data, protects }: { data?: readonly string[]; protects?: readonly string[] }): string {
  return `${data?.join(", ") ?? "all data"} at ${protects?.join(", ") ?? "all sinks"}`;
}
