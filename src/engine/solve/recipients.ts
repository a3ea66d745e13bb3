import type { Port } from "./api-node.ts";
import type { Atom } from "./atom.ts";
import { valueOfPort } from "./model-ports.ts";
import { empty, type Held, type Shape, store } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** Whoever a message is written to gets it, wherever the service stands that carries it. */
export function withRecipients(
  evaluation: Evaluation,
  site: CallSite,
  client: Shape,
  ports: readonly Port[],
): Shape {
  const atoms = new Map<string, Held>();
  for (const port of ports)
    for (const held of allIn(valueOfPort(evaluation, site, port)))
      if (mayBeAddress(held.atom)) atoms.set(held.atom.key, held);
  if (atoms.size === 0) return client;
  const recipients = { atoms, fields: undefined };
  const passed = client.fields?.get("@@client");
  return passed
    ? store(client, "@@client", store(passed, recipientField, recipients))
    : store(client.fields ? client : empty, recipientField, recipients);
}

function mayBeAddress(atom: Atom): boolean {
  return atom.kind === "sym" || (atom.kind === "constant" && atom.value.includes("@"));
}

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
