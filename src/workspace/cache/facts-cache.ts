import { createHash, randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { FactsStore, FileFacts, FileId } from "../../engine/index.ts";
import type { CachePlace } from "./cache-place.ts";
import { openPack, type Pack, packBytes } from "./pack.ts";
import { readSealed, writeSealed } from "./sealed-file.ts";
import { trimCache } from "./trim-cache.ts";

/** Facts of one workspace that outlive the process. */
export interface FactsCache extends FactsStore {
  /** Writes what is new. Never rejects: without a cache, everything works as well, and slower. */
  save(): Promise<void>;
}

/** From this many packs of a few files on, all are packed anew. Until then, a change costs a write of its own facts. */
const mostPacks = 8;

/** The tables of a pack are read in one go, in which an editor waits: of so many files, they take some 20 milliseconds. */
const filesInPack = 1000;

/**
 * Facts by what they depend on: the version of the tool, the file's name, its text. They lie in packs, which are written
 * once and never changed, so processes need no locks: at worst, two of them write the same facts.
 */
export async function openFactsCache({ folder, workspace, build }: CachePlace): Promise<FactsCache> {
  const prefix = `${workspace}-${build}-`;
  const names = (await readdir(folder).catch(() => [])).filter(
    (name) => name.startsWith(prefix) && name.endsWith(".facts"),
  );
  const stored = new Map<string, { readonly pack: Pack; readonly index: number }>();
  for (const name of names) {
    const content = await readSealed(join(folder, name));
    const pack = content && unlessDamaged(() => openPack(content));
    pack?.keys.forEach((key, index) => {
      stored.set(key, { pack, index });
    });
  }
  /** The facts of each file's last text, and whether they are on the disk. */
  const current = new Map<
    FileId,
    { readonly key: string; readonly facts: FileFacts; readonly isNew: boolean }
  >();

  return {
    has: (file, text) => stored.has(keyOf(file, text)),
    get(file, text) {
      const key = keyOf(file, text);
      const found = stored.get(key);
      if (!found) return undefined;
      const facts = unlessDamaged(() => found.pack.value(found.index) as FileFacts);
      if (!facts) return undefined;
      current.set(file, { key, facts, isNew: false });
      return facts;
    },
    put(file, text, facts) {
      current.set(file, { key: keyOf(file, text), facts, isNew: true });
    },
    async save() {
      const fresh = [...current].filter(([, { isNew }]) => isNew);
      if (fresh.length === 0) return;
      const whole = names.length >= mostPacks + current.size / filesInPack || fresh.length * 2 > current.size;
      const kept = whole ? [...current] : fresh;
      const outdated = whole ? names.splice(0) : [];
      try {
        for (let from = 0; from < kept.length; from += filesInPack) {
          const part = kept.slice(from, from + filesInPack);
          const name = `${prefix}${randomUUID()}.facts`;
          const bytes = await packBytes(part.map(([, { key, facts }]) => [key, facts]));
          await writeSealed(join(folder, name), bytes);
          names.push(name);
        }
        for (const old of outdated) await rm(join(folder, old), { force: true });
        for (const [file, entry] of kept)
          if (current.get(file) === entry) current.set(file, { ...entry, isNew: false });
        await trimCache(folder);
      } catch {
        // The disk is full, or nobody may write there.
      }
    },
  };
}

function unlessDamaged<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function keyOf(file: FileId, text: string): string {
  return createHash("sha256").update(`${file}\0${text}`).digest("base64url").slice(0, 24);
}
