import * as Sentry from "@sentry/node";
import { logger } from "@tideline/shared";
import express, { type NextFunction, type Request, type Response } from "express";
import { accountRoutes } from "./routes/account.ts";
import { privacyRoutes } from "./routes/privacy.ts";

Sentry.init({ dsn: process.env.SENTRY_DSN, sendDefaultPii: false });

const port = Number(process.env.PORT ?? 8080);
const app = express();

app.use(express.json({ limit: "64kb" }));

app.use((req: Request, res: Response, next: NextFunction) => {
  const log = logger.child({ path: req.path, from: req.ip });
  res.locals.log = log;
  log.debug("request");
  next();
});

app.use("/account", accountRoutes);
app.use("/privacy", privacyRoutes);

app.listen(port, () => {
  logger.info({ port }, "eu-api is listening");
});
