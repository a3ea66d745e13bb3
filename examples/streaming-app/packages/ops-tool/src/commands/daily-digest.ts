import { WebClient } from "@slack/web-api";
import type { SupportTicket } from "@tideline/shared";
import { openTickets } from "../services/us-data.ts";

const slack = new WebClient(process.env.SLACK_TOKEN);

function oldestFirst(tickets: SupportTicket[]) {
  return [...tickets].sort((a, b) => a.openedAt.localeCompare(b.openedAt));
}

/** Posts the open tickets to a channel: `#ops` sees how many there are, `#ops-leads` sees whose they are. */
export async function sendDailyDigest(channel: string) {
  const tickets = await openTickets();
  if (channel !== "ops-leads") {
    await slack.chat.postMessage({ channel, text: `${tickets.length} tickets are open.` });
    return;
  }
  const lines = oldestFirst(tickets).map(({ id, author }) => `${id}: ${author.fullName} <${author.email}>`);
  await slack.chat.postMessage({ channel, text: lines.join("\n") });
}
