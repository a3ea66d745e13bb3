import { logger, type User } from "@tideline/shared";
import { Router } from "express";
import { findUser, historyOf } from "../services/user-store.ts";

export const playbackRoutes = Router();

const screens: Record<User["plan"], number> = { trial: 1, basic: 1, family: 4, premium: 4 };

function requireFreeScreen(user: User, watching: number) {
  if (watching >= screens[user.plan]) {
    throw new Error(`${user.email} already watches on ${watching} screens`);
  }
}

playbackRoutes.post("/:userId/start", async (req, res) => {
  const user = await findUser(req.params.userId);
  if (!user) {
    res.sendStatus(404);
    return;
  }
  try {
    requireFreeScreen(user, Number(req.body.watching));
  } catch (error) {
    logger.error({ err: error, plan: user.plan }, "playback refused");
    res.sendStatus(409);
    return;
  }
  logger.info({ userId: user.id, titleId: req.body.titleId }, "playback started");
  res.json({ token: req.body.titleId });
});

playbackRoutes.get("/:userId/continue", async (req, res) => {
  const history = await historyOf(req.params.userId);
  const open = history.entries.filter((entry) => !entry.finished);
  logger.debug({ entries: history.entries.length, open: open.length }, "continue watching");
  res.json(open.slice(0, 20));
});
