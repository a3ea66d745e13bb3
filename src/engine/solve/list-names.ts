import { splitWords } from "./split-words.ts";

/** Names of lists. Any plural may be one. */
const listWords = new Set(["list", "array", "queue", "stack", "page", "batch", "history", "data", "result"]);

export function isListName(name: string): boolean {
  const last = splitWords(name).at(-1) ?? "";
  return listWords.has(last) || (/[^s]s$/.test(last) && last !== "address");
}
