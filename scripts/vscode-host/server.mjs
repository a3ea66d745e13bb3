// Starts the VS Code server with fresh data, and makes sure that it ends.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { nodeBinary, serverScript } from "./host-paths.mjs";
import { writeQuietSettings } from "./quiet-settings.mjs";
import { HostError } from "./run-command.mjs";

const startLimitMs = 90_000;

/**
 * @param {string} dataFolder
 * @returns {string[]} the arguments that every call of the server needs
 */
export function serverArguments(dataFolder) {
  return [
    serverScript,
    "--server-data-dir",
    dataFolder,
    "--accept-server-license-terms",
    "--telemetry-level",
    "off",
  ];
}

/**
 * The environment of the server, its extension hosts and the tests.
 * @returns {NodeJS.ProcessEnv}
 */
export function serverEnvironment() {
  const env = { ...process.env };
  // The server's Node is not ours: what steers ours must not steer it.
  for (const name of ["NODE_OPTIONS", "VSCODE_IPC_HOOK_CLI", "ELECTRON_RUN_AS_NODE"]) delete env[name];
  // No extension gallery: a test run has nothing to ask of the internet.
  env.EXTENSIONS_GALLERY = "{}";
  return env;
}

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {Promise<never>} ended rejects when the server ends by itself
 * @property {() => void} stop
 */

/**
 * @param {{ dataFolder: string, log: import("node:stream").Writable, workspaceTrust: boolean }} options
 * @returns {Promise<Server>}
 */
export async function startServer({ dataFolder, log, workspaceTrust }) {
  writeQuietSettings(dataFolder);
  // Port 0: the server picks a free one itself, so that no other program can take it in between.
  const args = [
    ...serverArguments(dataFolder),
    "--host",
    "127.0.0.1",
    "--port",
    "0",
    "--without-connection-token",
  ];
  // Without the driver flag the page ignores the request to run tests.
  args.push("--enable-smoke-test-driver");
  // Should this process be killed outright, the server ends by itself: a minute after its last page is gone it gives
  // up the extension host, and five minutes later itself.
  args.push("--enable-remote-auto-shutdown", "--reconnection-grace-time", "60");
  if (!workspaceTrust) args.push("--disable-workspace-trust");
  // A process group of its own, so that one signal reaches extension hosts and language servers too.
  const server = spawn(nodeBinary, args, {
    env: serverEnvironment(),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  server.stdout.pipe(log, { end: false });
  server.stderr.pipe(log, { end: false });
  const stop = () => killGroup(server.pid);
  const ended = endOf(server);
  try {
    return { port: await Promise.race([portOf(server), startLimit(), ended]), ended, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

/**
 * @param {import("node:child_process").ChildProcess} server
 * @returns {Promise<never>}
 */
function endOf(server) {
  /** @type {Promise<never>} */
  const ended = new Promise((_, reject) => {
    server.on("error", (error) =>
      reject(new HostError(`The VS Code server could not start: ${error.message}`)),
    );
    server.on("exit", (code, signal) =>
      reject(new HostError(`The VS Code server ended by itself (${code ?? signal}).`)),
    );
  });
  // Also rejects when we stop the server, and nobody waits for that.
  ended.catch(() => undefined);
  return ended;
}

/**
 * @param {{ stdout: import("node:stream").Readable }} server
 * @returns {Promise<number>}
 */
function portOf(server) {
  return new Promise((resolve) => {
    createInterface({ input: server.stdout }).on("line", (line) => {
      const port = /^Web UI available at http:\/\/[^:]+:(\d+)/.exec(line)?.[1];
      if (port) resolve(Number(port));
    });
  });
}

/** @returns {Promise<never>} */
function startLimit() {
  return new Promise((_, reject) => {
    const tooLate = () =>
      reject(new HostError(`The VS Code server was not ready after ${startLimitMs / 1000} s.`));
    setTimeout(tooLate, startLimitMs).unref();
  });
}

/** @param {number | undefined} pid leader of the group */
function killGroup(pid) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Already gone: nothing left to end.
  }
}
