#!/usr/bin/env node
import { logger } from "@tideline/shared";
import { copyHistory } from "./commands/copy-history.ts";
import { copyPosters } from "./commands/copy-posters.ts";
import { sendDailyDigest } from "./commands/daily-digest.ts";
import { escalate, escalateOfficially } from "./commands/escalate.ts";

const commands: Record<string, (argument: string) => Promise<unknown>> = {
  "copy-history": copyHistory,
  "copy-posters": copyPosters,
  digest: sendDailyDigest,
  escalate,
  "escalate-officially": escalateOfficially,
};

const [name = "", argument = ""] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`Unknown command "${name}". One of: ${Object.keys(commands).join(", ")}`);
  process.exit(2);
}

command(argument).catch((error) => {
  logger.error({ command: name }, "command failed");
  console.error(error instanceof Error ? error.message : "failed");
  process.exit(1);
});
