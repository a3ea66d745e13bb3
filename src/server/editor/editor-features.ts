import type { InitializeParams } from "vscode-languageserver/node";
import type { InitializationOptions } from "../../protocol/index.ts";

/** What the editor said that it can do, and which folders it has open. */
export interface EditorFeatures {
  readonly folders: readonly string[];
  readonly settings: boolean;
  readonly settingsChanges: boolean;
  readonly folderChanges: boolean;
  readonly fileWatching: boolean;
  readonly progress: boolean;
  readonly initialSettings: unknown;
  /** Where the editor wants us to keep what can be made again. */
  readonly cacheFolder: string | undefined;
}

export function readEditor(params: InitializeParams): EditorFeatures {
  const { workspace, window } = params.capabilities;
  const options = params.initializationOptions as Partial<InitializationOptions> | undefined;
  return {
    folders: foldersOf(params),
    settings: workspace?.configuration === true,
    settingsChanges: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    folderChanges: workspace?.workspaceFolders === true,
    fileWatching: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    progress: window?.workDoneProgress === true,
    initialSettings: options?.settings,
    cacheFolder: typeof options?.cacheFolder === "string" ? options.cacheFolder : undefined,
  };
}

function foldersOf(params: InitializeParams): string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map(({ uri }) => uri);
  // Editors that do not know of several folders send the one that they have.
  return typeof params.rootUri === "string" ? [params.rootUri] : [];
}
