import { logger, type Plan, type User } from "@tideline/shared";
import { Workbook } from "exceljs";
import { listUsers } from "../services/user-store.ts";

/** How many members each plan has, for the quarterly meeting. */
export async function writePlanReport(file: string) {
  const counts = new Map<Plan, number>();
  for (const user of await listUsers(0)) {
    counts.set(user.plan, (counts.get(user.plan) ?? 0) + 1);
  }
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet("Plans");
  sheet.addRow(["Plan", "Members"]);
  for (const [plan, count] of counts) {
    sheet.addRow([plan, count]);
  }
  await workbook.xlsx.writeFile(file);
  logger.info({ file, plans: counts.size }, "plan report written");
}

/** Members whose trial ends this week, for the call centre. */
export async function writeTrialList(file: string, endsThisWeek: (user: User) => boolean) {
  const users = (await listUsers(0)).filter(endsThisWeek);
  const workbook = new Workbook();
  const sheet = workbook.addWorksheet("Trials");
  sheet.addRow(["Name", "Phone"]);
  for (const user of users) {
    sheet.addRow([user.fullName, user.phoneNumber]);
  }
  await workbook.xlsx.writeFile(file);
  logger.info({ file, rows: users.length }, "trial list written");
}
