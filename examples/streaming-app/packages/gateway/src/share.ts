import { logger, opsConsole } from "@tideline/shared";
import { enterIntoRegister } from "./register.ts";
import type { SharedCase } from "./shared-case.ts";

const maxNoteLength = 400;

/**
 * Hands a case about a member in the United States to the office in Beijing. The only approved way: the transfer is
 * entered into the register before anything is sent.
 */
export async function share(sharedCase: SharedCase): Promise<string> {
  if (sharedCase.note.length > maxNoteLength) {
    throw new RangeError(`a note has at most ${maxNoteLength} characters`);
  }
  const transferId = await enterIntoRegister(sharedCase.purpose, sharedCase.ticketId);
  await opsConsole.post("/cases", { transferId, ...sharedCase });
  logger.info({ transferId, purpose: sharedCase.purpose }, "case shared");
  return transferId;
}
