import { logger } from "@tideline/shared";
import express from "express";
import { accountRoutes } from "./routes/account.ts";
import { playbackRoutes } from "./routes/playback.ts";
import { supportRoutes } from "./routes/support.ts";

const port = Number(process.env.PORT ?? 8080);
const app = express();

app.use(express.json({ limit: "64kb" }));
app.use((req, _res, next) => {
  logger.debug({ method: req.method, path: req.path }, "request");
  next();
});

app.use("/account", accountRoutes);
app.use("/playback", playbackRoutes);
app.use("/support", supportRoutes);

app.get("/health", (_req, res) => {
  res.send("ok");
});

app.listen(port, () => {
  logger.info({ port }, "us-api is listening");
});
