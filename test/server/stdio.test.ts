import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { createFolder, startServer, takeMarks } from "./server-process.ts";

// The built server as an editor meets it: a process of its own, with the real engine, over the real protocol.

const customer = "interface Customer { email: string; plan: string }\n";
const untitled = "untitled:Untitled-1";

test("a half-typed, unsaved document shows the finding at its argument; the fix clears it", async () => {
  const { client } = startServer();
  await client.initialize();
  const { text, range } = takeMarks(
    `${customer}export function greet(customer: Customer) {\n  console.log("hello", «customer.email»);\n  const x = customer.\n`,
  );
  await client.open(untitled, text);
  const [finding, ...others] = await client.until(untitled, ({ version }) => version === 1);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ range, code: "pii-in-log", source: "borderline", severity: 2 });
  expect(finding?.message).toMatch(/e-mail/i);
  expect(finding?.data).toMatch(/\S/);
  expect(existsSync(new URL(finding?.codeDescription?.href ?? ""))).toBe(true);
  const fixed = await client.change(untitled, "customer.plan", range);
  expect(await client.until(untitled, ({ version }) => version === fixed)).toEqual([]);
});

test.each(["mts", "cts", "js", "mjs", "cjs", "jsx", "tsx", "ts"])(
  "a .%s file is analysed",
  async (extension) => {
    const folder = createFolder({});
    const { client } = startServer();
    await client.initialize({ folders: [folder.uri] });
    const { text, range } = takeMarks("export const f = (user) => console.log(«user.email»);\n");
    const language = extension.includes("t") ? "typescript" : "javascript";
    const uri = folder.uriOf(`a.${extension}`);
    await client.open(uri, text, extension.endsWith("x") ? `${language}react` : language);
    const [finding] = await client.until(uri, ({ diagnostics }) => diagnostics.length > 0);
    expect(finding).toMatchObject({ range, code: "pii-in-log" });
  },
);

test("a syntax error in one statement keeps the findings of the rest of the file and of other files", async () => {
  const folder = createFolder({});
  const { client } = startServer();
  await client.initialize({ folders: [folder.uri] });
  const leak = `${customer}export const f = (customer: Customer) => console.log(customer.email);\n`;
  const [a, b] = [folder.uriOf("a.ts"), folder.uriOf("b.ts")];
  await client.open(a, leak);
  await client.open(b, leak);
  await client.until(a, ({ diagnostics }) => diagnostics.length === 1);
  await client.until(b, ({ diagnostics }) => diagnostics.length === 1);
  const broken = await client.change(a, `${leak}\nexport function g( {\n  const = 3;\n`);
  expect(await client.until(a, ({ version }) => version === broken)).toHaveLength(1);
  expect(client.diagnostics(b)).toHaveLength(1);
});

test("an edit of one file updates the finding in another, whose related information leads across", async () => {
  const helper = "export function show(text: string) {\n  console.log(text);\n}\n";
  const folder = createFolder({
    "src/show.ts": helper,
    "src/use.ts": `import { show } from "./show";\n${customer}export const f = (customer: Customer) => show(customer.email);\n`,
  });
  const { client } = startServer();
  await client.initialize({ folders: [folder.uri] });
  const [show, use] = [folder.uriOf("src/show.ts"), folder.uriOf("src/use.ts")];
  await client.open(
    use,
    `import { show } from "./show";\n${customer}export const f = (customer: Customer) => show(customer.email);\n`,
  );
  const [finding] = await client.until(use, ({ diagnostics }) => diagnostics.length === 1);
  const line = finding?.range.start.line;
  expect(line).toBe(2);
  const related = finding?.relatedInformation ?? [];
  expect(related.map(({ location }) => location.uri)).toContain(show);
  expect(related.at(0)?.location.uri).toBe(use);

  await client.open(show, helper);
  await client.change(show, helper.replace("console.log(text)", "void text"));
  await client.until(use, ({ diagnostics }) => diagnostics.length === 0);
  // Closing without saving: the disk's text, which still logs, counts again.
  await client.close(show);
  await client.until(use, ({ diagnostics }) => diagnostics.length === 1);
  folder.write("src/show.ts", helper.replace("console.log(text)", "void text"));
  await client.diskChanged({ uri: show, type: 2 });
  await client.until(use, ({ diagnostics }) => diagnostics.length === 0);
});

test("the hover names the data and the hops", async () => {
  const { client } = startServer();
  await client.initialize();
  const { text, range } = takeMarks(
    `${customer}export function f(customer: Customer) {\n  console.log(«customer.email»);\n}\n`,
  );
  await client.open(untitled, text);
  await client.until(untitled, ({ diagnostics }) => diagnostics.length === 1);
  const hover = await client.hover(untitled, range.start.line, range.start.character);
  const value = (hover as { contents: { value: string } }).contents.value;
  expect(hover?.range).toEqual(range);
  expect(value).toContain("`contact.email`");
  expect(value).toMatch(/1\. .*`customer\.email`/);
  expect(value).not.toContain("command:");
});

test("a scan counts files, shows what is not open, and can be cancelled between two files", async () => {
  const safe = (index: number) => `export const s${index} = (row) => ({ id: row.id, sum: row.a + row.b });\n`;
  const text = `${Array.from({ length: 80 }, (_, index) => safe(index)).join("")}export const f = (user) => console.log(user.email);\n`;
  const names = Array.from({ length: 200 }, (_, index) => `src/f${index}.js`);
  const folder = createFolder(Object.fromEntries(names.map((name) => [name, text])));
  const { client } = startServer();
  await client.initialize({ folders: [folder.uri] });
  const stopped = client.scan(({ done }) => done > 0);
  expect(await stopped.result).toMatchObject({ cancelled: true });
  expect(stopped.progress.at(-1)?.done).toBeLessThan(200);
  expect(client.published).toEqual([]);

  const { result, progress } = client.scan();
  expect(await result).toMatchObject({
    cancelled: false,
    findings: 200,
    files: 200,
    scanned: 200,
    folders: 1,
  });
  expect(progress.at(-1)).toEqual({ done: 200, total: 200, stage: "files" });
  expect(client.diagnostics(folder.uriOf("src/f199.js"))).toHaveLength(1);
});

test("several folders are separate programs", async () => {
  const leak = `${customer}export const f = (customer: Customer) => console.log(customer.email);\n`;
  const one = createFolder({ "a.ts": leak, "borderline.jsonc": '{ "rules": { "pii-in-log": "error" } }' });
  const two = createFolder({ "a.ts": leak });
  const { client } = startServer();
  await client.initialize({ folders: [one.uri, two.uri] });
  expect(await client.scan().result).toMatchObject({ folders: 2, findings: 2 });
  expect(client.diagnostics(one.uriOf("a.ts"))?.[0]?.severity).toBe(1);
  expect(client.diagnostics(two.uriOf("a.ts"))?.[0]?.severity).toBe(2);
});

test("a mistake in the policy is shown at its place, follows unsaved edits, and the rest of the policy works", async () => {
  const policy = takeMarks(
    '{\n  // what counts\n  "rules": { "pii-in-log": «"loud"», "export": "off" },\n}\n',
  );
  const folder = createFolder({
    "borderline.jsonc": policy.text,
    "a.ts": `${customer}export const f = (customer: Customer) => console.log(customer.email);\n`,
  });
  const { client } = startServer();
  await client.initialize({ folders: [folder.uri] });
  const uri = folder.uriOf("borderline.jsonc");
  const [problem] = await client.until(uri, ({ diagnostics }) => diagnostics.length > 0);
  expect(problem).toMatchObject({ source: "borderline", code: "policy-invalid", range: policy.range });
  await client.open(uri, policy.text, "jsonc");
  await client.change(uri, policy.text.replace('"loud"', '"off"'));
  await client.until(uri, ({ diagnostics }) => diagnostics.length === 0);
  expect(await client.scan().result).toMatchObject({ findings: 0, problems: [] });
});

test.each(["stdio", "node-ipc", "cli"] as const)(
  "over %s, shutdown and exit end the process with code 0",
  async (how) => {
    const { client, exit } = startServer(how);
    const { serverInfo } = await client.initialize();
    expect(serverInfo).toEqual({ name: "Borderline", version: expect.stringMatching(/^\d+\.\d+\.\d+$/) });
    await client.connection.sendRequest("shutdown");
    await client.connection.sendNotification("exit");
    expect(await exit).toBe(0);
  },
);

test("exit without shutdown ends with code 1, as the protocol asks", async () => {
  const { client, exit } = startServer();
  await client.initialize();
  await client.connection.sendNotification("exit");
  expect(await exit).toBe(1);
});

test.each(["stdio", "node-ipc"] as const)(
  "over %s, the server ends when the connection is cut",
  async (how) => {
    const { client, child, exit } = startServer(how);
    await client.initialize();
    client.connection.dispose();
    if (how === "stdio") child.stdin?.end();
    else child.disconnect();
    expect(await exit).toBe(1);
  },
);

test("the server ends when its parent has died, though the streams are still open", async () => {
  const parent = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  const { client, exit } = startServer();
  await client.initialize({ processId: parent.pid as number });
  parent.kill("SIGKILL");
  expect(await exit).toBe(1);
});
