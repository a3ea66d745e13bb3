import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { emptyPolicy, factsOf } from "../../src/engine/index.ts";
import { extractInWorkers } from "../../src/workspace/index.ts";
import { ensureBuilt } from "../support/ensure-built.ts";
import { bytesOf, finish, newSession } from "../support/fixture-workspace.ts";
import { makeFolder } from "./make-folder.ts";

beforeAll(ensureBuilt, 180_000);

const entry = join(import.meta.dirname, "../../dist/extract-worker.cjs");
const leak =
  "interface User { email: string }\nexport function signUp(user: User) { console.log(user.email); }\n";
const texts = new Map(Array.from({ length: 12 }, (_, index) => [`f${index}.ts`, leak]));

function sessionOf(files: ReadonlyMap<string, string>) {
  const session = newSession(emptyPolicy);
  session.setWorkspace([...files.keys()], new Map());
  for (const [file, text] of files) session.setText(file, text);
  return session;
}

/** A worker's program: what it does on each message, with `parentPort` at hand. */
function program(onMessage: string): string {
  const code = `import { parentPort } from "node:worker_threads";\nparentPort.on("message", ({ file, text }) => {\n${onMessage}\n});\n`;
  return join(makeFolder({ "worker.mjs": code }), "worker.mjs");
}

const alone = () => bytesOf(finish(sessionOf(texts).run()));

test("facts from workers say what facts from this thread say, and leave nothing to parse", async () => {
  const session = sessionOf(texts);
  const progress: string[] = [];
  const onProgress = (done: number, total: number) => progress.push(`${done}/${total}`);
  expect(await extractInWorkers(session, { workers: 3, entry, onProgress })).toEqual([]);
  expect(session.staleTexts()).toEqual([]);
  expect(progress).toHaveLength(12);
  expect(progress.at(-1)).toBe("12/12");
  expect(bytesOf(finish(session.run()))).toBe(alone());
});

test.each([
  ["ends", "process.exit(3);", "it ended with code 3"],
  ["throws", 'throw new Error("out of luck");', "out of luck"],
  ["sends what cannot be sent", "parentPort.postMessage(() => {});", "it failed"],
])("a worker that %s is reported, and its file is parsed here", async (_how, act, why) => {
  const session = sessionOf(texts);
  const problems = await extractInWorkers(session, { workers: 1, entry: program(act) });
  expect(problems).toMatchObject([{ code: "worker-stopped", file: "f0.ts" }]);
  expect(problems[0]?.message).toContain(why);
  expect(session.staleTexts()).toHaveLength(12);
  expect(bytesOf(finish(session.run()))).toBe(alone());
});

test("when one worker dies, the others take what is left", async () => {
  const session = sessionOf(texts);
  const facts = JSON.stringify(factsOf("f.ts", leak));
  const dying = program(`if (file === "f1.ts") process.exit(1);\nparentPort.postMessage(${facts});`);
  const problems = await extractInWorkers(session, { workers: 2, entry: dying });
  expect(problems.map(({ file }) => file)).toEqual(["f1.ts"]);
  expect(session.staleTexts().map(({ file }) => file)).toEqual(["f1.ts"]);
});

test("a program that is not there leaves everything to this thread", async () => {
  const session = sessionOf(texts);
  const problems = await extractInWorkers(session, { workers: 2, entry: "/nowhere/worker.cjs" });
  expect(problems.map(({ code }) => code)).toEqual(["worker-stopped", "worker-stopped"]);
  expect(bytesOf(finish(session.run()))).toBe(alone());
});

test("an abort ends workers that never answer", async () => {
  const abort = new AbortController();
  const waiting = extractInWorkers(sessionOf(texts), {
    workers: 2,
    entry: program(""),
    signal: abort.signal,
  });
  setTimeout(() => abort.abort(), 50);
  await expect(waiting).rejects.toThrow("aborted");
});

test("facts of a text that has changed meanwhile are not taken", () => {
  const session = sessionOf(new Map([["a.ts", leak]]));
  const [stale] = session.staleTexts();
  session.setText("a.ts", "export {};\n");
  if (stale) session.setFacts(stale, factsOf("a.ts", leak));
  expect(finish(session.run()).findings).toEqual([]);
});
