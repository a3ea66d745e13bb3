import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { FileId } from "../../engine/index.ts";
import { readText } from "../read-text.ts";
import type { CachePlace } from "./cache-place.ts";
import type { InputLog } from "./input-log.ts";
import { readSealed, writeSealed } from "./sealed-file.ts";

/** What else an answer rests on, as one text: which files there are, the date, options. */
export type Circumstances = string;

/** The last answer about a workspace, for as long as nothing has changed in it. */
export interface ResultCache {
  /** The answer, when it would come out the same again. Never rejects. */
  load(root: string, circumstances: Circumstances): Promise<unknown>;
  /** @param began when the inputs began to be read, in milliseconds since 1970. Never rejects. */
  save(
    root: string,
    circumstances: Circumstances,
    inputs: InputLog,
    began: number,
    answer: unknown,
  ): Promise<void>;
}

/** A file's name, the stamp of the disk ("" when it tells nothing), and the digest of its text (`null`: there is no such file). */
type Input = readonly [file: FileId, stamp: string, digest: string | null];

interface Saved {
  readonly circumstances: string;
  readonly inputs: readonly Input[];
  readonly answer: unknown;
}

/**
 * Clocks of file systems are coarse: what changed so shortly before it was read, in milliseconds, may have changed again
 * under the same stamp. Such a file is compared by its text, as git does it.
 */
const stampsAreCoarse = 2500;

/** Files that are looked at together: more only wait for each other. */
const atOnce = 64;

export function resultCache({ folder, workspace, build }: CachePlace): ResultCache {
  const path = join(folder, `${workspace}-${build}.result`);
  return {
    async load(root, circumstances) {
      const content = await readSealed(path);
      if (!content) return undefined;
      const saved: Saved = JSON.parse(content.toString("utf8"));
      if (saved.circumstances !== digestOf(circumstances)) return undefined;
      const same = await inBatches(saved.inputs, (input) => isSame(root, input));
      return same.every(Boolean) ? saved.answer : undefined;
    },
    async save(root, circumstances, inputs, began, answer) {
      const stamped = await inBatches([...inputs], async ([file, text]): Promise<Input> => {
        if (text === undefined) return [file, "", null];
        const stamp = await stampOf(join(root, file), began - stampsAreCoarse);
        return [file, stamp ?? "", digestOf(text)];
      });
      const saved: Saved = { circumstances: digestOf(circumstances), inputs: stamped, answer };
      // The disk is full, or nobody may write there: then the next scan computes it again.
      await writeSealed(path, [Buffer.from(JSON.stringify(saved))]).catch(() => {});
    },
  };
}

async function isSame(root: string, [file, stamp, digest]: Input): Promise<boolean> {
  const path = join(root, file);
  const now = await stampOf(path);
  if (now === undefined || digest === null) return now === undefined && digest === null;
  if (stamp !== "" && now === stamp) return true;
  return digestOf(await readText(path).catch(() => "")) === digest;
}

/** What tells that a file was touched; "" when it was touched after `latest`, undefined when there is none. */
async function stampOf(path: string, latest = Number.POSITIVE_INFINITY): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined);
  if (!stats) return undefined;
  const { size, mtimeMs, ctimeMs, ino } = stats;
  return Math.max(mtimeMs, ctimeMs) > latest ? "" : `${size} ${mtimeMs} ${ctimeMs} ${ino}`;
}

async function inBatches<Item, Result>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += atOnce)
    results.push(...(await Promise.all(items.slice(from, from + atOnce).map(ask))));
  return results;
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
