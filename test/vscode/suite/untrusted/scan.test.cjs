// Nothing of the workspace is run, so all of it works before the workspace is trusted.
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { closeAllEditors, diagnosticsOf, fileUri, openFile, waitFor } = require("../window.cjs");

describe("a workspace that is not trusted", () => {
  afterEach(closeAllEditors);

  it("has squiggles and can be scanned", async () => {
    await openFile("src/sign-up.ts");
    await waitFor(() => diagnosticsOf(fileUri("src/sign-up.ts")).length === 1, "the squiggle");
    const result = await vscode.commands.executeCommand("borderline.scanWorkspace");
    assert.equal(result.findings, 1);
    assert.equal(vscode.workspace.isTrusted, false);
  });
});
