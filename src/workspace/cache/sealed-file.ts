import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Bytes of the digest that a sealed file begins with. */
const sealLength = 32;

/** What was written under this path, when all of it is still there, unchanged; then it counts as used now. */
export async function readSealed(path: string): Promise<Buffer | undefined> {
  try {
    const bytes = await readFile(path);
    const content = bytes.subarray(sealLength);
    if (!sealOf([content]).equals(bytes.subarray(0, sealLength))) {
      await rm(path, { force: true });
      return undefined;
    }
    const now = new Date();
    await utimes(path, now, now);
    return content;
  } catch {
    // Not there, not readable, or removed by another process: it will be made anew.
    return undefined;
  }
}

/** Readers see the old file or the whole new one. Two processes may write at once: the last one stays. */
export async function writeSealed(path: string, parts: readonly Uint8Array[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(unfinished, [sealOf(parts), ...parts]);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

function sealOf(parts: readonly Uint8Array[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}
