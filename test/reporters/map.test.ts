import { expect, test } from "vitest";
import type { DataMapEntry } from "../../src/engine/index.ts";
import { type MapInput, mapCsv, mapHtml, mapJson, mapMermaid } from "../../src/reporters/index.ts";
import { analyzeTexts, catalog } from "../support/analyze-texts.ts";

const text = [
  'import { S3Client, PutObjectCommand } from "@aws-sdk/client-s3";',
  'const near = new S3Client({ region: "eu-central-1" });',
  "const somewhere = new S3Client({ region: String(Math.random()) });",
  "export function keep(user: { email: string; phone: string }) {",
  "  // borderline-ignore-next-line pii-in-export -- agreed with the board (until 2027-03-31)",
  '  near.send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: user.email }));',
  '  somewhere.send(new PutObjectCommand({ Bucket: "b", Key: "k", Body: user.phone }));',
  "  console.log(user.phone);",
  "}",
  "export const all = (response: import('express').Response, user: { email: string }) => response.json(user);",
  "",
].join("\n");

function mapOf(texts: Readonly<Record<string, string>>): MapInput {
  return { entries: analyzeTexts(texts).dataMap, catalog, version: "1.2.3" };
}

const input = mapOf({ "src/a.ts": text });

test("as JSON: what goes where, what is approved, what no rule minds, and what could not be told", () => {
  const map = JSON.parse(mapJson(input));
  expect(map.places).toEqual([
    { id: "here", title: "Where the program runs", entries: 2 },
    { id: "DE", title: "Germany", entries: 1 },
    { id: "unknown", title: "Unknown place", entries: 1 },
  ]);
  const told = map.entries.map(
    (each: DataMapEntry & { location: { line: number } }) =>
      `${each.dataType} ${each.sinkKind} :${each.location.line} ${each.jurisdictions} ${each.status}`,
  );
  expect(told).toEqual([
    "contact.email export.object-store :6 DE approved",
    "contact.email export.response :10  unruled",
    "contact.phone export.object-store :7  finding",
    "contact.phone log.console :8  finding",
  ]);
});

test("as CSV: a line per data type, call and place, with the approval", () => {
  const lines = mapCsv(input).split("\r\n");
  expect(lines).toHaveLength(6);
  expect(lines[1]).toMatch(
    /^contact\.email,E-mail address,export\.object-store,DE,near\.send,src\/a\.ts:6,,no,high,approved,\w+,directive: agreed with the board,2027-03-31$/,
  );
  expect(lines[3]).toContain(",unknown,somewhere.send,src/a.ts:7,");
});

test("a CSV cell that a spreadsheet would run, or that holds a comma, is made harmless", () => {
  const [entry] = input.entries;
  if (!entry) throw new Error("no entry");
  const rows = mapCsv({ ...input, entries: [{ ...entry, sink: '=cmd("x"),1' }] });
  expect(rows).toContain(`,"'=cmd(""x""),1",`);
});

test("as Mermaid: lanes by place, thick edges for findings, dotted ones for what is approved", () => {
  expect(mapMermaid(input)).toBe(
    [
      "flowchart LR",
      '  d0(["E-mail address"])',
      '  d1(["Phone number"])',
      '  subgraph p0["Where the program runs"]',
      '    p0s0["API response"]',
      '    p0s1["Console output"]',
      "  end",
      '  subgraph p1["Germany"]',
      '    p1s0["Object store"]',
      "  end",
      '  subgraph p2["Unknown place"]',
      '    p2s0["Object store"]',
      "  end",
      '  d0 -->|"1 call"| p0s0',
      '  d1 ==>|"1 call"| p0s1',
      '  d0 -.->|"1 call"| p1s0',
      '  d1 ==>|"1 call"| p2s0',
      "  style p2 stroke-dasharray: 4 4",
      "",
    ].join("\n"),
  );
});

test("as HTML: one page that loads nothing, with names of code as text", () => {
  const [entry] = input.entries;
  if (!entry) throw new Error("no entry");
  const page = mapHtml({ ...input, entries: [...input.entries, { ...entry, sink: "<script>&" }] });
  expect(page).not.toMatch(/<script|<link|<img|@import|url\(|https?:/);
  expect(page).toContain("&lt;script&gt;&amp;");
  expect(page).toContain('<h2 id="unknown">Unknown place</h2>');
  expect(page).toContain("directive: agreed with the board, until 2027-03-31");
});

test("a workspace where no personal data goes anywhere has an empty map", () => {
  const none = mapOf({ "a.ts": "export const one = 1;\n" });
  expect(mapHtml(none)).toContain("No personal data was seen to go anywhere.");
  expect(mapCsv(none).split("\r\n")).toHaveLength(2);
});
