import type { DataMapEntry } from "../../engine/index.ts";
import { count } from "../count.ts";
import {
  callsOf,
  groupBy,
  type Lane,
  lanesOf,
  type MapInput,
  sinkTitles,
  statusOf,
  whereOf,
} from "./map-lanes.ts";
import { mapStyle } from "./map-style.ts";

/** One page without scripts and without anything from elsewhere: an overview, and what goes to each place. */
export function mapHtml(input: MapInput): string {
  const lanes = lanesOf(input);
  const titleOfSink = sinkTitles(input.catalog);
  const body =
    lanes.length === 0
      ? "<p>No personal data was seen to go anywhere.</p>"
      : [legend, overview(input.entries, lanes), ...lanes.map((lane) => section(lane, titleOfSink))].join(
          "\n",
        );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Data map</title>
<style>${mapStyle}</style>
</head>
<body>
<h1>Data map</h1>
<p>${count(callsOf(input.entries), "call")} that personal data reaches, by data type and by place. Made by Borderline ${escaped(input.version)}.</p>
${body}
</body>
</html>
`;
}

const words: Readonly<Record<DataMapEntry["status"], string>> = {
  finding: "finding",
  approved: "approved",
  unruled: "no rule minds",
};

const legend = `<p class="legend">${(["finding", "approved", "unruled"] as const)
  .map((status) => mark(status, words[status]))
  .join(" ")}</p>`;

function mark(status: DataMapEntry["status"], text: string): string {
  return `<span class="mark ${status}">${escaped(text)}</span>`;
}

/** Data types × places: how many calls, and the worst of what the rules say of them. */
function overview(entries: readonly DataMapEntry[], lanes: readonly Lane[]): string {
  const head = lanes.map(({ id, title }) => `<th scope="col"><a href="#${id}">${escaped(title)}</a></th>`);
  const rows = [...groupBy(entries, ({ dataType }) => dataType)].map(([dataType, [first]]) => {
    const cells = lanes.map((lane) => {
      const of = lane.entries.filter((entry) => entry.dataType === dataType);
      if (of.length === 0) return "<td></td>";
      const status = statusOf(of);
      return `<td title="${words[status]}">${mark(status, String(callsOf(of)))}</td>`;
    });
    return `<tr><th scope="row">${escaped(first?.title ?? dataType)} <code>${escaped(dataType)}</code></th>${cells.join("")}</tr>`;
  });
  return `<table class="overview">
<thead><tr><th scope="col">Data type</th>${head.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`;
}

/** What goes to one place: by sink kind, then by call, with the data types that it gets. */
function section({ id, title, entries }: Lane, titleOfSink: (kind: string) => string): string {
  const rows = [...groupBy(entries, ({ sinkKind }) => sinkKind)].sort(([a], [b]) => (a < b ? -1 : 1));
  const body = rows.map(([kind, of]) => {
    const calls = [...groupBy(of, (entry) => `${whereOf(entry)} ${entry.sink}`).values()];
    return calls
      .map((data, index) => {
        const first =
          index === 0
            ? `<th scope="rowgroup" rowspan="${calls.length}">${escaped(titleOfSink(kind))}</th>`
            : "";
        return `<tr>${first}${callCells(data)}</tr>`;
      })
      .join("\n");
  });
  return `<h2 id="${id}">${escaped(title)}</h2>
<table>
<thead><tr><th scope="col">Sink</th><th scope="col">Call</th><th scope="col">Data</th><th scope="col">Status</th></tr></thead>
<tbody>
${body.join("\n")}
</tbody>
</table>`;
}

function callCells(data: readonly DataMapEntry[]): string {
  const [first] = data as [DataMapEntry, ...DataMapEntry[]];
  const titles = data.map(({ title, bulk }) => escaped(bulk ? `${title} (many people)` : title));
  const through = first.through === undefined ? "" : `<br>through <code>${escaped(first.through)}</code>`;
  const approvals = new Set(
    data.flatMap(({ approvals: of }) =>
      of.map(({ by, reason, until }) => `${by}: ${reason}${until === undefined ? "" : `, until ${until}`}`),
    ),
  );
  const status = statusOf(data);
  const why = [...approvals].map((each) => `<br>${escaped(each)}`).join("");
  return `<td><code>${escaped(first.sink)}</code><br><span class="where">${escaped(whereOf(first))}</span>${through}</td><td>${titles.join(", ")}</td><td>${mark(status, words[status])}${why}</td>`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
