import type { TextDocument } from "vscode-languageserver-textdocument";
import { URI, Utils } from "vscode-uri";
import type { FileId } from "../../engine/index.ts";
import { looseFileName, uriKey } from "../from-lsp.ts";
import { Analysis, type AnalysisHost } from "./analysis.ts";

/**
 * The documents that belong to no workspace folder: untitled ones and single files. Only what is open is analysed,
 * nothing is read from the disk, and no policy applies.
 */
export class LooseAnalysis {
  readonly analysis: Analysis;
  /** Folder URI → a short name; two documents of one folder can import each other. */
  readonly #folders = new Map<string, string>();
  readonly #files = new Map<string, FileId>();
  readonly #uris = new Map<FileId, string>();

  constructor(host: AnalysisHost) {
    this.analysis = new Analysis(host, { uriOf: (file) => this.#uris.get(file) ?? `untitled:${file}` });
  }

  fileOf(uri: string): FileId | undefined {
    return this.#files.get(uriKey(uri));
  }

  open(document: TextDocument): void {
    const name = looseFileName(document);
    if (name === undefined) return;
    const folder = this.#folderName(document.uri);
    const file = folder === "" ? name : `${folder}/${name}`;
    this.#files.set(uriKey(document.uri), file);
    this.#uris.set(file, document.uri);
    this.analysis.documents.set(file, document);
    this.#take(file, document, "at-once");
  }

  change(document: TextDocument): void {
    const file = this.fileOf(document.uri);
    if (file !== undefined) this.#take(file, document, "typing");
  }

  close(document: TextDocument): void {
    const file = this.fileOf(document.uri);
    if (file === undefined) return;
    this.#files.delete(uriKey(document.uri));
    this.analysis.documents.delete(file);
    this.analysis.session.remove(file);
    this.analysis.changed("at-once");
  }

  #take(file: FileId, document: TextDocument, how: "typing" | "at-once"): void {
    this.analysis.session.setText(file, document.getText());
    this.analysis.changed(how);
  }

  #folderName(uri: string): string {
    const parsed = URI.parse(uri);
    if (parsed.scheme === "untitled" && !parsed.path.includes("/")) return "";
    const folder = Utils.dirname(parsed).toString();
    const known = this.#folders.get(folder) ?? `folder-${this.#folders.size + 1}`;
    this.#folders.set(folder, known);
    return known;
  }
}
