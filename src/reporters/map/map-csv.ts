import { lanesOfEntry, type MapInput, whereOf } from "./map-lanes.ts";

const header = [
  "data type",
  "title",
  "sink kind",
  "place",
  "call",
  "where",
  "through",
  "many people",
  "confidence",
  "status",
  "findings",
  "approved because",
  "approved until",
];

/** One line per data type, call and place, for a spreadsheet (RFC 4180). */
export function mapCsv(input: MapInput): string {
  const rows = input.entries.flatMap((entry) =>
    lanesOfEntry(entry).map((place) => [
      entry.dataType,
      entry.title,
      entry.sinkKind,
      place,
      entry.sink,
      whereOf(entry),
      entry.through ?? "",
      entry.bulk ? "yes" : "no",
      entry.confidence,
      entry.status,
      entry.findings.join(" "),
      entry.approvals.map(({ by, reason }) => `${by}: ${reason}`).join("; "),
      entry.approvals
        .map(({ until }) => until ?? "")
        .join(" ")
        .trim(),
    ]),
  );
  return [header, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** A text that begins like a formula is one to a spreadsheet, unless an apostrophe stands before it. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
