import * as Sentry from "@sentry/node";
import { logger } from "@tideline/shared";
import { Router } from "express";
import { trackUpgrade } from "../services/analytics.ts";
import { changeEmail, findMember } from "../services/member-store.ts";

export const accountRoutes = Router();

accountRoutes.put("/:id/email", async (req, res) => {
  const member = await findMember(req.params.id);
  if (!member) {
    res.sendStatus(404);
    return;
  }
  Sentry.setUser({ id: member.id, email: member.email });
  await changeEmail(member, req.body.email);
  logger.info({ memberId: member.id }, "address changed");
  res.sendStatus(204);
});

accountRoutes.post("/:id/upgrade", async (req, res) => {
  const member = await findMember(req.params.id);
  if (!member) {
    res.sendStatus(404);
    return;
  }
  Sentry.setUser({ id: member.id });
  await trackUpgrade(member);
  logger.info({ memberId: member.id, plan: member.plan }, "upgraded");
  res.json({ plan: member.plan });
});
