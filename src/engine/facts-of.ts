import type { FileId } from "./base/location.ts";
import { extractFile, type FileFacts } from "./extract/index.ts";
import { parseFile } from "./parse/index.ts";

/** The facts of one text: plain data, which may come from another thread. The same text, the same facts. */
export function factsOf(file: FileId, text: string): FileFacts {
  return extractFile(parseFile(file, text));
}
