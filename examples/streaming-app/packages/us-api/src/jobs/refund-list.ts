import { writeFileSync } from "node:fs";
import { logger, type Refund } from "@tideline/shared";

/** The bank takes refunds as a file, one a line, on a disk that only the payment service mounts. */
export function writeRefundFile(refunds: Refund[], file: string) {
  const lines = refunds.map((refund) => `${refund.iban};${refund.amountCents};${refund.currency}`);
  // borderline-ignore-next-line pii-in-export -- the bank's own format, contract 2025-88 (until 2027-12-31)
  writeFileSync(file, lines.join("\n"), { mode: 0o600 });
  logger.info({ file, refunds: refunds.length }, "refunds handed to the bank");
}
