import type { Held, Shape } from "./shape.ts";

/** What stands anywhere in a value, as deep as lists of objects with an address are. */
export function* allIn({ atoms, fields }: Shape, depth = 0): Generator<Held> {
  yield* atoms.values();
  if (depth > 2) return;
  for (const [key, field] of fields ?? []) if (!key.startsWith("@@")) yield* allIn(field, depth + 1);
}

/** The hidden field of a client that holds to whom a call sends. */
export const recipientField = "@@recipient";

/** The domains of all mail addresses in a text: `Ops <ops@example.com>, it@example.org`. */
export function domainsIn(text: string): string[] {
  return [...text.matchAll(/@([\w-]+(?:\.[\w-]+)+)/g)].map(([, domain]) => (domain as string).toLowerCase());
}
