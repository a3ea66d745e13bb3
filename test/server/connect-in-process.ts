import { PassThrough } from "node:stream";
import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import { createServer } from "../../src/server/create-server.ts";
import type { ServerDeps } from "../../src/server/server-deps.ts";
import { LspClient } from "./lsp-client.ts";

/** A server in this process, with the world that a test gives it, and a client that talks to it over streams. */
export function connectInProcess(deps: ServerDeps): LspClient {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(toServer),
    new StreamMessageWriter(toClient),
  );
  createServer(connection, deps);
  connection.listen();
  return new LspClient(
    createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer)),
  );
}
