import type {
  AnalyzeInput,
  Catalog,
  FactsStore,
  FileId,
  Policy,
  Problem,
  Session,
  SessionOptions,
} from "../engine/index.ts";

/** What the server needs of the world. The real one is made in `real-deps.ts`; tests give their own. */
export interface ServerDeps {
  /** Reads what the tool knows. Rejects when that is broken, with a sentence that says what to do. */
  loadCatalog(): Promise<LoadedCatalog>;
  /** Lists a folder. `root` is an absolute path. Texts of open documents win over the disk. Rejects when it cannot. */
  readFolder(root: string, overlay: Overlay, catalog: Catalog): Promise<FolderContents>;
  /** The text of one file; rejects when it cannot be read. */
  readText(path: string): Promise<string>;
  createSession(options: SessionOptions): Session;
  /** What earlier processes have left of a folder's facts. `cacheFolder`: where the editor wants it. Never rejects. */
  openFacts?(root: string, cacheFolder: string | undefined): Promise<KeptFacts | undefined>;
  /** ISO date of today. */
  today(): string;
  /** The page that explains a rule, as a URI; absent when there is none. */
  rulePage(rule: string): string | undefined;
  /** The server's version, for the `initialize` answer. */
  readonly version: string;
}

/** A store of facts that outlives the process. */
export interface KeptFacts extends FactsStore {
  /** Writes what is new. Never rejects. */
  save(): Promise<void>;
}

/** What the tool knows. Problems name rows that had to be left out. */
export interface LoadedCatalog {
  readonly catalog: Catalog;
  readonly problems: readonly Problem[];
}

/** Unsaved texts by file, which stand in for those on disk. */
export type Overlay = ReadonlyMap<FileId, string>;

/** One workspace folder as the disk and the open documents have it now. */
export interface FolderContents {
  readonly files: readonly FileId[];
  readonly configs: AnalyzeInput["configs"];
  readonly policy: Policy;
  /** Mistakes in the policy and the models, and what could not be read. */
  readonly problems: readonly Problem[];
}
