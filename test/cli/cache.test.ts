import {
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ensureBuilt } from "../support/ensure-built.ts";
import { makeFolder } from "../workspace/make-folder.ts";
import { type CliResult, runCli } from "./run-cli.ts";

beforeAll(ensureBuilt, 180_000);

const leak = "export function f(user: { email: string }) { console.log(user.email); }\n";
const safe = leak.replace("user.email", "user.id");

function workspace() {
  const root = makeFolder({ "src/a.ts": leak, "src/b.ts": safe, "package.json": "{}" });
  const cache = makeFolder({});
  const scan = (...args: string[]): Promise<CliResult> =>
    runCli(["scan", root, "--format", "json", "--cache-dir", cache, "--timing", ...args]);
  return { root, cache, scan };
}

/** Whether a scan answered without analysing anything. */
const wasKept = ({ stderr }: CliResult) => !/^ +solve/m.test(stderr);

const put = (root: string, file: string, text: string) => writeFileSync(join(root, file), text);

test("a second scan of what did not change says the same, byte for byte, and analyses nothing", async () => {
  const { scan } = workspace();
  const first = await scan();
  const second = await scan();
  expect([wasKept(first), wasKept(second)]).toEqual([false, true]);
  expect(second.stdout).toBe(first.stdout);
  expect(second.code).toBe(1);
  const text = await scan("--format", "text", "--min-confidence", "low");
  expect(wasKept(text)).toBe(true);
  expect(text.stdout).toContain("1:58");
});

test.each<[string, (root: string) => void]>([
  ["a text, in place", (root) => put(root, "src/b.ts", leak)],
  ["a text of the same length at the same time", changeUnseen],
  ["a new file", (root) => put(root, "src/c.ts", leak)],
  ["a removed file", (root) => rmSync(join(root, "src/b.ts"))],
  ["a file that got another name", (root) => renameSync(join(root, "src/a.ts"), join(root, "src/c.ts"))],
  [
    "a policy where there was none",
    (root) => put(root, "borderline.jsonc", '{ "rules": { "pii-in-log": "error" } }'),
  ],
  ["a manifest", (root) => put(root, "package.json", '{ "name": "n" }')],
])("%s is seen", async (_, change) => {
  const { root, scan } = workspace();
  await scan();
  await scan();
  change(root);
  const after = await scan();
  expect(wasKept(after)).toBe(false);
  expect(after.stdout).toBe((await scan("--no-cache")).stdout);
  const again = await scan();
  expect(wasKept(again)).toBe(true);
  expect(again.stdout).toBe(after.stdout);
});

/** As some tools do, which set the time back after they have written. */
function changeUnseen(root: string): void {
  put(root, "src/a.ts", leak.replace("user.email", "user.emaiL"));
  utimesSync(join(root, "src/a.ts"), 1, 1);
}

test("a file that was only touched changes nothing", async () => {
  const { root, scan } = workspace();
  await scan();
  put(root, "src/a.ts", leak);
  expect(wasKept(await scan())).toBe(true);
});

test("damaged files are ignored, and made anew", async () => {
  const { cache, scan } = workspace();
  const first = await scan();
  const names = readdirSync(cache);
  expect(names.map((name) => name.split(".").at(-1)).sort()).toEqual(["facts", "result"]);
  for (const name of names) writeFileSync(join(cache, name), readFileSync(join(cache, name)).subarray(40));
  const second = await scan();
  expect(wasKept(second)).toBe(false);
  expect(second.stdout).toBe(first.stdout);
  expect(wasKept(await scan())).toBe(true);
});

test("processes at once give the same, and leave a cache that is whole", async () => {
  const { scan } = workspace();
  const results = await Promise.all([scan(), scan(), scan()]);
  expect(new Set(results.map(({ stdout }) => stdout)).size).toBe(1);
  const after = await scan();
  expect(wasKept(after)).toBe(true);
  expect(after.stdout).toBe(results[0]?.stdout);
});

test("the cache stands with the project's packages, where there are any; --no-cache leaves nothing", async () => {
  const root = makeFolder({ "a.ts": leak, "node_modules/p/package.json": "{}" });
  const folder = join(root, "node_modules/.cache/borderline");
  await runCli(["scan", root, "--no-cache"]);
  expect(existsSync(folder)).toBe(false);
  await runCli(["scan", root]);
  expect(readdirSync(folder).length).toBe(2);
});

test("a cache within what is scanned is no part of it", async () => {
  const root = makeFolder({ "a.ts": leak });
  const scan = () => runCli(["scan", root, "--cache-dir", join(root, "kept"), "--timing"]);
  await scan();
  expect(wasKept(await scan())).toBe(true);
});

test("--timing tells every room; --profile writes what the processor did", async () => {
  const { root, scan } = workspace();
  const { stderr } = await scan("--profile", join(root, "out/scan.cpuprofile"));
  for (const room of ["discover", "read", "parse", "link", "solve", "report"])
    expect(stderr).toMatch(new RegExp(`^  ${room} +\\d+ +\\d+$`, "m"));
  const profile = JSON.parse(readFileSync(join(root, "out/scan.cpuprofile"), "utf8"));
  expect(profile.nodes.length).toBeGreaterThan(10);
});
