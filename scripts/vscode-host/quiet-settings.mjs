// The person's settings in a test window. The server keeps them in its data folder.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What would put welcome pages, chat or questions over the editor, and into the pictures. */
const quietSettings = {
  "chat.commandCenter.enabled": false,
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  // As in a desktop VS Code; in a browser, an unsaved change would be written to its file by itself.
  "files.autoSave": "off",
  "git.openRepositoryInParentFolders": "never",
  "security.workspace.trust.startupPrompt": "never",
  "telemetry.telemetryLevel": "off",
  "window.commandCenter": false,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: these are VS Code's own variables.
  "window.title": "${activeEditorShort}${separator}${rootName}",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** @param {string} dataFolder */
export function writeQuietSettings(dataFolder) {
  const folder = path.join(dataFolder, "data", "User");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "settings.json"), `${JSON.stringify(quietSettings, undefined, 2)}\n`);
}
