// What holds in every window: one folder, several, none, trusted or not.
const assert = require("node:assert/strict");
const { execFileSync } = require("node:child_process");
const vscode = require("vscode");
const { takeMarks } = require("../marked-text.cjs");
const { closeAllEditors, diagnosticsOf, openUnsaved, replaceText, waitFor } = require("../window.cjs");

const customer = "interface Customer { email: string; plan: string }\n";

describe("the extension", () => {
  afterEach(closeAllEditors);

  it("activates when TypeScript is opened, and its server runs", async () => {
    await openUnsaved("typescript", "export {};");
    const extension = vscode.extensions.getExtension("borderline.borderline");
    assert.ok(extension, "the extension is not installed");
    await waitFor(() => extension.isActive && extension.exports.isRunning(), "the language server");
  });

  it("offers its commands", async () => {
    const commands = await vscode.commands.getCommands(true);
    for (const name of ["scanWorkspace", "createPolicy", "restartServer", "showOutput"]) {
      assert.ok(commands.includes(`borderline.${name}`), name);
    }
  });

  it("puts a squiggle under the argument in an unsaved, half-typed buffer, and clears it when fixed", async () => {
    const { text, range } = takeMarks(
      `${customer}export function greet(customer: Customer) {\n  console.log("hello", «customer.email»);\n  const x = customer.\n`,
    );
    const editor = await openUnsaved("typescript", text);
    const { uri } = editor.document;
    const [finding, ...others] = await waitFor(() => nonEmpty(diagnosticsOf(uri)), "the squiggle");
    assert.deepEqual(others, []);
    assert.deepEqual(finding?.range, range);
    assert.equal(codeOf(finding), "pii-in-log");
    assert.equal(finding?.severity, vscode.DiagnosticSeverity.Warning);
    assert.ok((finding?.relatedInformation ?? []).length > 0, "no related information");

    await replaceText(editor, text.replace("customer.email", "customer.plan"));
    await waitFor(() => diagnosticsOf(uri).length === 0, "the squiggle to go");
  });

  it("analyses unsaved JavaScript and JSX too", async () => {
    for (const language of ["javascript", "javascriptreact", "typescriptreact"]) {
      const { text, range } = takeMarks("export const f = (user) => console.log(«user.email»);\n");
      const { document } = await openUnsaved(language, text);
      const [finding] = await waitFor(() => nonEmpty(diagnosticsOf(document.uri)), `${language} squiggle`);
      assert.deepEqual(finding?.range, range);
    }
  });

  it("keeps the squiggle when a syntax error stands elsewhere in the file", async () => {
    const { text, range } = takeMarks(
      `${customer}export function greet(customer: Customer) {\n  console.log(«customer.email»);\n}\n`,
    );
    const editor = await openUnsaved("typescript", text);
    const { uri } = editor.document;
    await waitFor(() => diagnosticsOf(uri).length === 1, "the squiggle");
    await replaceText(editor, `${text}\nconst broken = [1, 2;\n`);
    // A second finding, typed after the broken statement, shows that the broken text was analysed.
    const { document } = editor;
    const end = document.positionAt(document.getText().length);
    await editor.edit((edit) => edit.insert(end, "\nexport const g = (user) => console.log(user.email);\n"));
    await waitFor(() => diagnosticsOf(uri).length === 2, "the second squiggle");
    assert.ok(
      diagnosticsOf(uri).some((one) => one.range.isEqual(range)),
      "the first squiggle has gone or moved",
    );
  });

  it("tells the path in the hover", async () => {
    const { text, range } = takeMarks("export const f = (user) => console.log(«user.email»);\n");
    const { document } = await openUnsaved("javascript", text);
    await waitFor(() => diagnosticsOf(document.uri).length === 1, "the squiggle");
    /** @type {vscode.Hover[]} */
    const hovers = await vscode.commands.executeCommand(
      "vscode.executeHoverProvider",
      document.uri,
      range.start,
    );
    const texts = hovers.flatMap(({ contents }) =>
      contents.map((one) => (typeof one === "string" ? one : one.value)),
    );
    const ours = texts.find((one) => one.includes("Borderline"));
    assert.ok(ours, `no hover of ours in ${JSON.stringify(texts)}`);
    assert.match(ours, /contact\.email/);
    assert.match(ours, /1\. /);
  });

  it("finds again what it had found after its server was restarted", async () => {
    const { document } = await openUnsaved(
      "javascript",
      "export const f = (user) => console.log(user.email);\n",
    );
    await waitFor(() => diagnosticsOf(document.uri).length === 1, "the squiggle");
    // The old server takes its squiggles with it, so one that is seen afterwards is the new server's.
    const gone = watchForNone(document.uri);
    await vscode.commands.executeCommand("borderline.restartServer");
    const extension = vscode.extensions.getExtension("borderline.borderline");
    assert.equal(extension?.exports.isRunning(), true);
    assert.equal(gone.seen(), true, "the squiggle never went, so the server was not restarted");
    await waitFor(() => diagnosticsOf(document.uri).length === 1, "the squiggle after the restart");
  });

  // Without `ps` the server's process cannot be told from others.
  if (process.platform !== "win32") {
    it("comes back by itself when its server crashes", async () => {
      const { document } = await openUnsaved(
        "javascript",
        "export const f = (user) => console.log(user.email);\n",
      );
      await waitFor(() => diagnosticsOf(document.uri).length === 1, "the squiggle");
      const gone = watchForNone(document.uri);
      process.kill(serverProcess(), "SIGKILL");
      await waitFor(() => gone.seen(), "the squiggle to go with the server");
      await waitFor(() => diagnosticsOf(document.uri).length === 1, "the squiggle of the next server");
    });
  }
});

/**
 * @template T
 * @param {T[]} list
 */
function nonEmpty(list) {
  return list.length > 0 ? list : undefined;
}

/** @param {vscode.Diagnostic | undefined} diagnostic */
function codeOf(diagnostic) {
  const code = diagnostic?.code;
  return typeof code === "object" ? code.value : code;
}

/**
 * Watches whether a document was without our diagnostics at any moment from now on.
 * @param {vscode.Uri} uri
 */
function watchForNone(uri) {
  let seen = false;
  const listening = vscode.languages.onDidChangeDiagnostics(() => {
    if (diagnosticsOf(uri).length > 0) return;
    seen = true;
    listening.dispose();
  });
  return { seen: () => seen };
}

/** The language server that this extension host has started. */
function serverProcess() {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  const ours = rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, parent]) => Number(parent) === process.pid);
  const server = ours.find((words) => words.some((word) => word.endsWith("dist/server.cjs")));
  assert.ok(server, "no language server among the children of the extension host");
  return Number(server[0]);
}
