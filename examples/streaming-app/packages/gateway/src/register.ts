import { randomUUID } from "node:crypto";
import { usInternal } from "@tideline/shared";
import type { Purpose } from "./shared-case.ts";

/** Writes the transfer down and answers its number. The register keeps the ticket's id, never the member's data. */
export async function enterIntoRegister(purpose: Purpose, ticketId: string): Promise<string> {
  const transferId = randomUUID();
  await usInternal.post("/transfer-register", {
    transferId,
    purpose,
    ticketId,
    at: new Date().toISOString(),
  });
  return transferId;
}
