/** The words of an identifier, in lower case: `userEMailAddress_2` → user, e, mail, address, 2. */
export function splitWords(identifier: string): string[] {
  const spaced = identifier
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ");
  return spaced.trim().toLowerCase().split(" ").filter(Boolean);
}
