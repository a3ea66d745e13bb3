import type { SupportTicket } from "@tideline/shared";
import OpenAI from "openai";

const openai = new OpenAI({ maxRetries: 2 });
const instructions = "Summarise the ticket in one sentence for the support desk. Do not invent anything.";

export async function summariseTicket(ticket: SupportTicket): Promise<string> {
  const answer = await openai.chat.completions.create({
    model: "gpt-4o-mini",
    messages: [
      { role: "system", content: instructions },
      { role: "user", content: `${ticket.author.fullName} writes: ${ticket.subject}\n\n${ticket.body}` },
    ],
  });
  return answer.choices[0]?.message.content ?? "";
}

/** The kind of a ticket, from its subject alone. */
export async function classifyTicket(ticket: SupportTicket): Promise<string> {
  const answer = await openai.chat.completions.create({
    model: "gpt-4o-mini",
    messages: [
      { role: "system", content: "Answer with one word: billing, playback, account or other." },
      { role: "user", content: ticket.subject },
    ],
  });
  return answer.choices[0]?.message.content?.trim() ?? "other";
}
