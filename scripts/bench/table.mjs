// The figures of a run as a Markdown table, goals beside what was reached.

/**
 * @param {any} result what run.mjs measured
 * @returns {string}
 */
export function tableOf({ machine, workspaces, start, growth }) {
  const parts = [
    `${machine.date}, revision ${machine.revision}: ${machine.cores} cores (${machine.cpu}), Node ${machine.node}, TypeScript ${machine.typescript}, typescript-estree ${machine.estree}; load average before the run ${machine.load.toFixed(1)}.`,
  ];
  for (const workspace of workspaces) parts.push(workspaceTable(workspace));
  parts.push(
    rows(
      "Growth, in a workspace of copies",
      ["lines", "cold s", "MB"],
      [
        ...growth.points.map((point) => [number(point.lines), seconds(point.cpu), number(point.megabytes)]),
        ["slope, log-log", growth.slope.time.toFixed(2), growth.slope.memory.toFixed(2)],
      ],
    ),
    rows(
      "Start",
      ["", "ms", "× bare Node", "goal"],
      [
        ["node -e 0", start.node.toFixed(0), "1.00", ""],
        ["borderline --version", start.version.toFixed(0), (start.version / start.node).toFixed(2), "≤ 1.5"],
      ],
    ),
  );
  return `${parts.join("\n\n")}\n`;
}

function workspaceTable({ name, files, lines, parse, cold, warm, changed, peers, typing }) {
  const p = parse.cpu;
  const scan = (what, run, goal) => [
    what,
    seconds(run.wall),
    seconds(run.cpu),
    `${(run.cpu / p).toFixed(2)} P`,
    Number.isNaN(run.megabytes ?? Number.NaN) ? "" : number(run.megabytes),
    goal,
  ];
  const rest = (peer) =>
    peer.absent === undefined
      ? [
          peer.name,
          seconds(peer.wall),
          seconds(peer.cpu),
          `${((peer.cpu ?? peer.wall) / (peer.cpu ? p : parse.wall)).toFixed(2)} P`,
          number(peer.megabytes),
          "",
        ]
      : [peer.name, "", "", "", "", peer.absent];
  const scans = rows(
    `${name}: ${number(files)} files, ${number(lines)} lines`,
    ["", "wall s", "CPU s", "× P by CPU", "peak MB", "goal"],
    [
      scan("P: parse alone", parse, ""),
      scan("cold scan", cold, `≤ 1.0 P; ≤ ${number(2 * parse.megabytes)} MB`),
      scan("warm scan", warm, "≤ 0.05 P"),
      scan("one file changed", changed, "≤ 0.08 P"),
      ...peers.map(rest),
    ],
  );
  if (!typing) return scans;
  const keys = (what, { p50, p95, p99, cpu }, goal) => [
    what,
    ...[p50, p95, p99, cpu].map((time) => time?.toFixed(0) ?? ""),
    goal,
  ];
  const { typical, everywhere, memory } = typing;
  return `${scans}\n\n${rows(
    `${name}, in the editor (ms; the wait for the next key is not counted)`,
    ["", "p50", "p95", "p99", "CPU, mean", "goal"],
    [
      keys(`a key → diagnostics (${typical.keys} keys)`, typical, "30 / 100 / 250"),
      keys(
        `… in a file that ${everywhere.importers} others import (${everywhere.keys} keys)`,
        everywhere,
        "< 500",
      ),
      keys("hover while it works", typical.deaf, "< 50"),
      keys("hover while it works, that file", everywhere.deaf, "< 50"),
    ],
  )}\n\nServer: ready after ${seconds(typing.ready)} s; ${number(memory.atRest)} MB at rest, ${number(memory.afterEdits)} MB after ${memory.edits} edits and all keys (goals: ≤ 400 MB at 400,000 lines; growth ≤ 5 %).`;
}

function rows(title, head, body) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [`**${title}**`, "", line(head), line(head.map(() => "---")), ...body.map(line)].join("\n");
}

function seconds(milliseconds) {
  return milliseconds === undefined ? "" : (milliseconds / 1000).toFixed(2);
}

function number(value) {
  return value === undefined ? "" : Math.round(value).toLocaleString("en");
}
