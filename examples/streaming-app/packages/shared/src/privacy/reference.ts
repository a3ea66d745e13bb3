import { createHmac } from "node:crypto";

const pepper = process.env.REFERENCE_PEPPER ?? "";

/**
 * A stable reference to a member for log lines, so that two lines about one member can be matched. It cannot be turned
 * back without the pepper, which only the privacy team holds.
 */
export function toReference(email: string): string {
  return createHmac("sha256", pepper).update(email.toLowerCase()).digest("hex").slice(0, 16);
}
