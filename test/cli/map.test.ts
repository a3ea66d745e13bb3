import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ensureBuilt } from "../support/ensure-built.ts";
import { makeFolder } from "../workspace/make-folder.ts";
import { runCli } from "./run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const leak = "export const signUp = (user: { email: string }) => console.log(user.email);\n";

test("the data map is a page, or what another program reads; findings do not make it fail", async () => {
  const root = makeFolder({ "a.ts": leak });
  const page = await runCli(["map", root]);
  expect([page.code, page.stdout.slice(0, 15)]).toEqual([0, "<!doctype html>"]);
  const json = await runCli(["map", root, "--format", "json"]);
  expect(JSON.parse(json.stdout).entries).toHaveLength(1);
  expect((await runCli(["map", root, "--format", "mermaid"])).stdout).toMatch(/^flowchart LR\n/);
});

test("it goes into a file when one is named", async () => {
  const root = makeFolder({ "a.ts": leak });
  const output = join(root, "map.csv");
  const { code, stdout, stderr } = await runCli(["map", root, "--format", "csv", "--output", output]);
  expect([code, stdout, stderr]).toEqual([0, "", `The data map is in ${output}.\n`]);
  expect(readFileSync(output, "utf8").split("\r\n")).toHaveLength(3);
});
