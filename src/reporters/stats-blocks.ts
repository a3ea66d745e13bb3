import type { createColors } from "picocolors";
import type { Location, Progress, Report } from "../engine/index.ts";
import { count } from "./count.ts";
import { gapPackages } from "./gap-packages.ts";

type Colors = ReturnType<typeof createColors>;

/** How long a room worked, in milliseconds. */
export interface RoomTime {
  readonly room: Progress["room"];
  readonly milliseconds: number;
}

/** Files whose limits are listed. */
const filesShown = 20;

/** What `--stats` adds: suppressed findings, gaps, files, limits, and what each room did in which time. */
export function statsBlocks(report: Report, rooms: readonly RoomTime[], colors: Colors): string[] {
  const { findings, stats } = report;
  const suppressed = findings.flatMap(({ location, message, suppressed }) =>
    suppressed
      ? [`${where(location)}  ${message} ${colors.dim(`${suppressed.by}: ${suppressed.reason}`)}`]
      : [],
  );
  return [
    block("Suppressed findings", suppressed),
    block("Gaps", gapLines(report, colors)),
    block(
      "Places that could not be told",
      report.unknownPlaces.map(({ location, text }) => `${where(location)}  ${text}`),
    ),
    block(
      "Skipped files",
      stats.skipped.map(({ file, reason }) => `${file}  ${reason}`),
    ),
    block("Limits that cut the analysis short", limitLines(report)),
    block("Rooms", roomLines(report, rooms)),
  ].filter((text) => text !== "");

  function block(title: string, lines: readonly string[]): string {
    return lines.length === 0
      ? ""
      : [colors.underline(title), ...lines.map((line) => `  ${line}`)].join("\n");
  }
}

function gapLines({ gaps }: Report, colors: Colors): string[] {
  return gapPackages(gaps).flatMap(({ package: name, calls, sources }) => [
    colors.bold(
      `${name === undefined ? "code that could not be told" : `package ${name}`}: data from ${count(sources, "place")} in ${count(calls.length, "call")}`,
    ),
    ...calls.map(
      ({ location, text, sources: each }) => `  ${where(location)}  ${text} (${count(each, "source")})`,
    ),
  ]);
}

function limitLines({ stats }: Report): string[] {
  const word = (limits: Readonly<Record<string, number>>) =>
    Object.entries(limits)
      .filter(([, hits]) => hits > 0)
      .map(([name, hits]) => `${name}: ${count(hits, "time")}`);
  const files = stats.limitsByFile
    .slice(0, filesShown)
    .map(({ file, limits }) => `  ${file}  ${word(limits).join(", ")}`);
  const more = stats.limitsByFile.length - files.length;
  return [...word(stats.limits), ...files, ...(more > 0 ? [`  and in ${count(more, "file")} more`] : [])];
}

function roomLines({ findings, gaps, stats }: Report, rooms: readonly RoomTime[]): string[] {
  const counts: Readonly<Record<RoomTime["room"], string>> = {
    parse: `${count(stats.files, "file")}, ${count(stats.lines, "line")}`,
    link: `${count(stats.functions, "function")} analysed`,
    solve: `${count(stats.flows, "flow")}, ${count(gaps.length, "gap")}`,
    report: count(findings.length, "finding"),
  };
  if (rooms.length === 0) return [counts.link];
  return rooms.map(
    ({ room, milliseconds }) =>
      `${room.padEnd(7)} ${(milliseconds / 1000).toFixed(2).padStart(8)} s  ${counts[room]}`,
  );
}

function where({ file, start }: Location): string {
  return `${file}:${start.line + 1}:${start.character + 1}`;
}
