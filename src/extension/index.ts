import { commands, type ExtensionContext, window } from "vscode";
import { createClient } from "./create-client.ts";
import { createPolicy } from "./create-policy.ts";
import { createStatus } from "./create-status.ts";
import { restartServer } from "./restart-server.ts";
import { scanWorkspace } from "./scan-workspace.ts";

/** What `activate` gives to other extensions, and to our tests. */
export interface BorderlineApi {
  /** True while the language server runs and answers. */
  isRunning(): boolean;
}

/** Called by VS Code when one of the activation events of the manifest happens. */
export async function activate(context: ExtensionContext): Promise<BorderlineApi> {
  const output = window.createOutputChannel("Borderline", { log: true });
  const client = createClient(context, output);
  context.subscriptions.push(
    output,
    client,
    createStatus(client),
    commands.registerCommand("borderline.scanWorkspace", () => scanWorkspace(client)),
    commands.registerCommand("borderline.createPolicy", () => createPolicy(client)),
    commands.registerCommand("borderline.restartServer", () => restartServer(client)),
    commands.registerCommand("borderline.showOutput", () => output.show()),
  );
  try {
    await client.start();
  } catch (error) {
    // The client has shown a message of its own; without this the commands would be gone too, and with them the restart.
    output.error(`The language server could not be started: ${String(error)}`);
  }
  return { isRunning: () => client.isRunning() };
}

/** Called by VS Code before it ends; the language client, a subscription, stops the server. */
export function deactivate(): void {}
