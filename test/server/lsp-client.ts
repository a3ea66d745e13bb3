import type {
  Diagnostic,
  Hover,
  InitializeResult,
  MessageConnection,
  ProgressToken,
  PublishDiagnosticsParams,
} from "vscode-languageserver-protocol/node";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import type { CreatePolicyResult, ScanProgress, ScanWorkspaceResult } from "../../src/protocol/index.ts";
import { createPolicyMethod, scanWorkspaceMethod } from "../../src/protocol/index.ts";

/** What a test client says of itself. */
export interface ClientOptions {
  /** URIs. Absent: no folder is open. */
  readonly folders?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly progress?: boolean;
  readonly processId?: number;
}

/** A small editor: speaks the real protocol, and remembers what the server said. */
export class LspClient {
  readonly connection: MessageConnection;
  /** Everything that was published, newest last. */
  readonly published: PublishDiagnosticsParams[] = [];
  readonly logged: string[] = [];
  readonly registered: string[] = [];
  /** Values of work-done progress, of the server's own making. */
  readonly workDone: { readonly kind: string; readonly message?: string }[] = [];
  settings: Readonly<Record<string, unknown>> = {};
  readonly #scans = new Map<ProgressToken, (progress: ScanProgress) => void>();
  readonly #versions = new Map<string, number>();

  constructor(connection: MessageConnection) {
    this.connection = connection;
    connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
      this.published.push(params);
    });
    connection.onNotification("window/logMessage", ({ message }: { message: string }) => {
      this.logged.push(message);
    });
    connection.onNotification("$/progress", ({ token, value }) => {
      const scan = this.#scans.get(token);
      if (scan) scan(value);
      else this.workDone.push(value);
    });
    connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    connection.onRequest("window/workDoneProgress/create", () => null);
    connection.onRequest("client/registerCapability", ({ registrations }) => {
      this.registered.push(...registrations.map(({ method }: { method: string }) => method));
      return null;
    });
    connection.listen();
  }

  async initialize(options: ClientOptions = {}): Promise<InitializeResult> {
    this.settings = options.settings ?? {};
    const folders = options.folders?.map((uri) => ({ uri, name: uri.slice(uri.lastIndexOf("/") + 1) }));
    const result: InitializeResult = await this.connection.sendRequest("initialize", {
      processId: options.processId ?? process.pid,
      rootUri: folders?.[0]?.uri ?? null,
      workspaceFolders: folders ?? null,
      capabilities: {
        workspace: {
          configuration: true,
          workspaceFolders: true,
          didChangeConfiguration: { dynamicRegistration: true },
          didChangeWatchedFiles: { dynamicRegistration: true },
        },
        window: { workDoneProgress: options.progress === true },
        textDocument: { publishDiagnostics: { relatedInformation: true, versionSupport: true } },
      },
    });
    await this.connection.sendNotification("initialized", {});
    return result;
  }

  open(uri: string, text: string, languageId = "typescript"): Promise<void> {
    this.#versions.set(uri, 1);
    const textDocument = { uri, languageId, version: 1, text };
    return this.connection.sendNotification("textDocument/didOpen", { textDocument });
  }

  /** Replaces the whole text, or one stretch of it. Gives the new version. */
  async change(uri: string, text: string, range?: Diagnostic["range"]): Promise<number> {
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    await this.connection.sendNotification("textDocument/didChange", {
      textDocument: { uri, version },
      contentChanges: [range === undefined ? { text } : { text, range }],
    });
    return version;
  }

  close(uri: string): Promise<void> {
    return this.connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
  }

  diskChanged(...changes: { uri: string; type: 1 | 2 | 3 }[]): Promise<void> {
    return this.connection.sendNotification("workspace/didChangeWatchedFiles", { changes });
  }

  hover(uri: string, line: number, character: number): Promise<Hover | null> {
    return this.connection.sendRequest("textDocument/hover", {
      textDocument: { uri },
      position: { line, character },
    });
  }

  createPolicy(folder: string): Promise<CreatePolicyResult> {
    return this.connection.sendRequest(createPolicyMethod, { folder });
  }

  scan(cancelWhen: (progress: ScanProgress) => boolean = () => false): {
    readonly result: Promise<ScanWorkspaceResult>;
    readonly progress: readonly ScanProgress[];
    readonly source: CancellationTokenSource;
  } {
    const token: ProgressToken = `scan-${Math.random()}`;
    const source = new CancellationTokenSource();
    const progress: ScanProgress[] = [];
    this.#scans.set(token, (value) => {
      progress.push(value);
      if (cancelWhen(value)) source.cancel();
    });
    const params = { partialResultToken: token };
    return {
      result: this.connection.sendRequest(scanWorkspaceMethod, params, source.token),
      progress,
      source,
    };
  }

  /** The newest diagnostics of a document. */
  diagnostics(uri: string): readonly Diagnostic[] | undefined {
    return this.published.findLast((params) => params.uri === uri)?.diagnostics;
  }

  /** Waits until what was published last for a document is as wanted. The error says what it was instead. */
  async until(
    uri: string,
    wanted: (params: PublishDiagnosticsParams) => boolean,
    timeout = 15_000,
  ): Promise<readonly Diagnostic[]> {
    const last = () => this.published.findLast((params) => params.uri === uri);
    await this.untilTrue(
      () => {
        const params = last();
        return params !== undefined && wanted(params);
      },
      () => `the diagnostics of ${uri}; the last ones were ${JSON.stringify(last())}; log: ${this.logged}`,
      timeout,
    );
    return last()?.diagnostics ?? [];
  }

  async untilTrue(wanted: () => boolean, what: () => string, timeout = 15_000): Promise<void> {
    const end = performance.now() + timeout;
    while (!wanted()) {
      if (performance.now() > end) throw new Error(`Waited in vain for ${what()}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
