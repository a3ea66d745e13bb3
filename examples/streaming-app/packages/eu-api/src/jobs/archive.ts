import { PutObjectCommand } from "@aws-sdk/client-s3";
import { archiveEurope, archiveUnitedStates, logger, type User } from "@tideline/shared";
import { membersCreatedOn } from "../services/member-store.ts";

const Bucket = "tideline-archive";

function archiveCommand(day: string, members: User[]) {
  return new PutObjectCommand({
    Bucket,
    Key: `members/${day}.json`,
    Body: JSON.stringify(members),
    ContentType: "application/json",
  });
}

/** Runs every night at two. */
export async function archiveNewMembers(day: string) {
  const members = await membersCreatedOn(day);
  await archiveUnitedStates.send(archiveCommand(day, members));
  logger.info({ day, members: members.length }, "new members archived");
}

/** Runs on the first of a month, over the days that the nightly job missed. */
export async function archiveMissedDays(days: string[]) {
  for (const day of days) {
    const members = await membersCreatedOn(day);
    await archiveEurope.send(archiveCommand(day, members));
  }
  logger.info({ days: days.length }, "missed days archived");
}
