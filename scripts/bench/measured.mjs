// Runs a program of Node as a process of its own, and says what it took.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const reporter = fileURLToPath(new URL("./report-usage.mjs", import.meta.url));

/**
 * @typedef {object} Measured
 * @property {number} wall milliseconds from start to end
 * @property {number} cpu milliseconds that all its threads computed
 * @property {number} megabytes the most memory that it had
 * @property {number | null} code its exit code; null when it was stopped
 * @property {string} stdout
 */

/**
 * @param {readonly string[]} args what follows `node`
 * @param {{ cwd?: string, patience?: number }} options `patience`: milliseconds after which it is stopped
 * @returns {Promise<Measured>}
 */
export function measured(args, { cwd, patience = 900_000 } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "borderline-bench-"));
  const file = join(folder, "usage.json");
  const started = performance.now();
  const child = spawn(process.execPath, ["--import", reporter, ...args], {
    cwd,
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, BORDERLINE_BENCH_USAGE: file },
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), patience);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    stdout += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(timer);
      const wall = performance.now() - started;
      const usage =
        code === null ? { cpu: Number.NaN, megabytes: Number.NaN } : JSON.parse(readFileSync(file, "utf8"));
      rmSync(folder, { recursive: true });
      resolve({ wall, ...usage, code, stdout });
    });
  });
}

/**
 * The median of several runs, each figure by itself.
 *
 * @param {number} times
 * @param {() => Promise<Measured>} run
 * @returns {Promise<Measured>}
 */
export async function median(times, run) {
  const all = [];
  for (let index = 0; index < times; index++) all.push(await run());
  const middle = (figure) =>
    percentile(
      all.map((one) => one[figure]),
      50,
    );
  return { ...all[0], wall: middle("wall"), cpu: middle("cpu"), megabytes: middle("megabytes") };
}

/**
 * @param {readonly number[]} figures
 * @param {number} percent
 */
export function percentile(figures, percent) {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
