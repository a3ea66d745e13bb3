import { readFile } from "node:fs/promises";

/** The text of a file, without a byte order mark. UTF-8, or UTF-16 when its mark says so. Rejects when it cannot be read. */
export async function readText(path: string, signal?: AbortSignal): Promise<string> {
  const bytes = await readFile(path, signal === undefined ? {} : { signal });
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8";
  return new TextDecoder(encoding).decode(bytes);
}
