import { logger } from "@tideline/shared";
import { mirror } from "../services/mirror.ts";
import { historyOf, userById } from "../services/us-data.ts";

/** Puts a member's account and viewing history next to the operators, because the console is slow from here. */
export async function copyHistory(userId: string) {
  const user = await userById(userId);
  const watchHistory = await historyOf(userId);
  const bundle = { email: user.email, born: user.dateOfBirth, watched: watchHistory.entries };
  await mirror(`debug/${user.id}.json`, JSON.stringify(bundle));
  logger.info({ userId, entries: watchHistory.entries.length }, "history copied");
}
