// Two folders in one window: each is a program of its own, and a scan covers both.
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { closeAllEditors, diagnosticsOf, fileUri, openFile, waitFor } = require("../window.cjs");

describe("several folders", () => {
  afterEach(closeAllEditors);

  it("have their squiggles, each in its own file", async () => {
    await openFile("src/sign-up.ts", 0);
    await openFile("src/sign-out.ts", 1);
    await waitFor(
      () => diagnosticsOf(fileUri("src/sign-up.ts", 0)).length === 1,
      "the first folder's squiggle",
    );
    await waitFor(
      () => diagnosticsOf(fileUri("src/sign-out.ts", 1)).length === 1,
      "the second folder's squiggle",
    );
  });

  it("are scanned together", async () => {
    const result = await vscode.commands.executeCommand("borderline.scanWorkspace");
    assert.equal(result.folders, 2);
    assert.equal(result.findings, 2);
    await waitFor(
      () => diagnosticsOf(fileUri("src/sign-up.ts", 0)).length === 1,
      "the first folder's finding",
    );
    await waitFor(
      () => diagnosticsOf(fileUri("src/sign-out.ts", 1)).length === 1,
      "the second folder's finding",
    );
  });
});
