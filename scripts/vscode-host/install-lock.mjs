// One installation at a time: two test runs started together must not both write the cache folder.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hostFolder } from "./host-paths.mjs";
import { HostError } from "./run-command.mjs";

const lockFile = path.join(hostFolder, "install.lock");
const maxWaitMs = 15 * 60_000;

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withInstallLock(work) {
  mkdirSync(hostFolder, { recursive: true });
  await takeLock();
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

async function takeLock() {
  const deadline = Date.now() + maxWaitMs;
  let told = false;
  while (!tryLock()) {
    const owner = lockOwner();
    // An owner that died (power cut, Ctrl+C) leaves its lock behind; the stamps make taking over safe.
    if (owner !== undefined && !isAlive(owner)) rmSync(lockFile, { force: true });
    else if (Date.now() > deadline) {
      throw new HostError(
        `Another installation (process ${owner}) has held ${lockFile} for 15 minutes. ` +
          "End that process, or delete the file if it is not an installation, and run this again.",
      );
    } else {
      if (!told) console.log(`vscode-host: waiting for another installation (process ${owner}) to finish`);
      told = true;
      await sleep(1000);
    }
  }
}

function tryLock() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "EEXIST") return false;
    throw error;
  }
}

/** The process that holds the lock; undefined while that process is still writing its number. */
function lockOwner() {
  try {
    return Number(readFileSync(lockFile, "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}
