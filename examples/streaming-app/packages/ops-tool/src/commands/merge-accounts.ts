import { logger, usInternal } from "@tideline/shared";
import { euMemberById } from "../services/eu-members.ts";

/** Makes one account of two, when a member of the EU side has moved: the new one is made in Virginia. */
export async function mergeAccounts(euId: string, usId: string) {
  const member = await euMemberById(euId);
  await usInternal.post(`/users/${usId}/merge`, { contact: member.email });
  logger.info({ euId, usId }, "accounts merged");
}
