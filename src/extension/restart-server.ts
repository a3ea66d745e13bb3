import { commands, window } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

/** The command `Borderline: Restart Language Server`. Also starts a server that is not running. */
export async function restartServer(client: LanguageClient): Promise<void> {
  try {
    if (client.needsStart()) await client.start();
    else await client.restart();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const chosen = await window.showErrorMessage(
      `Borderline's language server could not be restarted: ${why}. Its output may say more.`,
      "Show Output",
    );
    if (chosen !== undefined) await commands.executeCommand("borderline.showOutput");
  }
}
