import {
  type CancellationToken,
  type Connection,
  type DidChangeWatchedFilesParams,
  FileChangeType,
  type Hover,
  type HoverParams,
  type InitializeParams,
  type InitializeResult,
  MarkupKind,
  ProgressType,
  TextDocumentSyncKind,
  type WorkspaceFoldersChangeEvent,
} from "vscode-languageserver/node";
import type { Catalog } from "../engine/index.ts";
import {
  type CreatePolicyParams,
  type CreatePolicyResult,
  createPolicyMethod,
  type ScanProgress,
  type ScanWorkspaceParams,
  type ScanWorkspaceResult,
  scanWorkspaceMethod,
} from "../protocol/index.ts";
import { policyText } from "../reporters/index.ts";
import { Analyses } from "./analysis/analyses.ts";
import type { FolderAnalysis } from "./analysis/folder-analysis.ts";
import { type EditorFeatures, readEditor } from "./editor/editor-features.ts";
import { createSettingsReader, type SettingsReader } from "./editor/settings-reader.ts";
import { uriKey } from "./from-lsp.ts";
import { describeError } from "./guard.ts";
import { hoverText } from "./hover-text.ts";
import { indexFolders } from "./index-folders.ts";
import { scanWorkspace } from "./scan-workspace.ts";
import type { LoadedCatalog, ServerDeps } from "./server-deps.ts";
import { toLspRange } from "./to-lsp.ts";

/** What the server does, without the wiring to a connection, which is in `create-server.ts`. */
export class LanguageServer {
  readonly analyses: Analyses;
  readonly editor: EditorFeatures;
  readonly #connection: Connection;
  readonly #version: string;
  readonly #catalog: Catalog;
  readonly #readSettings: SettingsReader;
  #sentSettings: unknown;
  /** Folders whose first analysis was begun. */
  readonly #indexed = new WeakSet<FolderAnalysis>();
  /** A scan can be asked for before the editor has answered what its settings are. */
  #settingsRead: Promise<void> = Promise.resolve();

  constructor(
    connection: Connection,
    deps: ServerDeps,
    { catalog, problems }: LoadedCatalog,
    params: InitializeParams,
  ) {
    this.#connection = connection;
    this.#version = deps.version;
    this.#catalog = catalog;
    this.editor = readEditor(params);
    this.#sentSettings = this.editor.initialSettings;
    this.#readSettings = createSettingsReader(connection, this.editor.settings, () => this.#sentSettings);
    for (const problem of problems) connection.console.warn(`${problem.message} ${problem.hint}`);
    this.analyses = new Analyses({
      deps,
      catalog,
      cacheFolder: this.editor.cacheFolder,
      publish: (diagnostics) => void connection.sendDiagnostics(diagnostics),
      logError: (what, error) => connection.console.error(`${what}: ${describeError(error)}`),
    });
    this.analyses.changeFolders(this.editor.folders, []);
  }

  initializeResult(): InitializeResult {
    return {
      serverInfo: { name: "Borderline", version: this.#version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        hoverProvider: true,
        workspace: { workspaceFolders: { supported: true, changeNotifications: this.editor.folderChanges } },
        experimental: { [scanWorkspaceMethod]: true, [createPolicyMethod]: true },
      },
    };
  }

  /** Reads the settings, and analyses the folders that were not analysed yet in the background. */
  async start(): Promise<void> {
    this.#settingsRead = this.analyses.readSettings(this.#readSettings);
    await this.#settingsRead;
    const fresh = this.analyses.folders.filter(
      (folder) => folder.analysis.isEnabled && !this.#indexed.has(folder),
    );
    for (const folder of fresh) this.#indexed.add(folder);
    await indexFolders(this.#connection, fresh, this.editor.progress);
  }

  async changeFolders({ added, removed }: WorkspaceFoldersChangeEvent): Promise<void> {
    this.analyses.changeFolders(
      added.map(({ uri }) => uri),
      removed.map(({ uri }) => uri),
    );
    await this.start();
  }

  /** `settings` is what editors send that cannot be asked. */
  async changeSettings(settings: unknown): Promise<void> {
    this.#sentSettings = (settings as { borderline?: unknown } | null | undefined)?.borderline;
    await this.start();
  }

  diskChanged({ changes }: DidChangeWatchedFilesParams): void {
    const kinds = {
      [FileChangeType.Created]: "created",
      [FileChangeType.Changed]: "changed",
      [FileChangeType.Deleted]: "deleted",
    } as const;
    this.analyses.diskChanged(changes.map(({ uri, type }) => ({ uri, kind: kinds[type] })));
  }

  hover({ textDocument, position }: HoverParams): Hover | null {
    const { analysis, findings } = this.analyses.findingsAt(textDocument.uri, position);
    const [first] = findings;
    if (first === undefined) return null;
    const value = findings.map((finding) => hoverText(finding, analysis.names)).join("\n\n---\n\n");
    return { contents: { kind: MarkupKind.Markdown, value }, range: toLspRange(first.location) };
  }

  async createPolicy({ folder: uri }: CreatePolicyParams): Promise<CreatePolicyResult> {
    await this.#settingsRead;
    const folder = this.analyses.folders.find((each) => each.uri === uriKey(uri));
    if (folder === undefined) throw new Error(`${uri} is no folder of the workspace`);
    await folder.reread(() => false);
    return { text: policyText(await folder.analysis.loop.settled(), this.#catalog) };
  }

  async scan(params: ScanWorkspaceParams | null, token: CancellationToken): Promise<ScanWorkspaceResult> {
    await this.#settingsRead;
    const progressToken = params?.partialResultToken;
    const progressType = new ProgressType<ScanProgress>();
    return scanWorkspace({
      folders: this.analyses.folders.filter(({ analysis }) => analysis.isEnabled),
      token,
      onProgress: (progress) => {
        if (progressToken !== undefined)
          void this.#connection.sendProgress(progressType, progressToken, progress);
      },
    });
  }
}
