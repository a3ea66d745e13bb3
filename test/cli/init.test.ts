import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ensureBuilt } from "../support/ensure-built.ts";
import { makeFolder } from "../workspace/make-folder.ts";
import { runCli } from "./run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const clients = [
  'import { S3Client } from "@aws-sdk/client-s3";',
  'export const near = new S3Client({ region: "eu-central-1" });',
  'export const far = new S3Client({ region: "ap-southeast-1" });',
  "",
].join("\n");

test("a policy is written, and the next step said; a second time it takes --force", async () => {
  const root = makeFolder({ "a.ts": clients });
  const path = join(root, "borderline.jsonc");
  const { code, stdout } = await runCli(["init", root]);
  expect([code, stdout]).toEqual([
    0,
    [
      "Wrote borderline.jsonc: 2 clients in 2 jurisdictions, 0 of unknown place.",
      'Next: fill in "residency" there, and say which "transfers" are allowed; then run borderline scan.',
      "",
    ].join("\n"),
  ]);
  const written = readFileSync(path, "utf8");
  writeFileSync(path, "{ mistaken");
  const second = await runCli(["init", root]);
  expect(second.code).toBe(2);
  expect(second.stderr).toContain("there is a borderline.jsonc already. Give --force");
  expect(readFileSync(path, "utf8")).toBe("{ mistaken");
  expect((await runCli(["init", root, "--force"])).code).toBe(0);
  expect(readFileSync(path, "utf8")).toBe(written);
});

test("a scan without a policy says once that clients stand on both sides of a border", async () => {
  const { stdout } = await runCli(["scan", makeFolder({ "a.ts": clients })]);
  expect(stdout).toContain(
    "Clients of this workspace stand in Germany and Singapore, and no policy says whose data may go where.\n",
  );
  expect(stdout.split("no policy says")).toHaveLength(2);
});
