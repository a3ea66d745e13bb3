// Translates the command line of a desktop VS Code into the address of the same thing in a VS Code server.
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { HostError } from "./run-command.mjs";

/**
 * @typedef {object} Launch
 * @property {string[]} extensions folders of extensions under development
 * @property {string} tests the module whose `run()` is the test run
 * @property {string} [open] a folder or a .code-workspace file; nothing opens an empty window
 */

/**
 * @param {string[]} args as @vscode/test-electron passes them; flags of a desktop VS Code have no meaning here
 * @returns {Launch}
 */
export function parseLaunchArguments(args) {
  const valuesOf = (/** @type {string} */ flag) =>
    args.filter((arg) => arg.startsWith(`${flag}=`)).map((arg) => path.resolve(arg.slice(flag.length + 1)));
  const extensions = valuesOf("--extensionDevelopmentPath");
  const [tests] = valuesOf("--extensionTestsPath");
  const [open] = args.filter((arg) => !arg.startsWith("-")).map((arg) => path.resolve(arg));
  if (extensions.length === 0 || !tests) {
    throw new HostError(
      "Give both --extensionDevelopmentPath=<extension folder> and --extensionTestsPath=<module that exports run()>.",
    );
  }
  for (const file of [...extensions, ...(open ? [open] : [])]) {
    if (!existsSync(file)) throw new HostError(`${file} does not exist, so VS Code cannot open it.`);
  }
  return open ? { extensions, tests, open } : { extensions, tests };
}

/**
 * @param {number} port
 * @param {Launch} launch
 */
export function workbenchUrl(port, { extensions, tests, open }) {
  const remote = (/** @type {string} */ file) => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload = [
    ...extensions.map((folder) => ["extensionDevelopmentPath", remote(folder)]),
    ["extensionTestsPath", remote(tests)],
    ["skipWelcome", "true"],
  ];
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (!open) url.searchParams.set("ew", "true");
  else url.searchParams.set(statSync(open).isDirectory() ? "folder" : "workspace", open);
  url.searchParams.set("payload", JSON.stringify(payload));
  return url.href;
}
