import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/**
 * The most that one cache folder may hold, in bytes. The facts of a workspace of 400,000 lines take 20 MB, so this is
 * room for a dozen of them, or for a few versions of the tool.
 */
export const cacheLimit = 256 * 1024 * 1024;

/** What a process that was ended in the middle of a write has left is of no use after this time, in milliseconds. */
const abandonedAfter = 60 * 60 * 1000;

/** Removes what was not used for longest, until the rest fits. Never rejects: others may remove files at the same time. */
export async function trimCache(folder: string, limit = cacheLimit): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const stats = await stat(path).catch(() => undefined);
      return stats?.isFile() ? [{ path, size: stats.size, used: stats.mtimeMs }] : [];
    }),
  );
  let left = limit;
  for (const { path, size, used } of found.flat().sort((a, b) => b.used - a.used)) {
    const abandoned = path.endsWith(".tmp") && Date.now() - used > abandonedAfter;
    left -= size;
    if (left < 0 || abandoned) await rm(path, { force: true }).catch(() => {});
  }
}
