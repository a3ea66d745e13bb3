import type { Port } from "./api-node.ts";
import type { Atom } from "./atom.ts";
import { valueOfPort } from "./model-ports.ts";
import { allIn, recipientField } from "./recipient-domains.ts";
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
