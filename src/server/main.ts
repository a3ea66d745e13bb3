import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { createServer } from "./create-server.ts";
import { createRealDeps } from "./real-deps.ts";

startServer(process.argv);

/** The language server as a process: talks over `--node-ipc`, `--stdio` (also when nothing is said), or a socket. */
function startServer(argv: readonly string[]): void {
  const hasTransport = argv.some((argument) => /^--(node-ipc|stdio|socket|pipe)\b/.test(argument));
  const connection = hasTransport
    ? createConnection(ProposedFeatures.all)
    : createConnection(ProposedFeatures.all, process.stdin, process.stdout);
  createServer(connection, createRealDeps());
  // With node-ipc there is no stream whose end would tell that the editor is gone.
  process.on("disconnect", () => process.exit(1));
  connection.listen();
}
