import { share } from "@tideline/gateway";
import { logger, opsConsole } from "@tideline/shared";
import { ticketById } from "../services/us-data.ts";

/** Opens a case on the operators' console. Written before there was a gateway, and still the default. */
export async function escalate(ticketId: string) {
  const ticket = await ticketById(ticketId);
  await opsConsole.post("/cases", {
    ticketId: ticket.id,
    contact: ticket.author.email,
    note: "Playback fails after the update.",
  });
  logger.info({ ticketId: ticket.id }, "case opened");
}

/** Opens the case through the official channel. */
export async function escalateOfficially(ticketId: string) {
  const ticket = await ticketById(ticketId);
  const transferId = await share({
    purpose: "playback-failure",
    ticketId: ticket.id,
    contact: ticket.author.email,
    note: "Playback fails after the update.",
  });
  logger.info({ ticketId: ticket.id, transferId }, "case opened officially");
}
