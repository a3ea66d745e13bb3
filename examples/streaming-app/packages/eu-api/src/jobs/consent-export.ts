import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { logger } from "@tideline/shared";
import { membersCreatedOn } from "../services/member-store.ts";

/** Where nobody sets the region, this falls back to that of the company's first account. */
const consents = new S3Client({ region: process.env.CONSENT_REGION ?? "us-east-1" });

/** The proof that members agreed to the terms, kept for six years. */
export async function exportConsents(day: string) {
  const members = await membersCreatedOn(day);
  const proofs = members.map(({ email, createdAt }) => ({ email, agreedAt: createdAt }));
  const command = new PutObjectCommand({ Bucket: "consents", Key: day, Body: JSON.stringify(proofs) });
  await consents.send(command);
  logger.info({ day, proofs: proofs.length }, "consents exported");
}
