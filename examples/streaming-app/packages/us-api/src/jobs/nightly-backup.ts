import { PutObjectCommand } from "@aws-sdk/client-s3";
import { archiveUnitedStates, logger } from "@tideline/shared";
import { listUsers } from "../services/user-store.ts";

const Bucket = "tideline-us-backup";

/** Members in the US, to a bucket in the US. */
export async function backUpMembers(day: string) {
  let stored = 0;
  for (let page = 0; ; page += 1) {
    const users = await listUsers(page);
    if (users.length === 0) break;
    await archiveUnitedStates.send(
      new PutObjectCommand({ Bucket, Key: `${day}/members-${page}.json`, Body: JSON.stringify(users) }),
    );
    stored += users.length;
  }
  logger.info({ day, stored }, "members backed up");
}
