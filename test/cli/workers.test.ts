import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { usefulWorkers } from "../../src/cli/useful-workers.ts";
import { ensureBuilt } from "../support/ensure-built.ts";
import { fixtures, workspaceOf } from "../support/fixture-workspace.ts";
import { makeFolder } from "../workspace/make-folder.ts";
import { cli, runCli } from "./run-cli.ts";

beforeAll(ensureBuilt, 180_000);

/** Every tenth fixture, in one workspace. */
function folderOfFixtures(): string {
  const { texts, configs } = workspaceOf(fixtures.flatMap((_, index) => (index % 10 === 0 ? [index] : [])));
  const policy = readFileSync("test/fixtures/flow/borderline.jsonc");
  return makeFolder({ ...Object.fromEntries([...texts, ...configs]), "borderline.jsonc": policy });
}

const scan = (root: string, ...args: string[]) =>
  runCli(["scan", root, "--format", "json", "--quiet", "--no-cache", "--min-confidence", "low", ...args]);

test("one, two and four workers give the same report, byte for byte", async () => {
  const root = folderOfFixtures();
  const outputs = ["1", "2", "4"].map((workers) => scan(root, "--workers", workers));
  const [one = "", two, four] = (await Promise.all(outputs)).map(({ stdout }) => stdout);
  expect(JSON.parse(one).findings.length).toBeGreaterThan(20);
  expect(two).toBe(one);
  expect(four).toBe(one);
});

test("workers that stop are reported, and the findings are the same", async () => {
  const tool = mkdtempSync(join(tmpdir(), "borderline-tool-"));
  onTestFinished(() => rmSync(tool, { recursive: true }));
  cpSync(dirname(cli), tool, { recursive: true });
  writeFileSync(join(tool, "extract-worker.cjs"), "process.exit(1);");
  const root = makeFolder({
    "a.ts": "export function f(user: { email: string }) { console.log(user.email); }",
  });
  const args = ["scan", root, "--format", "json", "--no-cache", "--workers", "2"];
  const [broken, whole] = await Promise.all([runCli(args, { cli: join(tool, "cli.cjs") }), runCli(args)]);
  expect(broken.stderr).toContain("A worker thread stopped at this file");
  expect(JSON.parse(broken.stdout).findings).toEqual(JSON.parse(whole.stdout).findings);
  expect(broken.code).toBe(1);
});

test.each(["0", "-1", "two", "1.5", "65"])("--workers %s is refused", async (workers) => {
  const { code, stderr } = await runCli(["scan", ".", "--workers", workers]);
  expect(stderr).toContain("Give a number from 1 to 64.");
  expect(code).toBe(2);
});

test("few files or few cores need no workers", () => {
  expect(usefulWorkers(2, 100_000)).toBe(1);
  expect(usefulWorkers(16, 300)).toBe(1);
  expect(usefulWorkers(4, 2_000)).toBe(3);
  expect(usefulWorkers(64, 100_000)).toBe(8);
});
