import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "sarif";
import { beforeAll, describe, expect, test } from "vitest";
import type { JsonReport } from "../../src/reporters/index.ts";
import { ensureBuilt } from "../support/ensure-built.ts";
import { makeFolder } from "../workspace/make-folder.ts";
import { interruptingFolder } from "./interrupting-folder.ts";
import { cli, runCli } from "./run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const leak = [
  "export interface User { id: string; email: string }",
  "export function signUp(user: User) {",
  "  console.log(user.email);",
  "}",
  "",
].join("\n");
const safe = leak.replace("user.email", "user.id");

const scanJson = async (root: string, ...args: string[]): Promise<JsonReport> =>
  JSON.parse((await runCli(["scan", root, "--format", "json", ...args])).stdout);

describe("exit codes", () => {
  test("0 without findings", async () => {
    const { code, stdout } = await runCli(["scan", makeFolder({ "a.ts": safe })]);
    expect(stdout).toMatch(/^No findings\.\nScanned 1 file with \d lines in \d+\.\d s\.\n$/);
    expect(code).toBe(0);
  });

  test("1 with a finding at or above --fail-on, 0 with one below", async () => {
    const root = makeFolder({ "a.ts": leak });
    const codes = ["warning", "information", "error", "never"].map(async (failOn) => {
      const { code } = await runCli(["scan", root, "--fail-on", failOn]);
      return [failOn, code];
    });
    expect(await Promise.all(codes)).toEqual([
      ["warning", 1],
      ["information", 1],
      ["error", 0],
      ["never", 0],
    ]);
  });

  test("0 with a finding that is suppressed, and it is counted", async () => {
    const ignored = leak.replace(
      "  console",
      "  // borderline-ignore-next-line pii-in-log -- agreed\n  console",
    );
    const { code, stdout } = await runCli(["scan", makeFolder({ "a.ts": ignored })]);
    expect(stdout).toContain("No findings. 1 finding suppressed.");
    expect(code).toBe(0);
  });
});

describe("text", () => {
  test("shows place, message and the way of the data, without colours in a pipe", async () => {
    const root = makeFolder({ "src/a.ts": leak });
    const { stdout, stderr } = await runCli(["scan"], { cwd: root });
    expect(stdout).toContain("src/a.ts\n  3:15  warning  E-mail address is ");
    expect(stdout).toContain("by `console.log`.");
    expect(stdout).toMatch(/src\/a\.ts:3:\d+ +e-mail address comes from `user\.email`/);
    expect(stdout).toMatch(/\n1 finding: 1 warning\.\nScanned 1 file with/);
    expect(stdout).not.toContain(String.fromCharCode(27));
    expect(stderr).toBe("");
  });

  test("has colours when the environment forces them, unless --no-color", async () => {
    const root = makeFolder({ "a.ts": leak });
    const env = { FORCE_COLOR: "1" };
    const colorMark = String.fromCharCode(27);
    expect((await runCli(["scan", root], { env })).stdout).toContain(colorMark);
    expect((await runCli(["scan", root, "--no-color"], { env })).stdout).not.toContain(colorMark);
    expect((await runCli(["scan", root], { env: { ...env, NO_COLOR: "1" } })).stdout).not.toContain(
      colorMark,
    );
  });

  test("--quiet leaves findings alone, and nothing when there are none", async () => {
    const { stdout } = await runCli(["scan", makeFolder({ "a.ts": leak }), "--quiet"]);
    expect(stdout).toMatch(/^a\.ts\n/);
    expect(stdout).not.toContain("Scanned");
    expect(await runCli(["scan", makeFolder({ "a.ts": safe }), "-q"])).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
  });

  test("--stats tells what was analysed", async () => {
    const { stdout } = await runCli(["scan", makeFolder({ "a.ts": leak }), "--stats"]);
    expect(stdout).toMatch(/\d functions? analysed/);
  });

  test("an empty folder is not called clean", async () => {
    const { code, stdout } = await runCli(["scan", makeFolder({ "README.md": "" })]);
    expect(stdout).toMatch(/^Nothing was scanned/);
    expect(code).toBe(0);
  });
});

describe("json and sarif", () => {
  test("go to standard output whole, and the summary to standard error", async () => {
    const { code, stdout, stderr } = await runCli(["scan", makeFolder({ "a.ts": leak }), "-f", "json"]);
    const report: JsonReport = JSON.parse(stdout);
    expect(report.findings).toMatchObject([
      { rule: "pii-in-log", location: { file: "a.ts", start: { line: 3, column: 15 } } },
    ]);
    expect(stderr).toMatch(/^1 finding: 1 warning\.\n/);
    expect(code).toBe(1);
  });

  test("go to a file with --output, whose folder is made, and it is said where", async () => {
    const root = makeFolder({ "a.ts": leak });
    const { code, stdout, stderr } = await runCli(["scan", "-f", "sarif", "-o", "out/deep/r.sarif"], {
      cwd: root,
    });
    const log: Log = JSON.parse(readFileSync(join(root, "out/deep/r.sarif"), "utf8"));
    expect(log.runs[0]?.results?.map(({ ruleId }) => ruleId)).toEqual(["pii-in-log"]);
    expect(stdout).toBe("");
    expect(stderr).toContain("The report is in out/deep/r.sarif.");
    expect(code).toBe(1);
  });

  test("are the same bytes in every run", async () => {
    const root = makeFolder({ "a.ts": leak, "b/c.ts": leak, "b/d.ts": safe });
    const runs = await Promise.all([1, 2].map(() => runCli(["scan", root, "-f", "sarif"])));
    expect(runs[0]?.stdout).toBe(runs[1]?.stdout);
    expect(runs[0]?.stdout).toContain("b/c.ts");
  });

  test("a report that cannot be written is an error, not a success", async () => {
    const root = makeFolder({ "a.ts": safe, folder: "" });
    const { code, stderr } = await runCli(["scan", root, "-o", join(root, "folder/report.txt")]);
    expect(stderr).toContain("the report cannot be written to");
    expect(code).toBe(2);
  });
});

test("--min-confidence leaves out what is less sure, and says how many", async () => {
  const weak = "export function f(user: any, logger: any) {\n  logger.info(user.email);\n}\n";
  const root = makeFolder({ "a.ts": weak });
  const all = await scanJson(root, "--min-confidence", "low");
  const sure = await scanJson(root, "--min-confidence", "high");
  expect(all.findings).toHaveLength(1);
  expect(sure.findings).toHaveLength(0);
  expect(sure.summary.hiddenForLowConfidence).toBe(1);
});

describe("what could not be read", () => {
  test("is a named problem, is not fatal, and nothing is called clean", async () => {
    const root = makeFolder({ "gone.ts": "-> nowhere.ts", "a.ts": safe });
    const { code, stdout } = await runCli(["scan", root]);
    expect(stdout).toContain("gone.ts  The file could not be read: it does not exist");
    expect(stdout).toContain("No findings in what could be analysed, which is not everything.");
    expect(stdout).toContain("Not seen: 1 file or folder could not be read.");
    expect(code).toBe(0);
  });

  test("broken code is named with its place, and the rest of the file is analysed", async () => {
    const root = makeFolder({ "a.ts": `${leak}const x = ;\n` });
    const { code, stdout } = await runCli(["scan", root]);
    expect(stdout).toMatch(/\n {2}a\.ts:5:\d+ {2}/);
    expect(stdout).toContain("1 finding: 1 warning.");
    expect(stdout).toContain("Not seen: a part of 1 file");
    expect(code).toBe(1);
  });

  test("a file that is too large to analyse is counted with the reason", async () => {
    const root = makeFolder({ "big.ts": `${safe}\n`.repeat(15_000), "a.ts": safe });
    const { stdout } = await runCli(["scan", root]);
    expect(stdout).toContain("1 file skipped (too large)");
    expect(stdout).not.toMatch(/^No findings\./m);
  });
});

describe("the policy", () => {
  test("with mistakes stops the scan: each is told by file, line and column, with a hint", async () => {
    const policy = '{\n  "rulez": {},\n  "rules": { "pii-in-lgo": "error" },\n  "presets": "no"\n}';
    const { code, stdout, stderr } = await runCli([
      "scan",
      makeFolder({ "a.ts": leak, "borderline.jsonc": policy }),
    ]);
    expect(stderr).toContain("the policy has mistakes, so nothing was scanned");
    expect(stderr).toMatch(/^borderline\.jsonc:2:3 {2}.*rulez.*\n {2}.*"rules"/m);
    expect(stderr).toMatch(/^borderline\.jsonc:3:\d+ {2}.*pii-in-lgo.*\n {2}.*pii-in-log/m);
    expect(stderr).toMatch(/^borderline\.jsonc:4:\d+ {2}/m);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("that is not JSON stops it too", async () => {
    const { code, stderr } = await runCli([
      "scan",
      makeFolder({ "a.ts": leak, "borderline.jsonc": "{\n  rules\n" }),
    ]);
    expect(stderr).toMatch(/^borderline\.jsonc:2:3 {2}/m);
    expect(code).toBe(2);
  });

  test("weighs and excludes as it says", async () => {
    const root = makeFolder({
      "borderline.jsonc": '// ours\n{ "rules": { "pii-in-log": "error" }, "exclude": ["old/**"], }',
      "a.ts": leak,
      "old/b.ts": leak,
    });
    const { findings } = await scanJson(root);
    expect(findings.map(({ severity, location }) => [severity, location.file])).toEqual([["error", "a.ts"]]);
  });
});

describe("wrong arguments exit with 2 and say what is right", () => {
  test.each([
    [["scan", "no/such/folder"], /there is no folder no\/such\/folder\. Give the path/],
    [["scan", "--format", "xml"], /Allowed choices are text, json, sarif/],
    [["scan", "--fail-on", "high"], /Allowed choices are error, warning, information, never/],
    [["scan", "--min-confidence", "0.5"], /Allowed choices are low, medium, high/],
    [["scan", "a", "b"], /too many arguments/],
    [["scan", "--outptu", "x"], /--output/],
    [["skan"], /scan/],
    [[], /Usage: borderline/],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await runCli(args, { cwd: makeFolder({ "a.ts": safe }) });
    expect(stderr).toMatch(message);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });

  test("a file instead of a folder", async () => {
    const { code, stderr } = await runCli(["scan", join(makeFolder({ "a.ts": safe }), "a.ts")]);
    expect(stderr).toContain("is a file. Give the path of the folder that it is in.");
    expect(code).toBe(2);
  });
});

test("help has examples and the exit codes", async () => {
  for (const args of [["--help"], ["scan", "--help"]]) {
    const { code, stdout } = await runCli(args);
    expect(stdout).toContain("$ borderline scan --format sarif --output");
    expect(stdout).toContain("Exit codes of scan:");
    expect(code).toBe(0);
  }
});

test("the version is the package's, and costs no engine", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  // Neither the catalog nor the parser lies beside this copy: whoever needs them would fail.
  const alone = makeFolder({ "cli.cjs": readFileSync(cli) });
  const { code, stdout } = await runCli(["--version"], { cli: join(alone, "cli.cjs") });
  expect(stdout).toBe(`${version}\n`);
  expect(code).toBe(0);
});

test("a reader that closes the pipe early gets no stack trace, and the exit code is the scan's", async () => {
  const many = leak.repeat(2_000).replace(/signUp|User\b/g, (name, at: number) => `${name}${at}`);
  const child = spawn(process.execPath, [cli, "scan", makeFolder({ "a.ts": many }), "-f", "json"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(stderr).not.toMatch(/EPIPE|Error|at /);
  expect(code).toBe(1);
});

test("an interrupt ends the scan with 130, a clear line, and no report", async () => {
  const { root, env } = interruptingFolder(leak);
  expect(await runCli(["scan", root, "-o", join(root, "report.txt")], { env })).toEqual({
    code: 130,
    stdout: "",
    stderr: "borderline: interrupted before the scan was done; nothing is reported.\n",
  });
  expect(existsSync(join(root, "report.txt"))).toBe(false);
});
