import { beforeAll, expect, test } from "vitest";
import type { JsonReport } from "../../src/reporters/index.ts";
import { ensureBuilt } from "../support/ensure-built.ts";
import { makeFolder } from "../workspace/make-folder.ts";
import { interruptingFolder } from "./interrupting-folder.ts";
import { runCli } from "./run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const leak = [
  "export interface User { id: string; email: string }",
  "function tell(text: string) {",
  "  console.log(text);",
  "}",
  "export function signUp(user: User) {",
  "  tell(user.email);",
  "}",
  "",
].join("\n");
/** Nothing is found here, and one call is not seen through. */
const gap = [
  'import { send } from "some-package";',
  "export const hand = (user: { email: string }) => send(user.email);",
  "",
].join("\n");
const place = "What each function contributes\n";
const told =
  "  tell  a.ts:2:1\n    `text` is printed to standard output or standard error by `console.log`\n";

async function idIn(root: string): Promise<string> {
  const report: JsonReport = JSON.parse((await runCli(["scan", root, "--format", "json"])).stdout);
  return report.findings[0]?.id ?? "";
}

test("a finding is explained hop by hop, with the lines and the functions on its way", async () => {
  const root = makeFolder({ "a.ts": leak });
  const id = await idIn(root);
  const { code, stdout, stderr } = await runCli(["explain", id.slice(0, 8), root]);
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(`a.ts:6:8  pii-in-log, warning, high confidence, id ${id}\n`);
  expect(stdout).toContain("  2. passed to `tell` as `text`\n     a.ts:6:8\n       tell(user.email);\n");
  expect(stdout).toContain(
    `${place}  signUp  a.ts:5:8\n    \`user.email\` is printed to standard output or standard error by \`console.log\`\n${told}`,
  );
});

test("a function is explained by its name, here or in a folder that is named", async () => {
  const root = makeFolder({ "a.ts": leak });
  const expected = { code: 0, stdout: `${place}${told}`, stderr: "" };
  expect(await runCli(["explain", "--function", "tell"], { cwd: root })).toEqual(expected);
  expect(await runCli(["explain", "--function", "tell", root])).toEqual(expected);
});

test("what is not there cannot be explained, and the message says where ids are", async () => {
  const root = makeFolder({ "a.ts": leak });
  expect(await runCli(["explain", "0000", root])).toEqual({
    code: 2,
    stdout: "",
    stderr:
      "borderline: there is no finding 0000. Ids stand behind each finding of borderline scan; findings of low confidence have one too.\n",
  });
  expect(await runCli(["explain", "--function", "nobody"], { cwd: root })).toMatchObject({
    code: 2,
    stdout: "",
  });
  expect(await runCli(["explain"], { cwd: root })).toMatchObject({ code: 2, stdout: "" });
});

test("an interrupt ends explain as it ends scan", async () => {
  const { root, env } = interruptingFolder(leak);
  expect(await runCli(["explain", "--function", "tell"], { cwd: root, env })).toEqual({
    code: 130,
    stdout: "",
    stderr: "borderline: interrupted before the scan was done; nothing is reported.\n",
  });
});

test("--trace-function adds to the report what functions of that name contribute", async () => {
  const root = makeFolder({ "a.ts": leak });
  const { code, stdout } = await runCli(["scan", root, "--trace-function", "tell"]);
  expect(code).toBe(1);
  expect(stdout.endsWith(`\n${place}${told}`)).toBe(true);
});

test("beside a report for programs, what functions contribute goes to standard error", async () => {
  const root = makeFolder({ "a.ts": leak });
  const { stdout, stderr } = await runCli(["scan", root, "--format", "json", "--trace-function", "tell"]);
  expect(JSON.parse(stdout).findings).toHaveLength(1);
  expect(stderr).toContain(`${place}${told}`);
});

test("--gaps lists the packages that get personal data and that no model knows", async () => {
  const { code, stdout } = await runCli(["scan", makeFolder({ "b.ts": gap }), "--gaps"]);
  expect(code).toBe(0);
  expect(stdout).toContain(
    "some-package  gets data from 1 place in 1 call: contact.email\n    send  b.ts:2:50\n",
  );
});

test("--strict ends with 4 where something was not seen, and with 0 where all was", async () => {
  const notSeen = await runCli(["scan", makeFolder({ "b.ts": gap }), "--strict"]);
  expect(notSeen.code).toBe(4);
  expect(notSeen.stderr).toContain("not everything was seen, so --strict does not call it clean.");
  const seen = await runCli([
    "scan",
    makeFolder({ "a.ts": leak.replace("user.email", "user.id") }),
    "--strict",
  ]);
  expect(seen.code).toBe(0);
});
