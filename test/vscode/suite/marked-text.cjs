// Text with a stretch between « and »: where a squiggle is expected.
const vscode = require("vscode");

/** @param {string} marked */
function takeMarks(marked) {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const text = marked.replace("«", "").replace("»", "");
  return { text, range: new vscode.Range(positionAt(text, start), positionAt(text, end)) };
}

/**
 * @param {string} text
 * @param {number} offset
 */
function positionAt(text, offset) {
  const lines = text.slice(0, offset).split("\n");
  return new vscode.Position(lines.length - 1, lines[lines.length - 1]?.length ?? 0);
}

module.exports = { takeMarks };
