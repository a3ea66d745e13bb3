import { join } from "node:path";
import type { Session } from "../engine/index.ts";
import type { InputLog } from "./cache/input-log.ts";
import { describeIoError } from "./describe-io-error.ts";
import { readText } from "./read-text.ts";

/** Files read at the same time. More gains nothing on a local disk, and fewer wait too long on a remote one. */
const readsAtOnce = 16;

export interface FillOptions {
  readonly signal?: AbortSignal;
  /** Gets the texts that were read. */
  readonly log?: InputLog;
  /** Called after each file. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Gives a session the texts that it misses. A file that cannot be read becomes a problem in the report, not an error.
 * Texts are handed over in the session's own order. Rejects on abort only.
 */
export async function fillSession(session: Session, root: string, options: FillOptions = {}): Promise<void> {
  const { signal, onProgress, log } = options;
  const missing = session.missingTexts();
  for (let from = 0; from < missing.length; from += readsAtOnce) {
    signal?.throwIfAborted();
    const batch = missing.slice(from, from + readsAtOnce);
    const texts = await Promise.allSettled(batch.map((file) => readText(join(root, file), signal)));
    signal?.throwIfAborted();
    batch.forEach((file, index) => {
      const text = texts[index] as PromiseSettledResult<string>;
      if (text.status === "fulfilled") {
        session.setText(file, text.value);
        log?.set(file, text.value);
      } else session.setUnreadable(file, describeIoError(text.reason));
      onProgress?.(from + index + 1, missing.length);
    });
  }
}
