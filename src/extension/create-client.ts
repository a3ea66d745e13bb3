import type { ExtensionContext, LogOutputChannel } from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  TransportKind,
} from "vscode-languageclient/node";
import type { InitializationOptions } from "../protocol/index.ts";

const languages = ["typescript", "typescriptreact", "javascript", "javascriptreact"];

/** The connection to the language server, which runs as a process of its own. Not started yet. */
export function createClient(context: ExtensionContext, output: LogOutputChannel): LanguageClient {
  const module = context.asAbsolutePath("dist/server.cjs");
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=6009"] } },
  };
  const options: LanguageClientOptions = {
    documentSelector: [
      ...languages.flatMap((language) => [
        { scheme: "file", language },
        { scheme: "untitled", language },
      ]),
      { scheme: "file", language: "jsonc", pattern: "**/borderline.jsonc" },
    ],
    diagnosticCollectionName: "borderline",
    initializationOptions: { cacheFolder: context.globalStorageUri.fsPath } satisfies InitializationOptions,
    outputChannel: output,
  };
  return new LanguageClient("borderline", "Borderline", server, options);
}
