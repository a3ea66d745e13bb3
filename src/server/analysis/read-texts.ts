import type { FileId } from "../../engine/index.ts";

/** A file's text, or why there is none: `gone`, or the words of the operating system. */
export type TextOrReason =
  | { readonly text: string; readonly reason?: undefined }
  | { readonly text?: undefined; readonly reason: string };

/** More at once do not go faster, and could run out of file handles. */
const readsAtOnce = 32;

/** Reads many files. Never rejects. Files not reached before `isCancelled` says yes are left out of the answer. */
export async function readTexts(
  files: readonly FileId[],
  readText: (file: FileId) => Promise<string>,
  isCancelled: () => boolean,
): Promise<Map<FileId, TextOrReason>> {
  const texts = new Map<FileId, TextOrReason>();
  const queue = files.values();
  const readOnes = async (): Promise<void> => {
    for (const file of queue) {
      if (isCancelled()) return;
      texts.set(file, await readText(file).then((text) => ({ text }), reasonOf));
    }
  };
  await Promise.all(Array.from({ length: readsAtOnce }, readOnes));
  return texts;
}

function reasonOf(error: unknown): TextOrReason {
  const code = (error as { code?: unknown } | undefined)?.code;
  return { reason: code === "ENOENT" ? "gone" : error instanceof Error ? error.message : String(error) };
}
