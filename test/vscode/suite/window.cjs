// What tests do over and over: open text, wait until something holds, read diagnostics.
const path = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");
const vscode = require("vscode");

const pollMs = 50;

/**
 * @template T
 * @param {() => T | PromiseLike<T>} probe returns something truthy once what we wait for holds; may throw until then
 * @param {string} description ends the sentence "Waited 20 s for …"
 * @param {number} [limitMs]
 * @returns {Promise<T>} what the probe returned
 */
async function waitFor(probe, description, limitMs = 20_000) {
  const deadline = Date.now() + limitMs;
  for (;;) {
    /** @type {unknown} */
    let last;
    try {
      const value = await probe();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline)
      throw new Error(`Waited ${limitMs / 1000} s for ${description}. Last answer: ${last}`);
    await sleep(pollMs);
  }
}

/**
 * A new editor with text that is in no file.
 * @param {string} language
 * @param {string} text
 */
async function openUnsaved(language, text) {
  const document = await vscode.workspace.openTextDocument({ language, content: text });
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  // VS Code may bring back the backup of an earlier untitled document that had the same name.
  if (document.getText() !== text) await replaceText(editor, text);
  return editor;
}

/**
 * @param {string} relativePath inside a workspace folder
 * @param {number} [folderIndex]
 */
async function openFile(relativePath, folderIndex = 0) {
  const document = await vscode.workspace.openTextDocument(fileUri(relativePath, folderIndex));
  return vscode.window.showTextDocument(document, { preview: false });
}

/**
 * @param {string} relativePath
 * @param {number} [folderIndex]
 */
function fileUri(relativePath, folderIndex = 0) {
  const folder = vscode.workspace.workspaceFolders?.[folderIndex];
  if (!folder) throw new Error(`This window has no workspace folder number ${folderIndex}.`);
  return vscode.Uri.file(path.join(folder.uri.fsPath, relativePath));
}

/**
 * @param {vscode.TextEditor} editor
 * @param {string} text
 */
async function replaceText(editor, text) {
  const { document } = editor;
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  if (!(await editor.edit((edit) => edit.replace(whole, text))))
    throw new Error(`VS Code did not edit ${document.uri}.`);
}

/**
 * Ours alone: TypeScript's own complaints are not the tests' concern.
 * @param {vscode.Uri} uri
 * @param {string} [source]
 */
function diagnosticsOf(uri, source = "borderline") {
  return vscode.languages.getDiagnostics(uri).filter((one) => one.source?.toLowerCase() === source);
}

/** One by one, for closing all of them at once asks whether to save, and nobody is there to answer. */
async function closeAllEditors() {
  const openTabs = () => vscode.window.tabGroups.all.reduce((sum, group) => sum + group.tabs.length, 0);
  for (let left = openTabs(); left > 0; left = openTabs()) {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await waitFor(() => openTabs() < left, "an editor to close", 5_000);
  }
}

module.exports = { closeAllEditors, diagnosticsOf, fileUri, openFile, openUnsaved, replaceText, waitFor };
