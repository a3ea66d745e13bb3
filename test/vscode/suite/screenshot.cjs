// Asks the launcher for a picture of the window. Does nothing unless BORDERLINE_SCREENSHOTS names a folder, so a test
// may ask always; what a test asserts never depends on a picture.
const { existsSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const { waitFor } = require("./window.cjs");

/**
 * @param {string} name of the PNG file, without its ending
 * @param {...import("../../../scripts/vscode-host/picture-requests.mjs").Step} steps done before the picture, in order,
 *   such as `{ press: "Control+Shift+M" }` or `{ hoverText: "user.email" }`
 * @returns {Promise<string | undefined>} the picture's path
 */
async function screenshot(name, ...steps) {
  const folder = process.env.BORDERLINE_SCREENSHOTS;
  if (!folder) return undefined;
  const file = (/** @type {string} */ ending) => path.resolve(folder, `${name}.${ending}`);
  // Written aside and renamed, so that the launcher never reads half a request.
  writeFileSync(file("draft"), JSON.stringify(steps));
  renameSync(file("draft"), file("request"));
  await waitFor(() => !existsSync(file("request")), `the picture ${name}`, 50_000);
  if (existsSync(file("error")))
    throw new Error(`No picture ${name}: ${readFileSync(file("error"), "utf8")}`);
  return file("png");
}

module.exports = { screenshot };
