import {
  type Connection,
  DidChangeConfigurationNotification,
  LSPErrorCodes,
  ResponseError,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import {
  type CreatePolicyParams,
  type CreatePolicyResult,
  createPolicyMethod,
  type ScanWorkspaceParams,
  type ScanWorkspaceResult,
  scanWorkspaceMethod,
} from "../protocol/index.ts";
import { watchFiles } from "./editor/watch-files.ts";
import { createGuard, describeError, type Guard } from "./guard.ts";
import { LanguageServer } from "./language-server.ts";
import type { ServerDeps } from "./server-deps.ts";

/** Puts the language server behind a connection. The caller then calls `connection.listen()`. */
export function createServer(connection: Connection, deps: ServerDeps): void {
  const guard = createGuard(connection.console);
  let server: LanguageServer | undefined;
  connection.onInitialize(async (params) => {
    server = new LanguageServer(connection, deps, await deps.loadCatalog(), params);
    return server.initializeResult();
  });
  connection.onInitialized(() =>
    guard("Starting", undefined, () => server && start(connection, server, guard)),
  );
  connection.onShutdown(() => server?.analyses.stop());
  connection.onDidChangeConfiguration(({ settings }) =>
    guard("Reading the settings", undefined, () => server?.changeSettings(settings)),
  );
  connection.onDidChangeWatchedFiles((params) =>
    guard("Taking over changes on the disk", undefined, () => server?.diskChanged(params)),
  );
  connection.onHover((params) => guard("Hover", null, () => server?.hover(params) ?? null));
  const answer = async <Result>(what: string, run: () => Promise<Result> | undefined) => {
    try {
      return await run();
    } catch (error) {
      // Somebody waits for this answer: a log line alone would leave them without one.
      connection.console.error(`${what} failed: ${describeError(error)}`);
      return new ResponseError(LSPErrorCodes.RequestFailed, `${what} failed. The output channel says why.`);
    }
  };
  connection.onRequest(scanWorkspaceMethod, (params: ScanWorkspaceParams | null, token) =>
    answer<ScanWorkspaceResult>("The scan", () => server?.scan(params, token)),
  );
  connection.onRequest(createPolicyMethod, (params: CreatePolicyParams) =>
    answer<CreatePolicyResult>("The search for clients", () => server?.createPolicy(params)),
  );
  followDocuments(connection, guard, () => server);
}

function followDocuments(
  connection: Connection,
  guard: Guard,
  server: () => LanguageServer | undefined,
): void {
  const documents = new TextDocuments(TextDocument);
  // Opening a document is its first change of content.
  documents.onDidChangeContent(({ document }) =>
    guard("Taking over a document's text", undefined, () => server()?.analyses.change(document)),
  );
  documents.onDidClose(({ document }) =>
    guard("Closing a document", undefined, () => server()?.analyses.close(document)),
  );
  documents.listen(connection);
}

async function start(connection: Connection, server: LanguageServer, guard: Guard): Promise<void> {
  const { editor } = server;
  const started = server.start();
  if (editor.settingsChanges) {
    const section = "borderline";
    await connection.client.register(DidChangeConfigurationNotification.type, { section });
  }
  if (editor.fileWatching) await watchFiles(connection);
  if (editor.folderChanges) {
    connection.workspace.onDidChangeWorkspaceFolders((event) =>
      guard("Changing the folders", undefined, () => server.changeFolders(event)),
    );
  }
  await started;
}
