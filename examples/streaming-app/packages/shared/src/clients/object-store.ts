import { S3Client } from "@aws-sdk/client-s3";

const US_REGION = "us-east-1";
const EU_REGION = "eu-west-1";

/** Archives of members in the United States. */
export const archiveUnitedStates = new S3Client({ region: US_REGION, maxAttempts: 5 });

/** Archives of members in the European Union. */
export const archiveEurope = new S3Client({ region: EU_REGION, maxAttempts: 5 });

/** Posters, trailers and subtitles for the office in Beijing. Nothing about members belongs here. */
export const mirrorBeijing = new S3Client({
  region: "cn-north-1",
  endpoint: "https://s3.cn-north-1.amazonaws.com.cn",
  maxAttempts: 8,
});
