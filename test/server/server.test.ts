import { expect, onTestFinished, test } from "vitest";
import { connectInProcess } from "./connect-in-process.ts";
import { createFakeWorld } from "./fake-deps.ts";
import type { ClientOptions, LspClient } from "./lsp-client.ts";

// The server's own behaviour, with an engine and a disk that the tests decide: order of events, races, cancelling.

const app = "file:///app";
const folders = [app];

async function connect(
  world: ReturnType<typeof createFakeWorld>,
  options: ClientOptions,
): Promise<LspClient> {
  const client = connectInProcess(world.deps);
  onTestFinished(() => client.connection.sendRequest("shutdown"));
  await client.initialize(options);
  return client;
}

const isVersion = (version: number) => (params: { version?: number }) => params.version === version;

test("an open document shows its findings, with range, rule page, hops and the finding's id", async () => {
  const world = createFakeWorld();
  world.disk.set("/app/origin.ts", "data");
  world.disk.set("/app/a.ts", "");
  const client = await connect(world, { folders });
  await client.open(`${app}/a.ts`, "\n  leak(email);");
  const diagnostics = await client.until(`${app}/a.ts`, (params) =>
    JSON.stringify(params).includes("origin.ts"),
  );
  const range = { start: { line: 1, character: 7 }, end: { line: 1, character: 12 } };
  expect(diagnostics).toEqual([
    {
      range,
      severity: 2,
      source: "borderline",
      code: "pii-in-log",
      codeDescription: { href: "https://docs.example/pii-in-log" },
      message: "E-mail address is written to a log by `leak`.",
      relatedInformation: [
        {
          location: {
            uri: `${app}/origin.ts`,
            range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } },
          },
          message: "`email` is read",
        },
        { location: { uri: `${app}/a.ts`, range }, message: "reaches `leak`" },
      ],
      data: "a.ts:email",
    },
  ]);
});

test("an edit of a part of the text moves the finding, and removing its cause clears it", async () => {
  const world = createFakeWorld();
  const client = await connect(world, {});
  await client.open("untitled:Untitled-1", "leak(email)");
  await client.until("untitled:Untitled-1", (params) => params.diagnostics.length === 1);
  const at = { line: 0, character: 0 };
  const second = await client.change("untitled:Untitled-1", "const x = 1;\n", { start: at, end: at });
  const [moved] = await client.until("untitled:Untitled-1", isVersion(second));
  expect(moved?.range.start).toEqual({ line: 1, character: 5 });
  const third = await client.change("untitled:Untitled-1", "keep(email)");
  expect(await client.until("untitled:Untitled-1", isVersion(third))).toEqual([]);
});

test("untitled documents are analysed under a name that their language gives", async () => {
  const world = createFakeWorld();
  const client = await connect(world, {});
  await client.open("untitled:Untitled-1", "a", "typescript");
  await client.open("untitled:Untitled-2", "b", "javascriptreact");
  await client.open("untitled:Untitled-3", "c", "python");
  await client.open("file:///elsewhere/single.mts", "d");
  await client.until("file:///elsewhere/single.mts", isVersion(1));
  expect(new Set(world.taken.map(({ file }) => file))).toEqual(
    new Set(["untitled-1.ts", "untitled-2.jsx", "folder-1/single.mts"]),
  );
});

test("a change abandons the run that is under way, and only the newest text is reported", async () => {
  const world = createFakeWorld();
  for (let i = 0; i < 40; i++) world.disk.set(`/app/f${i}.ts`, "");
  world.fileCost = 20;
  const client = await connect(world, { folders });
  await client.open(`${app}/f0.ts`, "leak(one)");
  for (const name of ["two", "three", "four"]) {
    await new Promise((resolve) => setTimeout(resolve, 150));
    await client.change(`${app}/f0.ts`, `leak(${name})`);
  }
  await client.until(`${app}/f0.ts`, isVersion(4));
  const versions = client.published.filter(({ uri }) => uri === `${app}/f0.ts`).map(({ version }) => version);
  expect(world.runs.begun).toBeGreaterThan(world.runs.ended);
  expect(versions).not.toContain(3);
});

test("messages are answered while an analysis runs", async () => {
  const world = createFakeWorld();
  for (let i = 0; i < 100; i++) world.disk.set(`/app/f${i}.ts`, "");
  world.fileCost = 14;
  const client = await connect(world, { folders });
  const scan = client.scan();
  await client.untilTrue(
    () => scan.progress.length > 2,
    () => "progress",
  );
  await client.hover(`${app}/f0.ts`, 0, 0);
  // An analysis that does not let go of the event loop would have ended before the answer.
  expect(world.runs.begun).toBeGreaterThan(world.runs.ended);
  scan.source.cancel();
  await scan.result;
});

test("files that are not open show their findings only after a scan, and stay fresh then", async () => {
  const world = createFakeWorld();
  world.disk.set("/app/a.ts", "leak(a)");
  world.disk.set("/app/b.ts", "leak(b)");
  const client = await connect(world, { folders });
  await client.open(`${app}/a.ts`, "leak(a)");
  await client.until(`${app}/a.ts`, (params) => params.diagnostics.length === 1);
  expect(client.diagnostics(`${app}/b.ts`)).toBeUndefined();

  const { result, progress } = client.scan();
  expect(await result).toEqual({
    findings: 2,
    files: 2,
    scanned: 2,
    folders: 1,
    problems: [],
    cancelled: false,
  });
  expect(progress.at(-1)).toEqual({ done: 2, total: 2, stage: "files" });
  expect(client.diagnostics(`${app}/b.ts`)).toHaveLength(1);

  world.disk.set("/app/b.ts", "leak(b); leak(c)");
  await client.diskChanged({ uri: `${app}/b.ts`, type: 2 });
  await client.until(`${app}/b.ts`, (params) => params.diagnostics.length === 2);
  world.disk.delete("/app/b.ts");
  await client.diskChanged({ uri: `${app}/b.ts`, type: 3 });
  await client.until(`${app}/b.ts`, (params) => params.diagnostics.length === 0);
  world.disk.set("/app/new.ts", "leak(x)");
  await client.diskChanged({ uri: `${app}/new.ts`, type: 1 });
  await client.until(`${app}/new.ts`, (params) => params.diagnostics.length === 1);
});

test("a scan that is cancelled ends at once and shows nothing new", async () => {
  const world = createFakeWorld();
  for (let i = 0; i < 200; i++) world.disk.set(`/app/f${i}.ts`, "leak(x)");
  world.fileCost = 10;
  const client = await connect(world, { folders });
  const { result, progress } = client.scan(({ done }) => done >= 5);
  expect(await result).toMatchObject({ cancelled: true, findings: 0 });
  expect(progress.at(-1)?.done).toBeLessThan(100);
  expect(progress.at(-1)?.total).toBe(200);
  expect(client.published).toEqual([]);
});

test("closing a document goes back to the text on the disk", async () => {
  const world = createFakeWorld();
  world.disk.set("/app/a.ts", "leak(saved)");
  const client = await connect(world, { folders });
  await client.scan().result;
  await client.open(`${app}/a.ts`, "nothing");
  await client.until(`${app}/a.ts`, (params) => params.version === 1 && params.diagnostics.length === 0);
  await client.close(`${app}/a.ts`);
  const [saved] = await client.until(`${app}/a.ts`, (params) => params.diagnostics.length === 1);
  expect(saved?.data).toBe("a.ts:saved");
});

test("a change on the disk does not touch a document that is open", async () => {
  const world = createFakeWorld();
  world.disk.set("/app/a.ts", "");
  const client = await connect(world, { folders });
  await client.open(`${app}/a.ts`, "leak(buffer)");
  await client.until(`${app}/a.ts`, (params) => params.diagnostics.length === 1);
  world.disk.set("/app/a.ts", "leak(disk)");
  await client.diskChanged({ uri: `${app}/a.ts`, type: 2 });
  await client.scan().result;
  expect(client.diagnostics(`${app}/a.ts`)?.map(({ data }) => data)).toEqual(["a.ts:buffer"]);
});

test("a new document that is not on the disk yet belongs to its folder", async () => {
  const world = createFakeWorld();
  world.disk.set("/app/a.ts", "");
  const client = await connect(world, { folders });
  await client.scan().result;
  await client.open(`${app}/fresh.ts`, "leak(x)");
  await client.until(`${app}/fresh.ts`, (params) => params.diagnostics.length === 1);
});

test("the settings decide what is shown, also when they change", async () => {
  const world = createFakeWorld();
  const client = await connect(world, { settings: { minimumConfidence: "low" } });
  await client.open("untitled:Untitled-1", "leak(maybe); leak(sure); leak(approved)");
  const ids = (list: readonly { data?: unknown }[] | undefined) => list?.map(({ data }) => data);
  const shown = await client.until("untitled:Untitled-1", (params) => params.diagnostics.length > 0);
  expect(ids(shown)).toEqual(["untitled-1.ts:maybe", "untitled-1.ts:sure"]);

  client.settings = {};
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await client.until("untitled:Untitled-1", (params) => params.diagnostics.length === 1);
  client.settings = { enable: false };
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await client.until("untitled:Untitled-1", (params) => params.diagnostics.length === 0);
  client.settings = { enable: true };
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await client.until("untitled:Untitled-1", (params) => params.diagnostics.length === 1);
});

test("what nothing calls yet is shown in open documents alone", async () => {
  const world = createFakeWorld();
  world.disk.set("/app/closed.ts", "leak(unused); leak(sure)");
  world.disk.set("/app/open.ts", "");
  const client = await connect(world, { folders });
  await client.open(`${app}/open.ts`, "leak(unused)");
  await client.until(`${app}/open.ts`, (params) => params.diagnostics.length === 1);
  await client.scan().result;
  const closed = await client.until(`${app}/closed.ts`, (params) => params.diagnostics.length > 0);
  expect(closed?.map(({ data }) => data)).toEqual(["closed.ts:sure"]);
});

test("problems of the policy stand in the policy file, whether or not it is open", async () => {
  const world = createFakeWorld();
  world.disk.set("/app/a.ts", "");
  world.problems.push({
    code: "policy-invalid",
    message: "There is no rule `pii-in-logs`.",
    hint: "Did you mean `pii-in-log`?",
    file: "borderline.jsonc",
    range: { start: { line: 2, character: 4 }, end: { line: 2, character: 17 } },
  });
  const client = await connect(world, { folders });
  const [problem] = await client.until(`${app}/borderline.jsonc`, (params) => params.diagnostics.length > 0);
  expect(problem).toEqual({
    range: { start: { line: 2, character: 4 }, end: { line: 2, character: 17 } },
    severity: 2,
    source: "borderline",
    code: "policy-invalid",
    message: "There is no rule `pii-in-logs`. Did you mean `pii-in-log`?",
  });
  world.problems.pop();
  await client.diskChanged({ uri: `${app}/borderline.jsonc`, type: 2 });
  await client.until(`${app}/borderline.jsonc`, (params) => params.diagnostics.length === 0);
});

test("each folder has its findings, the inner one answers for what is in both, and a closed folder is cleared", async () => {
  const world = createFakeWorld();
  world.disk.set("/app/a.ts", "leak(a)");
  world.disk.set("/app/inner/b.ts", "leak(b)");
  const inner = `${app}/inner`;
  const client = await connect(world, { folders: [app, inner] });
  expect(await client.scan().result).toMatchObject({ folders: 2, cancelled: false });
  expect(client.published.map(({ uri }) => uri).sort()).toEqual([`${app}/a.ts`, `${inner}/b.ts`]);
  expect(client.diagnostics(`${inner}/b.ts`)?.map(({ data }) => data)).toEqual(["b.ts:b"]);

  await client.connection.sendNotification("workspace/didChangeWorkspaceFolders", {
    event: { added: [], removed: [{ uri: inner, name: "inner" }] },
  });
  await client.until(`${inner}/b.ts`, (params) => params.diagnostics[0]?.data === "inner/b.ts:b");
});

test("a policy to start from is written for a folder of the workspace, and for no other", async () => {
  const world = createFakeWorld();
  world.disk.set("/app/a.ts", "leak(a)");
  const client = await connect(world, { folders });
  expect((await client.createPolicy(app)).text).toContain('"residency": {');
  await expect(client.createPolicy("file:///elsewhere")).rejects.toThrow("The search for clients failed.");
  expect(client.logged.join("\n")).toContain("file:///elsewhere is no folder of the workspace");
});

test("with no folder open, a scan says so", async () => {
  const client = await connect(createFakeWorld(), {});
  expect(await client.scan().result).toMatchObject({ folders: 0, findings: 0, cancelled: false });
});

test("an analysis that throws is logged; the server goes on, and the scan that waits is told", async () => {
  const world = createFakeWorld();
  world.disk.set("/app/a.ts", "");
  const client = await connect(world, { folders });
  await client.scan().result;
  world.failure = new Error("a bug in the engine");
  await expect(client.scan().result).rejects.toThrow("The scan failed. The output channel says why.");
  expect(client.logged.join("\n")).toContain("a bug in the engine");
  expect(await client.scan().result).toMatchObject({ cancelled: false, scanned: 1 });
});

test("the hover tells the path in sentences, with links, and only where the finding is", async () => {
  const world = createFakeWorld();
  world.disk.set("/app/origin.ts", "data");
  world.disk.set("/app/a.ts", "");
  const client = await connect(world, { folders });
  await client.open(`${app}/a.ts`, "leak(email);");
  await client.until(`${app}/a.ts`, (params) => JSON.stringify(params).includes("origin.ts"));
  const hover = await client.hover(`${app}/a.ts`, 0, 6);
  expect(hover?.range).toEqual({ start: { line: 0, character: 5 }, end: { line: 0, character: 10 } });
  expect(hover?.contents).toEqual({
    kind: "markdown",
    value: [
      "**Borderline** [`pii-in-log`](https://docs.example/pii-in-log): E-mail address is written to a log by `leak`.",
      "Personal data:",
      "- E-mail address (`contact.email`), high confidence: `email` is named so",
      "How it gets here (E-mail address):",
      `1. \`email\` is read ([origin.ts:1](${app}/origin.ts#L1,1))\n2. reaches \`leak\` ([a.ts:1](${app}/a.ts#L1,6))`,
    ].join("\n\n"),
  });
  expect(await client.hover(`${app}/a.ts`, 0, 1)).toBeNull();
  expect(await client.hover(`${app}/a.ts`, 0, 11)).toBeNull();
});

test("the first analysis of a folder is shown as progress, and files are watched", async () => {
  const world = createFakeWorld();
  for (let i = 0; i < 20; i++) world.disk.set(`/app/f${i}.ts`, "");
  world.fileCost = 5;
  const client = await connect(world, { folders, progress: true });
  // Editors tell their settings once more when they are asked to tell of changes: no reason to begin again.
  await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await client.untilTrue(
    () => client.workDone.some(({ kind }) => kind === "end"),
    () => "the end of the progress",
  );
  expect(client.workDone.filter(({ kind }) => kind === "begin")).toMatchObject([{ title: "Borderline" }]);
  expect(client.workDone.some(({ message }) => /^\d+ of 20 files$/.test(message ?? ""))).toBe(true);
  expect(client.registered).toContain("workspace/didChangeWatchedFiles");
});
