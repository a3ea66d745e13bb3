#!/usr/bin/env node
// Installs a packaged extension into a server data folder, so that the package itself can be tested.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { nodeBinary } from "./host-paths.mjs";
import { HostError } from "./run-command.mjs";
import { serverArguments, serverEnvironment } from "./server.mjs";

/**
 * @param {string} vsix
 * @param {string} dataFolder the server data folder that the next start uses
 */
export function installVsix(vsix, dataFolder) {
  const file = path.resolve(vsix);
  if (!existsSync(file))
    throw new HostError(`${file} does not exist. Make the package first: npm run package`);
  const args = [...serverArguments(dataFolder), "--install-extension", file];
  const result = spawnSync(nodeBinary, args, { encoding: "utf8", env: serverEnvironment() });
  const output = `${result.stdout}${result.stderr}`;
  // The server ends with code 0 for some packages that it refused, so its words count too.
  if (result.status === 0 && /successfully installed/i.test(output)) return;
  throw new HostError(`VS Code did not install ${file} (code ${result.status}):\n${output.trim()}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [vsix, dataFolder] = process.argv.slice(2);
  try {
    if (!vsix || !dataFolder) throw new HostError("Usage: install-vsix.mjs <file.vsix> <server data folder>");
    installVsix(vsix, dataFolder);
    console.log(`vscode-host: installed ${vsix} into ${dataFolder}`);
  } catch (error) {
    console.error(error instanceof HostError ? `vscode-host: ${error.message}` : error);
    process.exitCode = 2;
  }
}
