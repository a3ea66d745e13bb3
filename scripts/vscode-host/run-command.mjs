// Runs one command of the installation: its output goes to a log file, and a failure says which and why.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { logFolder } from "./host-paths.mjs";

/** @type {NodeJS.Signals[]} */
const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"];

/** A failure that the person can act on: printed as plain text, without a stack. */
export class HostError extends Error {}

/**
 * @param {string} label words for the log file's name and for messages
 * @param {string[]} command the program and its arguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, hint: string }} options `hint` says what to do on failure
 * @returns {Promise<void>}
 */
export async function runCommand(label, command, options) {
  mkdirSync(logFolder, { recursive: true });
  const logFile = path.join(logFolder, `install-${label.replace(/[^a-z0-9]+/gi, "-")}.log`);
  const log = openSync(logFile, "w");
  const outcome = await waitForExit(command, options, log).finally(() => closeSync(log));
  if (outcome === 0) return;
  throw new HostError(
    `${label} failed (${outcome}): ${command.join(" ")}\n` +
      `${lastLines(logFile, 15)}\n` +
      `Whole output: ${logFile}\n${options.hint}`,
  );
}

/**
 * @param {string[]} command
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @param {number} log
 * @returns {Promise<number | string>} exit code, or words for another end
 */
function waitForExit([program, ...args], options, log) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", log, log],
    });
    const finish = (/** @type {number | string} */ outcome) => {
      for (const signal of stopSignals) process.off(signal, forward);
      resolve(outcome);
    };
    // Never leave a command behind that still writes the folder which the next try starts to clear.
    const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    for (const signal of stopSignals) process.on(signal, forward);
    child.on("error", (error) => finish(error.message));
    child.on("exit", (code, signal) => finish(code ?? `ended by ${signal}`));
  });
}

/**
 * @param {string} file
 * @param {number} count
 */
export function lastLines(file, count) {
  return readFileSync(file, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}
