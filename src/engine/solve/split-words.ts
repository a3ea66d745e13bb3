/** The words of an identifier, in lower case: `userEMailAddress_2` → user, e, mail, address, 2. */
export function splitWords(identifier: string): string[] {
  const spaced = identifier
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ");
  return spaced.trim().toLowerCase().split(" ").filter(Boolean);
}

/** As far as English plurals go by rule. */
export function singular(word: string): string {
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith("sses") || word.endsWith("xes")) return word.slice(0, -2);
  return word.endsWith("s") && !word.endsWith("ss") && word.length > 3 ? word.slice(0, -1) : word;
}
