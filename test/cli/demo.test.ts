import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Log } from "sarif";
import { beforeAll, expect, test } from "vitest";
import { ensureBuilt } from "../support/ensure-built.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

beforeAll(ensureBuilt, 180_000);

test("the demo finds all three rules in the example, exits with 0, and leaves the SARIF file that it names", async () => {
  rmSync(`${root}out/streaming-app.sarif`, { force: true });
  // Rejects when the exit code is not 0.
  const { stdout } = await promisify(execFile)(process.execPath, ["scripts/demo.mjs"], { cwd: root });
  expect(stdout).toContain("out/streaming-app.sarif");
  const log: Log = JSON.parse(readFileSync(`${root}out/streaming-app.sarif`, "utf8"));
  const rules = new Set(log.runs[0]?.results?.map(({ ruleId }) => ruleId));
  expect([...rules].sort()).toEqual(["pii-cross-region", "pii-in-export", "pii-in-log"]);
  for (const rule of rules) expect(stdout).toContain(`${rule}, `);
});
