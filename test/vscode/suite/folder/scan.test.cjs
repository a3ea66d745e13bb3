// Scanning one folder: files that are not open, and cancelling.
const assert = require("node:assert/strict");
const { mkdirSync, rmSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { closeAllEditors, diagnosticsOf, fileUri, openFile, waitFor } = require("../window.cjs");

describe("Borderline: Scan Workspace", () => {
  afterEach(closeAllEditors);

  it("shows findings of open files only, until a scan was asked for", async () => {
    writeFileSync(fileUri("src/closed.ts").fsPath, "export const f = (user) => console.log(user.email);\n");
    await openFile("src/sign-up.ts");
    await waitFor(() => diagnosticsOf(fileUri("src/sign-up.ts")).length === 1, "the squiggle");
    assert.deepEqual(diagnosticsOf(fileUri("src/closed.ts")), []);
  });

  it("ends within a moment when it is cancelled", async () => {
    const folder = fileUri("src/many").fsPath;
    mkdirSync(folder);
    const body = "export const NAME = (rows) => rows.map((row) => ({ id: row.id, total: row.a + row.b }));\n";
    const text = Array.from({ length: 100 }, (_, index) => body.replace("NAME", `f${index}`)).join("");
    for (let index = 0; index < 1500; index++) writeFileSync(path.join(folder, `m${index}.js`), text);
    const scan = vscode.commands.executeCommand("borderline.scanWorkspace");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const before = Date.now();
    // The button of the progress notification.
    await vscode.commands.executeCommand("notification.acceptPrimaryAction");
    const result = await scan;
    rmSync(folder, { recursive: true });
    assert.equal(result.cancelled, true);
    assert.ok(Date.now() - before < 3000, "it went on for more than three seconds");
    assert.deepEqual(diagnosticsOf(fileUri("src/closed.ts")), []);
  });

  it("shows the findings of files that are not open, and keeps them fresh", async () => {
    const result = await vscode.commands.executeCommand("borderline.scanWorkspace");
    assert.equal(result.cancelled, false);
    assert.equal(result.findings, 2);
    assert.equal(result.files, 2);
    const closed = fileUri("src/closed.ts");
    await waitFor(() => diagnosticsOf(closed).length === 1, "the finding of a file that is not open");
    const [finding] = diagnosticsOf(closed);
    assert.deepEqual(finding?.range, new vscode.Range(0, 39, 0, 49));

    writeFileSync(closed.fsPath, "export const f = (user) => console.log(user.plan);\n");
    await waitFor(() => diagnosticsOf(closed).length === 0, "the finding to go after a change on the disk");
  });

  it("shows a mistake in the policy where it stands", async () => {
    const policy = fileUri("borderline.jsonc");
    writeFileSync(policy.fsPath, '{\n  "rules": { "pii-in-log": "loud" }\n}\n');
    const [problem] = await waitFor(() => {
      const found = diagnosticsOf(policy);
      return found.length > 0 ? found : undefined;
    }, "the policy's problem");
    assert.deepEqual(problem?.range, new vscode.Range(1, 27, 1, 33));
    writeFileSync(policy.fsPath, '{\n  "rules": { "pii-in-log": "off" }\n}\n');
    await waitFor(() => diagnosticsOf(policy).length === 0, "the policy's problem to go");
    await waitFor(() => diagnosticsOf(fileUri("src/sign-up.ts")).length === 0, "the policy to be heeded");
    rmSync(policy.fsPath);
    await waitFor(() => diagnosticsOf(fileUri("src/sign-up.ts")).length === 1, "the default policy");
  });
});
