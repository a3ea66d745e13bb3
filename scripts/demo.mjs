// Scans examples/streaming-app as a user would, and leaves the findings as SARIF too.
// A demo shows leaks on purpose: finding them is its success. Only a scan that did not run is a failure.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const example = "examples/streaming-app";
const output = "out/streaming-app.sarif";

if (!existsSync(join(root, "dist/cli.cjs"))) run(["scripts/build.mjs"]);

console.log(`Scanning ${example}, a small video service with a US side, an EU side and an office abroad.\n`);
run(["dist/cli.cjs", "scan", example, "--fail-on", "never"]);
run([
  "dist/cli.cjs",
  "scan",
  example,
  "--fail-on",
  "never",
  "--quiet",
  "--format",
  "sarif",
  "--output",
  output,
]);
console.log(`\nThe same findings for code scanning tools (SARIF 2.1.0): ${output}`);

/** Ends this script with the other's exit code when that is not 0. */
function run(args) {
  const { status, signal } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? (signal === "SIGINT" ? 130 : 1));
}
