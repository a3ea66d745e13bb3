import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "./fetch.mjs";

const run = promisify(execFile);

/**
 * The findings of all confidences, as `--format json` gives them.
 *
 * @param {string} folder
 * @returns {Promise<readonly any[]>}
 */
export async function scanApplication(folder) {
  const cli = join(repositoryRoot, "dist/cli.cjs");
  const options = ["--format", "json", "--min-confidence", "low", "--fail-on", "never"];
  const { stdout } = await run(process.execPath, [cli, "scan", folder, ...options], { maxBuffer: 2 ** 30 });
  return JSON.parse(stdout).findings;
}
