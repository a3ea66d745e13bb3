// Without a folder there is nothing to scan: the command says so and ends, and squiggles work (see every-run).
const assert = require("node:assert/strict");
const vscode = require("vscode");
const { closeAllEditors, openUnsaved } = require("../window.cjs");

describe("no folder", () => {
  afterEach(closeAllEditors);

  it("lets the scan end at once, with nothing scanned", async () => {
    await openUnsaved("typescript", "export {};");
    await vscode.extensions.getExtension("borderline.borderline")?.activate();
    assert.equal(await vscode.commands.executeCommand("borderline.scanWorkspace"), undefined);
  });
});
