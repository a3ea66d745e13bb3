import { logger, maskEmail, toReference } from "@tideline/shared";
import { Router } from "express";
import { sendWelcome } from "../services/mailer.ts";
import { createUser, findUser } from "../services/user-store.ts";

export const accountRoutes = Router();

accountRoutes.post("/", async (req, res) => {
  const user = await createUser({ ...req.body, plan: "trial" });
  logger.info({ user }, "member signed up");
  await sendWelcome(user);
  res.status(201).json(user);
});

accountRoutes.get("/:id", async (req, res) => {
  const user = await findUser(req.params.id);
  if (!user) {
    logger.warn({ userId: req.params.id }, "no such member");
    res.sendStatus(404);
    return;
  }
  logger.info({ userId: user.id, plan: user.plan, verified: user.emailVerified }, "account opened");
  res.json(user);
});

accountRoutes.post("/:id/verification", async (req, res) => {
  const user = await findUser(req.params.id);
  if (!user) {
    res.sendStatus(404);
    return;
  }
  logger.info(`verification sent to ${user.email}`);
  logger.info({ member: toReference(user.email), to: maskEmail(user.email) }, "verification sent");
  res.sendStatus(202);
});
