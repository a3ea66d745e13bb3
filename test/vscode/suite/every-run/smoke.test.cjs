// The window is the one that the run promises; without this, a test elsewhere could pass in the wrong window.
const assert = require("node:assert/strict");
const vscode = require("vscode");

const promised = {
  folder: { folders: 1, trusted: true },
  "multi-root": { folders: 2, trusted: true },
  example: { folders: 1, trusted: true },
  "no-folder": { folders: 0, trusted: true },
  untrusted: { folders: 1, trusted: false },
}[process.env.BORDERLINE_SUITE ?? "folder"];

describe("the window", () => {
  it("runs a VS Code that the extension supports", () => {
    console.log(`      VS Code ${vscode.version}, Node ${process.versions.node}`);
    assert.match(vscode.version, /^1\.1\d\d\./);
  });

  it("has the folders and the trust that its run promises", () => {
    assert.equal(vscode.workspace.workspaceFolders?.length ?? 0, promised?.folders);
    assert.equal(vscode.workspace.isTrusted, promised?.trusted);
  });
});
