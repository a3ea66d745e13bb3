#!/usr/bin/env node
// Measures Borderline beside parsing alone, and beside other analysers, all in one run, on pinned public applications.
//
//   npm run bench -- [application …] [--quick] [--install-peers] [--output <folder>]
//
//   --quick          one application, few repetitions: less than three minutes on two cores
//   --install-peers  fetches the other analysers first
//   --output         where bench.md and bench.json go (default: .cache/bench)
//
// The applications come as for `npm run ruling`: see test/ruling/fetch.mjs. docs/performance.md says what the figures mean.
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { applicationsNamed, fetchApplication, repositoryRoot } from "../../test/ruling/fetch.mjs";
import { measured, median, percentile } from "./measured.mjs";
import { installPeers, measurePeers } from "./peers.mjs";
import { tableOf } from "./table.mjs";
import { measureTyping } from "./typing.mjs";
import { copyOf, forget, sourcesOf, vendored } from "./workspaces.mjs";

const cli = join(repositoryRoot, "dist/cli.cjs");
const parser = join(repositoryRoot, "scripts/bench/parse-alone.mjs");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    "install-peers": { type: "boolean", default: false },
    output: { type: "string", default: join(repositoryRoot, ".cache/bench") },
  },
});
const { quick, output } = values;
const names = positionals.length > 0 ? positionals : quick ? ["rallly"] : ["rallly", "mattermost-mobile"];
if (values["install-peers"]) installPeers();
mkdirSync(output, { recursive: true });

const result = { machine: machine(), workspaces: [], growth: undefined, start: undefined };
for (const application of applicationsNamed(names))
  result.workspaces.push(await measureApplication(application));
result.growth = await measureGrowth(applicationsNamed(["rallly"])[0]);
result.start = measureStart(quick ? 11 : 31);
writeFileSync(join(output, "bench.json"), `${JSON.stringify(result, undefined, 2)}\n`);
writeFileSync(join(output, "bench.md"), tableOf(result));
process.stdout.write(tableOf(result));

function machine() {
  const versionOf = (name) =>
    JSON.parse(readFileSync(join(repositoryRoot, "node_modules", name, "package.json"), "utf8")).version;
  return {
    date: new Date().toISOString().slice(0, 10),
    revision: execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      cwd: repositoryRoot,
      encoding: "utf8",
    }).trim(),
    cores: cpus().length,
    cpu: cpus()[0]?.model ?? "unknown",
    load: loadavg()[0],
    node: process.versions.node,
    typescript: versionOf("typescript"),
    estree: versionOf("@typescript-eslint/typescript-estree"),
  };
}

async function measureApplication(application) {
  const { name } = application;
  const root = copyOf(fetchApplication(application));
  const cache = mkdtempSync(join(tmpdir(), "borderline-bench-cache-"));
  try {
    const files = await sourcesOf(root);
    say(`${name}: ${files.length} files`);
    const parse = await measureParse(root, files, quick ? 1 : 3);
    const scan = () =>
      measured([cli, "scan", root, "--format", "json", "--fail-on", "never", "--cache-dir", cache]);
    const cold = await scan();
    say("cold scan");
    const warm = await median(quick ? 3 : 5, scan);
    say("warm scan");
    const changed = await median(quick ? 1 : 3, () => {
      appendFileSync(join(root, files[Math.floor(files.length / 2)]), "\nexport {};\n");
      return scan();
    });
    say("one file changed");
    const peers = await measurePeers(root, files);
    say("peers");
    const typing = await measureTyping(
      root,
      files,
      cache,
      quick ? { keys: 16, edits: 0 } : { keys: 100, edits: 200 },
    );
    const { lines } = JSON.parse(parse.stdout);
    return {
      name,
      files: files.length,
      lines,
      parse,
      cold: slim(cold),
      warm: slim(warm),
      changed: slim(changed),
      peers,
      typing,
    };
  } finally {
    forget(root);
    rmSync(cache, { recursive: true, force: true });
  }
}

async function measureParse(root, files, times) {
  const list = join(output, "files.json");
  writeFileSync(list, JSON.stringify(files));
  return median(times, () => measured([parser, root, list]));
}

/** Cold scans of ever larger workspaces; how time and memory grow with size, as the slope of both on logarithmic scales. */
async function measureGrowth(application) {
  const origin = fetchApplication(application);
  const files = await sourcesOf(origin);
  const points = [];
  for (const lines of quick ? [5_000, 10_000, 20_000] : [10_000, 40_000, 160_000, 640_000]) {
    const root = vendored(origin, files, lines);
    const run = await measured([cli, "scan", root, "--quiet", "--fail-on", "never", "--no-cache"]);
    points.push({ lines, cpu: run.cpu, wall: run.wall, megabytes: run.megabytes });
    forget(root);
    say(`${lines} lines`);
  }
  return { points, slope: { time: slopeOf(points, "cpu"), memory: slopeOf(points, "megabytes") } };
}

/** By least squares. */
function slopeOf(points, figure) {
  const pairs = points.map((point) => [Math.log(point.lines), Math.log(point[figure])]);
  const mean = (index) => pairs.reduce((sum, pair) => sum + pair[index], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  const above = pairs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0);
  return above / pairs.reduce((sum, [a]) => sum + (a - x) ** 2, 0);
}

/** In turns, so that what else the machine does meets both; and without anything preloaded. */
function measureStart(times) {
  const all = { node: [], version: [] };
  for (let turn = 0; turn < times; turn++) {
    for (const [what, args] of [
      ["node", ["-e", "0"]],
      ["version", [cli, "--version"]],
    ]) {
      const started = performance.now();
      execFileSync(process.execPath, args);
      all[what].push(performance.now() - started);
    }
  }
  return { node: percentile(all.node, 50), version: percentile(all.version, 50) };
}

function slim({ wall, cpu, megabytes }) {
  return { wall, cpu, megabytes };
}

function say(what) {
  process.stderr.write(`bench: ${what}\n`);
}
