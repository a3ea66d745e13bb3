import pino from "pino";

/** The service's own logger. Lines go to the central log store, which operators of all offices can read. */
export const logger = pino({
  level: process.env.LOG_LEVEL ?? "info",
  base: { service: process.env.SERVICE_NAME ?? "tideline" },
  redact: ["req.headers.authorization", "req.headers.cookie"],
});
