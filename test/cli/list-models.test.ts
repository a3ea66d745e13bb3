import { beforeAll, expect, test } from "vitest";
import { bundleCatalog } from "../../scripts/bundle-catalog.mjs";
import { ensureBuilt } from "../support/ensure-built.ts";
import { runCli } from "./run-cli.ts";

beforeAll(ensureBuilt, 180_000);

test("what is built in is counted by kind, from the catalog itself", async () => {
  const { code, stdout, stderr } = await runCli(["models", "list"]);
  expect([code, stderr]).toEqual([0, ""]);
  const models = Object.entries(bundleCatalog("src/catalog")).filter(([path]) =>
    path.startsWith("libraries/"),
  );
  const packages = models.filter(([, model]) => "library" in (model as object)).length;
  expect(stdout).toMatch(new RegExp(`^Models\\n  packages +${packages}\\n`));
  expect(stdout).toMatch(/^ {2}export\.csv +\d+$/m);
  expect(stdout).toMatch(/^Data types\n {2}account +\d+$/m);
});

test("one model is shown row by row, also under another name of its package", async () => {
  const { code, stdout, stderr } = await runCli(["models", "list", "--library", "bcryptjs"]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("bcrypt, also bcryptjs\n");
  expect(stdout).toContain("  sanitizer   Member[hash,hashSync].ReturnValue  all data at all sinks\n");
  const pino = await runCli(["models", "list", "--library", "pino"]);
  expect(pino.stdout).toMatch(/^ {2}sink {8}Logger Member\[[^\]]*info[^\]]*\]\.Argument\[0\.\.\] {2}log$/m);
});

test("a package that no model knows is no empty answer", async () => {
  expect(await runCli(["models", "list", "--library", "no-such-package"])).toEqual({
    code: 2,
    stdout: "",
    stderr:
      "borderline: no model knows no-such-package. Write one: docs/models.md says how, with examples.\n",
  });
});
