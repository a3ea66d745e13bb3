import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const lock = join(root, "node_modules/.borderline-build");

/** Longest time, in milliseconds, that a build may take before its lock is taken for a left-over. */
const patience = 120_000;

/**
 * Builds dist/ when it is missing or older than what it is made of. Test files run in several processes at once: one of
 * them builds, and the others wait for it. `npm test` has built already; then this costs a look at the sources.
 */
export async function ensureBuilt(): Promise<void> {
  const asked = Date.now();
  while (!isFresh()) {
    if (takeLock()) {
      try {
        if (!isFresh())
          execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "inherit" });
      } finally {
        rmSync(lock, { recursive: true, force: true });
      }
      return;
    }
    if (Date.now() - asked > patience) {
      throw new Error(
        `Another process has been building for too long. If none is, delete ${lock} and try again.`,
      );
    }
    await setTimeout(200);
  }
}

function takeLock(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}

function isFresh(): boolean {
  // The last file that a build writes.
  const built = timeOf(join(root, "dist/THIRD-PARTY-NOTICES.txt"));
  const inputs = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).map((file) =>
    join("src", file),
  );
  return [...inputs, "package.json", "scripts/build.mjs"].every((file) => timeOf(join(root, file)) <= built);
}

/** Zero for a file that is not there, so that nothing is fresh next to it. */
function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
