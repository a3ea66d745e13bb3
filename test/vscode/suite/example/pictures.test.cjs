// The example as a person meets it, and the pictures of it in docs/images, which are taken anew with
//   BORDERLINE_SCREENSHOTS=docs/images node test/vscode/run.mjs example
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { screenshot } = require("../screenshot.cjs");
const { closeAllEditors, diagnosticsOf, openFile, waitFor } = require("../window.cjs");

const account = "packages/us-api/src/routes/account.ts";

describe("the example", () => {
  before(async () => {
    // The example's packages are not installed here; what TypeScript says of that does not belong in the pictures.
    await setGlobally("typescript", "validate.enable", false);
    // A row for each finding: their hops would fill the picture.
    await setGlobally("problems", "defaultViewMode", "table");
  });
  after(async () => {
    await setGlobally("typescript", "validate.enable", undefined);
    await setGlobally("problems", "defaultViewMode", undefined);
    await closeAllEditors();
  });

  it("shows a member's data on its way into a log", async () => {
    const editor = await openFile(account);
    const { document } = editor;
    const found = await waitFor(() => {
      const all = diagnosticsOf(document.uri);
      return all.length > 0 ? all : undefined;
    }, "the squiggle");
    const finding = found.find((one) => document.getText(one.range).includes("user.email"));
    assert.ok(finding, `no finding at user.email in ${found.map((one) => document.getText(one.range))}`);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    // The pause lets the icons of the files load.
    await screenshot("squiggle", { waitForText: "verification sent to" }, { pauseMs: 3000 });
    await screenshot("hover", { hoverText: "{user.email}" }, { waitForText: "How it gets here" });
  });

  it("lists the findings of the whole workspace after a scan, borders included", async () => {
    const result = await vscode.commands.executeCommand("borderline.scanWorkspace");
    assert.ok(result.files > 1, `findings in ${result.files} files only`);
    const rules = await waitFor(() => {
      const all = vscode.languages.getDiagnostics().flatMap(([uri]) => diagnosticsOf(uri));
      return all.length >= result.findings ? new Set(all.map(codeOf)) : undefined;
    }, "all findings in Problems");
    // The policy file itself says which of its rows nothing in the workspace needs.
    const expected = ["pii-cross-region", "pii-in-export", "pii-in-log", "policy-unused"];
    assert.deepEqual([...rules].sort(), expected);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
    await screenshot("problems", { hoverText: "});" }, { pauseMs: 1000 });
  });
});

/**
 * @param {string} section
 * @param {string} name
 * @param {unknown} value undefined brings back the default
 */
function setGlobally(section, name, value) {
  return vscode.workspace.getConfiguration(section).update(name, value, vscode.ConfigurationTarget.Global);
}

/** @param {vscode.Diagnostic} diagnostic */
function codeOf({ code }) {
  return typeof code === "object" ? code.value : code;
}
