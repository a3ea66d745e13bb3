/** `a`, `a and b`, `a, b and c`; beyond `atMost` the others are counted: `a, b, c and 2 more`. */
export function joinWords(words: readonly string[], atMost: number = words.length): string {
  const shown = words.length > atMost ? [...words.slice(0, atMost), `${words.length - atMost} more`] : words;
  if (shown.length < 2) return shown.join("");
  return `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** For the middle of a sentence: `E-mail address` → `e-mail address`, but `IP address` stays. */
export function lowerFirst(text: string): string {
  return /^[A-Z][A-Z0-9]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** A piece of code in a sentence, on one line and never longer than a glance. */
export function quote(code: string): string {
  const flat = code.replace(/\s+/g, " ").replaceAll("`", "'").trim();
  return `\`${flat.length > 60 ? `${flat.slice(0, 59)}…` : flat}\``;
}

/** With the article that English wants: `China`, `the United States`. */
export function nameOfPlace(title: string): string {
  return /^(United|European|Russian|Netherlands|Philippines|Bahamas|Gambia)\b/.test(title)
    ? `the ${title}`
    : title;
}
