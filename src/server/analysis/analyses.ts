import type { TextDocument } from "vscode-languageserver-textdocument";
import type { FileId, Finding, Position } from "../../engine/index.ts";
import type { Settings } from "../../protocol/index.ts";
import { fileInFolder, pathOf, uriKey } from "../from-lsp.ts";
import type { Analysis, AnalysisHost } from "./analysis.ts";
import { type DiskChange, FolderAnalysis } from "./folder-analysis.ts";
import { LooseAnalysis } from "./loose-analysis.ts";

type Owner = FolderAnalysis | LooseAnalysis;

/** The parts of a host that do not depend on which folders there are. */
export type HostParts = Omit<AnalysisHost, "owns">;

/** All analyses of the server: one for each workspace folder, and one for the documents outside all of them. */
export class Analyses {
  readonly #host: AnalysisHost;
  readonly #folders = new Map<string, FolderAnalysis>();
  readonly #loose: LooseAnalysis;
  /** Open documents and who analyses them. */
  readonly #owners = new Map<TextDocument, Owner>();

  constructor(parts: HostParts) {
    this.#host = { ...parts, owns: (analysis, uri) => this.#ownerOf(uri).analysis === analysis };
    this.#loose = new LooseAnalysis(this.#host);
  }

  get folders(): readonly FolderAnalysis[] {
    return [...this.#folders.values()];
  }

  /** Opens and closes folders; documents move to the folder that they now belong to. Nothing is read yet. */
  changeFolders(added: readonly string[], removed: readonly string[]): void {
    for (const uri of removed.map(uriKey)) {
      this.#folders.get(uri)?.dispose();
      this.#folders.delete(uri);
    }
    for (const uri of added) {
      // Folders of virtual file systems cannot be read from here; their open documents are analysed as loose ones.
      if (pathOf(uri) === undefined || this.#folders.has(uriKey(uri))) continue;
      const folder = new FolderAnalysis(this.#host, uri);
      this.#folders.set(folder.uri, folder);
    }
    for (const [document, owner] of [...this.#owners]) {
      if (owner === this.#ownerOf(document.uri)) continue;
      owner.close(document);
      this.#open(document);
    }
  }

  /** A document has a new text, or was opened. */
  change(document: TextDocument): void {
    const owner = this.#owners.get(document);
    if (owner === undefined) this.#open(document);
    else owner.change(document);
  }

  close(document: TextDocument): void {
    this.#owners.get(document)?.close(document);
    this.#owners.delete(document);
  }

  diskChanged(changes: readonly DiskChange[]): void {
    for (const folder of this.#folders.values()) folder.diskChanged(changes);
  }

  /** Asks for the settings of each folder, and of the documents outside all of them. */
  async readSettings(settingsOf: (folderUri: string | undefined) => Promise<Settings>): Promise<void> {
    this.#loose.analysis.setSettings(await settingsOf(undefined));
    for (const { analysis, uri } of this.folders) analysis.setSettings(await settingsOf(uri));
  }

  findingsAt(uri: string, position: Position): { readonly analysis: Analysis; readonly findings: Finding[] } {
    const owner = this.#ownerOf(uri);
    const file: FileId | undefined = owner.fileOf(uri);
    const { analysis } = owner;
    return { analysis, findings: file === undefined ? [] : analysis.findingsAt(file, position) };
  }

  /** Abandons all that is under way, and keeps what the next start can use. What the editor shows stays. */
  async stop(): Promise<void> {
    for (const { analysis } of [this.#loose, ...this.folders]) analysis.loop.stop();
    await Promise.all(this.folders.map((folder) => folder.keepFacts()));
  }

  #open(document: TextDocument): void {
    const owner = this.#ownerOf(document.uri);
    this.#owners.set(document, owner);
    owner.open(document);
  }

  /** The innermost folder that holds the document. */
  #ownerOf(uri: string): Owner {
    const key = uriKey(uri);
    let owner: Owner = this.#loose;
    let longest = -1;
    for (const folder of this.#folders.values()) {
      if (folder.uri.length <= longest || fileInFolder(folder.uri, key) === undefined) continue;
      owner = folder;
      longest = folder.uri.length;
    }
    return owner;
  }
}
