#!/usr/bin/env node
// Installs the VS Code host that the tests run in, where no desktop VS Code can be downloaded.
// Run it by itself, or let test/vscode/run.mjs call `ensureHost`. Doing it twice costs nothing.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { hostFolder, hostPackages, nativeModules, nodeBinary, serverScript } from "./host-paths.mjs";
import { withInstallLock } from "./install-lock.mjs";
import { installChromium, installSteps } from "./install-steps.mjs";
import { HostError } from "./run-command.mjs";

const stampFile = path.join(hostFolder, "installed.json");
/** Changes when what must be installed changes, so that an old cache is redone from its first step. */
const recipe = createHash("sha256")
  .update(JSON.stringify([hostPackages, nativeModules, process.arch]))
  .digest("hex");

/** Makes sure that the host and a browser are there; throws HostError with what to do when they cannot be. */
export async function ensureHost() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new HostError(
      `This test host runs on Linux x64 only, and this is ${process.platform} ${process.arch}. ` +
        "Set BORDERLINE_VSCODE=download to test with a downloaded desktop VS Code instead.",
    );
  }
  await withInstallLock(async () => {
    await runMissingSteps();
    await installChromium();
  });
}

async function runMissingSteps() {
  const done = readStamp();
  const missing = installSteps.filter((step) => !done.has(step.name));
  if (missing.length === 0) return;
  console.log(
    `vscode-host: installing into ${hostFolder} (${missing.length} of ${installSteps.length} steps to do)`,
  );
  for (const step of missing) {
    const start = Date.now();
    console.log(`vscode-host: ${step.name} …`);
    await step.run();
    done.add(step.name);
    writeStamp(done);
    console.log(`vscode-host: ${step.name} done in ${Math.round((Date.now() - start) / 1000)} s`);
  }
}

/** @returns {Set<string>} names of the steps that are done */
function readStamp() {
  // The stamp alone is not believed: someone may have deleted what it speaks of.
  if (!existsSync(nodeBinary) || !existsSync(serverScript)) return new Set();
  try {
    const stamp = JSON.parse(readFileSync(stampFile, "utf8"));
    return new Set(stamp.recipe === recipe ? stamp.done : []);
  } catch {
    return new Set();
  }
}

/** @param {Set<string>} done */
function writeStamp(done) {
  mkdirSync(hostFolder, { recursive: true });
  writeFileSync(stampFile, `${JSON.stringify({ recipe, done: [...done] }, undefined, 2)}\n`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  try {
    const start = Date.now();
    await ensureHost();
    console.log(`vscode-host: ready in ${hostFolder} (${Math.round((Date.now() - start) / 1000)} s)`);
  } catch (error) {
    console.error(error instanceof HostError ? `vscode-host: ${error.message}` : error);
    process.exitCode = 2;
  }
}
