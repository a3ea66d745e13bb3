import type { Connection } from "vscode-languageserver/node";
import type { Settings } from "../../protocol/index.ts";
import { defaultSettings, settingsFrom } from "../from-lsp.ts";
import { describeError } from "../guard.ts";

/** Reads the settings of a folder, or of no folder. */
export type SettingsReader = (folderUri: string | undefined) => Promise<Settings>;

/** Asks the editor each time when it can be asked; otherwise uses what the editor sent of its own accord. */
export function createSettingsReader(
  connection: Connection,
  canAsk: boolean,
  sent: () => unknown,
): SettingsReader {
  if (!canAsk) return async () => settingsFrom(sent());
  return async (folderUri) => {
    const section = "borderline";
    const item = folderUri === undefined ? { section } : { scopeUri: folderUri, section };
    try {
      return settingsFrom(await connection.workspace.getConfiguration(item));
    } catch (error) {
      connection.console.warn(
        `The settings could not be read, so the defaults apply: ${describeError(error)}`,
      );
      return defaultSettings;
    }
  };
}
