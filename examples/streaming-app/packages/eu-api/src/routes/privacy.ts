import { logger } from "@tideline/shared";
import { Router } from "express";
import Papa from "papaparse";
import { findMember, historyOf } from "../services/member-store.ts";

export const privacyRoutes = Router();

/** Article 15: members get everything that we hold about them, as they ask for it. */
privacyRoutes.get("/:id/data", async (req, res) => {
  const member = await findMember(req.params.id);
  if (!member) {
    res.sendStatus(404);
    return;
  }
  const history = await historyOf(member.id);
  logger.info({ memberId: member.id, entries: history.entries.length }, "data requested");
  res.json({ member, history });
});

/** Article 20: the viewing history alone, in a format that other services read. */
privacyRoutes.get("/:id/history.csv", async (req, res) => {
  const history = await historyOf(req.params.id);
  const csv = Papa.unparse(history.entries.map(({ titleId, at }) => ({ titleId, at })));
  res.attachment("history.csv").send(csv);
});
