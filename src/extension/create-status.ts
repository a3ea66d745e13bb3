import { Disposable, languages, StatusBarAlignment, type StatusBarItem, window } from "vscode";
import { type LanguageClient, State } from "vscode-languageclient/node";
import { diagnosticSource } from "../protocol/index.ts";

/** The item in the status bar: how many findings are shown, or that the server does not run. */
export function createStatus(client: LanguageClient): Disposable {
  const item = window.createStatusBarItem("borderline.status", StatusBarAlignment.Left);
  item.name = "Borderline";
  const update = (): void => showStatus(item, client);
  update();
  item.show();
  return Disposable.from(item, languages.onDidChangeDiagnostics(update), client.onDidChangeState(update));
}

function showStatus(item: StatusBarItem, client: LanguageClient): void {
  if (client.state !== State.Running) {
    const isStarting = client.state === State.Starting;
    item.text = isStarting ? "$(sync~spin) Borderline" : "$(warning) Borderline";
    item.tooltip = isStarting
      ? "The language server is starting"
      : "The language server is not running: restart it";
    item.command = "borderline.restartServer";
    return;
  }
  const count = countFindings();
  item.text = count === 0 ? "$(shield) Borderline" : `$(shield) ${count.toLocaleString("en")}`;
  item.tooltip = `Borderline: ${count === 1 ? "1 finding" : `${count.toLocaleString("en")} findings`}. Click for Problems.`;
  item.command = "workbench.actions.view.problems";
}

function countFindings(): number {
  let count = 0;
  for (const [, diagnostics] of languages.getDiagnostics()) {
    for (const { source } of diagnostics) if (source === diagnosticSource) count++;
  }
  return count;
}
