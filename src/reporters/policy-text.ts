import type { Catalog, DataMapEntry, Report, ReportedClient } from "../engine/index.ts";
import { count } from "./count.ts";

/** Clients listed by name under one jurisdiction; the others are counted. */
const listedAtMost = 12;

/** Calls that have to lead to a function before it is worth a question whether it is an official channel. */
const callsOfChannel = 2;

/**
 * A policy to start from: what was found stands in comments, what only people can know is left to fill in. It is valid as it
 * is, and changes nothing until something is filled in.
 */
export function policyText(report: Report, catalog: Catalog): string {
  const titles = new Map(catalog.jurisdictions.map(({ id, title }) => [id, title]));
  const found = byJurisdiction(report.clients);
  const example = mostFound(found);
  const sections = [
    [
      "Whose personal data may go where. `borderline init` wrote this from what it found in this folder; every line of",
      "it is yours to change. Nothing holds until it is filled in, and the presets are starting points, not legal advice.",
    ].map(comment),
    [...clientLines(found, report.clients, titles), "", ...residencyLines(example)],
    regionLines(example),
    transferLines(report.dataMap, titles),
    presetLines(catalog),
    channelLines(report.dataMap),
    [comment("Findings that somebody agreed to, by the id that stands behind each one."), '"approvals": []'],
  ];
  const [head = [], ...parts] = sections;
  const body = parts.map((lines) => lines.map((line) => `  ${line}`.trimEnd()).join("\n")).join(",\n\n");
  return `${head.join("\n")}\n{\n${body}\n}\n`;
}

type Found = ReadonlyMap<string, readonly ReportedClient[]>;

function byJurisdiction(clients: readonly ReportedClient[]): Found {
  const found = new Map<string, ReportedClient[]>();
  for (const client of clients)
    for (const id of new Set(client.places.map(({ jurisdiction }) => jurisdiction)))
      found.set(id, [...(found.get(id) ?? []), client]);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function clientLines(
  found: Found,
  clients: readonly ReportedClient[],
  titles: ReadonlyMap<string, string>,
): string[] {
  const unknown = clients.filter((client) => client.unknown && client.places.length === 0);
  if (found.size + unknown.length === 0)
    return [comment("No client was found that stands somewhere: no cloud, database, host or vendor.")];
  const lines = [comment("Clients that were found, and what tells where they stand:")];
  for (const [id, all] of found) {
    lines.push(comment(`  ${titles.get(id) ?? id} (${id})`));
    lines.push(...listed(all, (client) => `    ${client.name}, ${where(client)}: ${evidenceOf(client, id)}`));
  }
  if (unknown.length > 0) {
    lines.push(
      comment('  It could not be told where these stand; name their hosts or settings under "regions":'),
    );
    lines.push(...listed(unknown, (client) => `    ${client.name}, ${where(client)}`));
  }
  return lines;
}

function listed(clients: readonly ReportedClient[], line: (client: ReportedClient) => string): string[] {
  const lines = clients.slice(0, listedAtMost).map((client) => comment(line(client)));
  const others = clients.length - lines.length;
  return others > 0 ? [...lines, comment(`    and ${others} more`)] : lines;
}

function evidenceOf({ places }: ReportedClient, id: string): string {
  const told = places.filter(({ jurisdiction }) => jurisdiction === id);
  return [...new Set(told.map(({ because, fallback }) => because + (fallback ? ", by default" : "")))].join(
    "; ",
  );
}

/** The jurisdiction of the most clients, for examples. */
function mostFound(found: Found): string {
  const [[most] = ["EU"]] = [...found].sort(([, a], [, b]) => b.length - a.length);
  return most;
}

function residencyLines(example: string): string[] {
  return [
    comment("Fill in: where the people are whose data this code handles."),
    '"residency": {',
    `  ${comment(`"default": "${example}",`)}`,
    `  ${comment(`"paths": { "packages/${example.toLowerCase()}/**": "${example}" }`)}`,
    "}",
  ];
}

function regionLines(example: string): string[] {
  return [
    comment("Your own names for places, with the hosts and the settings of the environment that mean them."),
    '"regions": {',
    `  ${comment(`"home": { "jurisdiction": "${example}", "hosts": ["*.${example.toLowerCase()}.example.internal"], "env": ["*_${example}"] }`)}`,
    "}",
  ];
}

function transferLines(entries: readonly DataMapEntry[], titles: ReadonlyMap<string, string>): string[] {
  const places = new Map<string, DataMapEntry[]>();
  for (const entry of entries)
    for (const id of entry.jurisdictions) places.set(id, [...(places.get(id) ?? []), entry]);
  const lines = [
    comment("Who may send what where. The first row that matches decides; what no row matches is allowed."),
    comment("Say it of each place that personal data goes to today, with the basis on which it may:"),
    '"transfers": [',
  ];
  for (const [id, of] of [...places].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const categories = [...new Set(of.map(({ dataType }) => dataType.split(".")[0] ?? dataType))].sort();
    const calls = new Set(
      of.map(({ location }) => `${location.file}:${location.start.line}:${location.start.character}`),
    );
    const data = JSON.stringify(categories).replaceAll(",", ", ");
    lines.push(`  ${comment(`${titles.get(id) ?? id}, ${count(calls.size, "call")}:`)}`);
    lines.push(`  ${comment(`{ "to": "${id}", "data": ${data}, "allow": true, "basis": "why it may" },`)}`);
  }
  return [...lines, "]"];
}

function presetLines({ presets }: Catalog): string[] {
  const lines = presets.map(({ id, title }) => `  ${comment(`"${id}", // ${title}`)}`);
  return [
    comment("Transfers that are written already; they come after your own."),
    '"presets": [',
    ...lines,
    "]",
  ];
}

function channelLines(entries: readonly DataMapEntry[]): string[] {
  const calls = new Map<string, Set<string>>();
  for (const { through, location, jurisdictions, placeUnknown } of entries) {
    if (through === undefined || (jurisdictions.length === 0 && !placeUnknown)) continue;
    const known = calls.get(through) ?? new Set();
    calls.set(through, known.add(`${location.file}:${location.start.line}:${location.start.character}`));
  }
  const candidates = [...calls]
    .filter(([, places]) => places.size >= callsOfChannel)
    .sort(([a, one], [b, other]) => other.size - one.size || (a < b ? -1 : 1))
    .slice(0, listedAtMost);
  const lines = [
    comment("Official channels: personal data that passes through one of these is approved, and recorded."),
    ...(candidates.length > 0
      ? [comment("Several calls send personal data out through these functions; is one official?")]
      : []),
    '"channels": [',
  ];
  for (const [call, places] of candidates)
    lines.push(
      `  ${comment(`{ "name": "${nameOf(call)}", "call": "${call}", "approvedBy": "who" }, // ${count(places.size, "call")}`)}`,
    );
  return [...lines, "]"];
}

/** `src/mail.ts#send` → `send`. */
function nameOf(call: string): string {
  return call.slice(call.indexOf("#") + 1);
}

function where({ location }: ReportedClient): string {
  return `${location.file}:${location.start.line + 1}`;
}

function comment(text: string): string {
  return `// ${text}`.trimEnd();
}
