import type { TextDocument } from "vscode-languageserver-textdocument";
import { URI, Utils } from "vscode-uri";
import { type FileId, isSourceFile } from "../../engine/index.ts";
import { fileInFolder, isConfiguration, isDependency, pathOf, uriKey } from "../from-lsp.ts";
import type { KeptFacts } from "../server-deps.ts";
import { Analysis, type AnalysisHost } from "./analysis.ts";
import { readTexts, type TextOrReason } from "./read-texts.ts";

/** One file that changed on the disk. */
export interface DiskChange {
  readonly uri: string;
  readonly kind: "created" | "changed" | "deleted";
}

/** A change of configuration, or of which files there are, waits this long, in milliseconds, for the next one. */
const refreshDelay = 250;

/** One workspace folder: its session follows the disk, except where a document is open. */
export class FolderAnalysis {
  readonly uri: string;
  readonly analysis: Analysis;
  readonly #root: string;
  readonly #host: AnalysisHost;
  /** The editor's own spelling of the URIs of open documents. */
  readonly #uris = new Map<FileId, string>();
  /** Every open document inside the folder, policy files too. */
  readonly #open = new Map<FileId, TextDocument>();
  /** The folder's files as last listed; undefined before the first listing. */
  #listed: ReadonlySet<FileId> | undefined;
  /** Files whose text was read from the disk and handed to the session. */
  readonly #taken = new Set<FileId>();
  /** Opened when the folder is read for the first time. */
  #facts: Promise<KeptFacts | undefined> | undefined;
  #refreshTimer: NodeJS.Timeout | undefined;
  #refreshing: Promise<void> = Promise.resolve();
  #disposed = false;

  constructor(host: AnalysisHost, uri: string) {
    this.uri = uriKey(uri);
    this.#host = host;
    this.#root = pathOf(uri) ?? "";
    this.analysis = new Analysis(host, {
      uriOf: (file) => this.#uris.get(file) ?? Utils.joinPath(URI.parse(this.uri), file).toString(),
    });
  }

  fileOf(uri: string): FileId | undefined {
    return fileInFolder(this.uri, uriKey(uri));
  }

  /** Number of files that are analysed, as far as they have been read. */
  get size(): number {
    return new Set([...this.#taken, ...this.analysis.documents.keys()]).size;
  }

  open(document: TextDocument): void {
    const file = this.fileOf(document.uri);
    if (file === undefined) return;
    this.#open.set(file, document);
    this.#uris.set(file, document.uri);
    if (this.#isProgram(file)) this.#take(file, document, "at-once");
    // Listed too early, or not saved yet, or one that is left out: only a new listing can tell.
    else if (isSourceFile(file) && !isDependency(file)) this.#scheduleRefresh();
  }

  change(document: TextDocument): void {
    const file = this.fileOf(document.uri);
    if (file === undefined) return;
    if (isConfiguration(file)) this.#scheduleRefresh();
    else if (this.analysis.documents.has(file)) this.#take(file, document, "typing");
  }

  close(document: TextDocument): void {
    const file = this.fileOf(document.uri);
    if (file === undefined) return;
    this.#open.delete(file);
    this.#uris.delete(file);
    this.analysis.documents.delete(file);
    this.analysis.republish();
    if (isConfiguration(file)) this.#scheduleRefresh();
    else if (this.#listed?.has(file)) void this.#takeFromDisk([file]);
    else this.#forget(file);
  }

  diskChanged(changes: readonly DiskChange[]): void {
    const changed: FileId[] = [];
    for (const { uri, kind } of changes) {
      const file = this.fileOf(uri);
      if (file === undefined || isDependency(file)) continue;
      if (isConfiguration(file)) this.#scheduleRefresh();
      if (!isSourceFile(file)) continue;
      if (kind !== "changed") this.#scheduleRefresh();
      if (this.#taken.has(file) && !this.#open.has(file)) changed.push(file);
    }
    if (changed.length > 0) void this.#takeFromDisk(changed);
  }

  /** Lists the folder again, reads the policy and the files whose text is not known yet. Rejects when it cannot. */
  refresh(): Promise<void> {
    clearTimeout(this.#refreshTimer);
    const refreshed = this.#refreshing.then(() => this.#refreshNow());
    this.#refreshing = refreshed.catch((error) => {
      this.#host.logError(`The folder ${this.#root} could not be read`, error);
    });
    return refreshed;
  }

  /** Reads every file again, also those of which no change was told. */
  async reread(isCancelled: () => boolean): Promise<void> {
    await this.refresh();
    await this.#takeFromDisk([...this.#taken], isCancelled);
  }

  /** Facts of files that changed go to the disk, for the next start. */
  async keepFacts(): Promise<void> {
    await (await this.#facts)?.save();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#refreshTimer);
    this.analysis.dispose();
  }

  #isProgram(file: FileId): boolean {
    return isSourceFile(file) && (this.#listed?.has(file) ?? !isDependency(file));
  }

  #take(file: FileId, document: TextDocument, how: "typing" | "at-once"): void {
    this.analysis.documents.set(file, document);
    const isNews = this.analysis.session.setText(file, document.getText());
    if (isNews || !this.analysis.loop.isCurrent) this.analysis.changed(how);
    else this.analysis.opened(file);
  }

  #forget(file: FileId): void {
    this.#taken.delete(file);
    this.analysis.session.remove(file);
    this.analysis.changed("at-once");
  }

  #scheduleRefresh(): void {
    clearTimeout(this.#refreshTimer);
    this.#refreshTimer = setTimeout(() => {
      // What goes wrong is logged where it happens.
      if (this.analysis.isEnabled) this.refresh().catch(() => {});
    }, refreshDelay);
  }

  async #refreshNow(): Promise<void> {
    if (this.#disposed) return;
    const { session } = this.analysis;
    this.#facts ??= this.#host.deps.openFacts?.(this.#root, this.#host.cacheFolder);
    const facts = await this.#facts;
    if (facts) session.setFactsStore(facts);
    const overlay = new Map([...this.#open].map(([file, document]) => [file, document.getText()]));
    const contents = await this.#host.deps.readFolder(this.#root, overlay, this.#host.catalog);
    const listed = new Set([...contents.files, ...(await this.#unsavedFiles(contents.files))]);
    if (this.#disposed) return;
    this.#listed = listed;
    for (const file of this.#taken) if (!listed.has(file)) this.#forget(file);
    session.setPolicy(contents.policy, contents.problems);
    session.setWorkspace([...listed].sort(), contents.configs);
    for (const [file, document] of this.#open) {
      if (this.#isProgram(file)) this.#take(file, document, "at-once");
      else if (this.analysis.documents.delete(file)) session.remove(file);
    }
    const missing = session.missingTexts();
    // What is open is analysed at once; with nothing open, a run before the texts are there would see nothing.
    if (this.analysis.documents.size > 0 || missing.length === 0) this.analysis.changed("at-once");
    await this.#takeFromDisk(missing);
  }

  /** Open source files that the disk does not have yet: they belong to the program already. */
  async #unsavedFiles(saved: readonly FileId[]): Promise<FileId[]> {
    const known = new Set(saved);
    const candidates = [...this.#open.keys()].filter(
      (file) => isSourceFile(file) && !isDependency(file) && !known.has(file),
    );
    const read = await this.#read(candidates, () => this.#disposed);
    return [...read].filter(([, { text }]) => text === undefined).map(([file]) => file);
  }

  /** Reads first and hands over in one go, so that a run never sees half of a change. */
  async #takeFromDisk(files: readonly FileId[], isCancelled = () => this.#disposed): Promise<void> {
    const read = await this.#read(files, isCancelled);
    if (this.#disposed || read.size === 0) return;
    let isNews = !this.analysis.loop.isCurrent;
    for (const [file, { text, reason }] of read) {
      // A document that was opened in the meantime has the newer text.
      if (this.#open.has(file)) continue;
      this.#taken.add(file);
      if (text !== undefined) isNews = this.analysis.session.setText(file, text) || isNews;
      else {
        isNews = true;
        if (reason !== "gone") this.analysis.session.setUnreadable(file, reason);
        else this.#forget(file);
      }
    }
    if (isNews) this.analysis.changed("at-once");
  }

  #read(files: readonly FileId[], isCancelled: () => boolean): Promise<Map<FileId, TextOrReason>> {
    const pathOfFile = (file: FileId) => pathOf(Utils.joinPath(URI.parse(this.uri), file).toString()) ?? file;
    return readTexts(files, (file) => this.#host.deps.readText(pathOfFile(file)), isCancelled);
  }
}
