import type { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { type FileId, isSourceFile } from "../engine/index.ts";
import type { Settings } from "../protocol/index.ts";

const extensionOfLanguage: Readonly<Record<string, string>> = {
  typescript: "ts",
  typescriptreact: "tsx",
  javascript: "js",
  javascriptreact: "jsx",
};

/** Editors write the same file's URI in different ways (`C%3A`, `c:`); this one spelling is used as a key. */
export function uriKey(uri: string): string {
  return URI.parse(uri).toString();
}

/** The absolute path of a `file:` URI; undefined for every other scheme. */
export function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  return parsed.scheme === "file" ? parsed.fsPath : undefined;
}

/** The file's name relative to a folder's URI (both as `uriKey` spells them); undefined when it is not inside. */
export function fileInFolder(folderUri: string, uri: string): FileId | undefined {
  const folder = URI.parse(folderUri);
  const file = URI.parse(uri);
  if (folder.scheme !== file.scheme || folder.authority !== file.authority) return undefined;
  const prefix = folder.path.endsWith("/") ? folder.path : `${folder.path}/`;
  return file.path.startsWith(prefix) && file.path.length > prefix.length
    ? file.path.slice(prefix.length)
    : undefined;
}

/**
 * The file name under which a document outside every folder is analysed; undefined when it is no source file.
 * An untitled document has no extension: its language says which one to use.
 */
export function looseFileName(document: TextDocument): string | undefined {
  const uri = URI.parse(document.uri);
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  if (uri.scheme === "file") return isSourceFile(name) ? name : undefined;
  if (uri.scheme !== "untitled") return undefined;
  const extension = extensionOfLanguage[document.languageId];
  if (extension === undefined) return undefined;
  return isSourceFile(name) ? name : `${name.toLowerCase()}.${extension}`;
}

export const defaultSettings: Settings = { enable: true, minimumConfidence: "medium" };

/** Reads the `borderline` section of an editor's settings; what is missing or of a wrong type gets its default. */
export function settingsFrom(value: unknown): Settings {
  const section = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  const confidence = section.minimumConfidence;
  return {
    enable: typeof section.enable === "boolean" ? section.enable : defaultSettings.enable,
    minimumConfidence:
      confidence === "low" || confidence === "medium" || confidence === "high"
        ? confidence
        : defaultSettings.minimumConfidence,
  };
}

/** Files that say how the program is put together, or what the policy is; a change of one changes everything. */
export function isConfiguration(file: FileId): boolean {
  return /(^|\/)(package\.json|[jt]sconfig[^/]*\.json|borderline\.jsonc)$/.test(file);
}

/** Code of others, and the insides of git: never analysed, and noisy when packages are installed. */
export function isDependency(file: FileId): boolean {
  return /(^|\/)(node_modules|\.git)\//.test(file);
}
