#!/usr/bin/env node
// Runs the extension's tests inside a real VS Code.
//
//   node test/vscode/run.mjs [run …] [--grep text] [--vsix file] [--extension folder]
//
//   run          names from runs.mjs; all of them when none is given
//   --grep       only tests whose full name contains this text
//   --vsix       test this package instead of the working tree
//   --extension  test the extension in this folder instead of the repository's
//
// Environment: BORDERLINE_VSCODE=download uses a desktop VS Code that @vscode/test-electron downloads; otherwise the
// host in scripts/vscode-host is installed and used. BORDERLINE_SCREENSHOTS=<folder> makes the tests take pictures.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { repositoryRoot } from "../../scripts/vscode-host/host-paths.mjs";
import { HostError } from "../../scripts/vscode-host/run-command.mjs";
import { prepareHost } from "./hosts.mjs";
import { runOnce } from "./run-once.mjs";
import { runs } from "./runs.mjs";

/** @typedef {{ runs: import("./runs.mjs").Run[], grep: string, vsix?: string, extension: string }} Options */

/** @returns {Options} */
function readOptions() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: "string" }, vsix: { type: "string" }, extension: { type: "string" } },
  });
  const unknown = positionals.find((name) => !runs.some((run) => run.name === name));
  if (unknown)
    throw new HostError(
      `There is no run "${unknown}". The runs are: ${runs.map((run) => run.name).join(", ")}.`,
    );
  return {
    runs: positionals.length === 0 ? runs : runs.filter((run) => positionals.includes(run.name)),
    grep: values.grep ?? "",
    extension: path.resolve(values.extension ?? repositoryRoot),
    ...(values.vsix ? { vsix: path.resolve(values.vsix) } : {}),
  };
}

/**
 * VS Code would only say that the extension could not be activated; say here what to run.
 * @param {Options} options
 */
function requireBuild({ extension, vsix }) {
  const manifestFile = path.join(extension, "package.json");
  if (vsix && !existsSync(vsix))
    throw new HostError(`${vsix} does not exist. Make it first: npm run package`);
  if (vsix) return;
  if (!existsSync(manifestFile))
    throw new HostError(`${extension} holds no extension: it has no package.json.`);
  const main = path.join(extension, JSON.parse(readFileSync(manifestFile, "utf8")).main ?? "");
  if (!existsSync(main))
    throw new HostError(`The extension is not built: ${main} is missing. Build it first: npm run build`);
}

async function main() {
  const options = readOptions();
  requireBuild(options);
  const host = await prepareHost();
  const total = { passed: 0, failed: 0 };
  for (const run of options.runs) {
    const result = await runOnce(run, options, host);
    total.passed += result.passed;
    total.failed += result.failed;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof HostError ? `test/vscode: ${error.message}` : error);
  process.exitCode = 2;
}
