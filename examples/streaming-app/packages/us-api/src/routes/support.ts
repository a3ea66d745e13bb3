import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { logger, maskEmail, maskPhone, type User } from "@tideline/shared";
import { stringify } from "csv-stringify/sync";
import { Router } from "express";
import { listUsers } from "../services/user-store.ts";

export const supportRoutes = Router();

const exportFolder = process.env.EXPORT_FOLDER ?? "/var/lib/tideline/exports";

function toRow(user: User) {
  return { id: user.id, email: user.email, phone: user.phoneNumber, plan: user.plan };
}

function toMaskedRow(user: User) {
  return {
    id: user.id,
    email: maskEmail(user.email),
    phone: maskPhone(user.phoneNumber),
    plan: user.plan,
  };
}

/** What the support desk asked for in spring: everything in one sheet. */
supportRoutes.post("/exports", async (req, res) => {
  const users = await listUsers(Number(req.query.page ?? 0));
  const csv = stringify(users.map(toRow), { header: true });
  const file = join(exportFolder, `members-${Date.now()}.csv`);
  await writeFile(file, csv);
  logger.info({ file, rows: users.length }, "members exported");
  res.status(201).json({ file });
});

/** What it uses since: addresses that it recognises but cannot write to. */
supportRoutes.post("/exports/masked", async (req, res) => {
  const users = await listUsers(Number(req.query.page ?? 0));
  const csv = stringify(users.map(toMaskedRow), { header: true });
  const file = join(exportFolder, `members-masked-${Date.now()}.csv`);
  await writeFile(file, csv);
  logger.info({ file, rows: users.length }, "members exported");
  res.status(201).json({ file });
});
