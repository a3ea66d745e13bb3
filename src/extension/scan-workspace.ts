import { type CancellationToken, commands, type Progress, ProgressLocation, window, workspace } from "vscode";
import { type LanguageClient, ProgressType } from "vscode-languageclient/node";
import {
  type ScanProgress,
  type ScanWorkspaceParams,
  type ScanWorkspaceResult,
  scanWorkspaceMethod,
} from "../protocol/index.ts";
import { describeProgress, describeResult } from "./describe-scan.ts";

/** The command `Borderline: Scan Workspace`. Gives the result, for callers in code; undefined when nothing was scanned. */
export async function scanWorkspace(client: LanguageClient): Promise<ScanWorkspaceResult | undefined> {
  const obstacle = obstacleToScan(client);
  if (obstacle !== undefined) {
    void showObstacle(obstacle);
    return undefined;
  }
  try {
    const result = await window.withProgress(
      { location: ProgressLocation.Notification, title: "Borderline: scanning", cancellable: true },
      (progress, token) => requestScan(client, progress, token),
    );
    if (result.cancelled) window.setStatusBarMessage("Borderline: the scan was cancelled", 5000);
    else void showResult(result);
    return result;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void showObstacle({ message: `Borderline could not scan the workspace: ${why}`, ...showOutput });
    return undefined;
  }
}

interface Obstacle {
  readonly message: string;
  readonly button: string;
  readonly command: string;
  readonly argument?: string;
}

const showOutput = { button: "Show Output", command: "borderline.showOutput" };

const createPolicy = { button: "Create Policy", command: "borderline.createPolicy" };

function obstacleToScan(client: LanguageClient): Obstacle | undefined {
  if (!client.isRunning()) {
    return {
      message:
        "Borderline's language server is not running, so nothing can be scanned. Restart it, or see its output.",
      button: "Restart",
      command: "borderline.restartServer",
    };
  }
  if (!workspace.workspaceFolders?.some(({ uri }) => uri.scheme === "file")) {
    return {
      message:
        "Borderline scans folders, and none is open. Open the folder of your project, then scan again.",
      button: "Open Folder",
      command: "vscode.openFolder",
    };
  }
  if (workspace.getConfiguration("borderline").get("enable") === false) {
    return {
      message: "Borderline is turned off in the settings. Turn on borderline.enable, then scan again.",
      button: "Open Settings",
      command: "workbench.action.openSettings",
      argument: "borderline.enable",
    };
  }
  return undefined;
}

async function showObstacle({ message, button, command, argument }: Obstacle): Promise<void> {
  const chosen = await window.showWarningMessage(message, button);
  if (chosen === button)
    await commands.executeCommand(command, ...(argument === undefined ? [] : [argument]));
}

/** One request, whose progress is shown as a count of files. */
async function requestScan(
  client: LanguageClient,
  progress: Progress<{ message?: string; increment?: number }>,
  token: CancellationToken,
): Promise<ScanWorkspaceResult> {
  const partialResultToken = `borderline-scan-${Date.now()}`;
  let shown = 0;
  const listening = client.onProgress(new ProgressType<ScanProgress>(), partialResultToken, (value) => {
    const percentage = value.total === 0 ? 100 : Math.floor((100 * value.done) / value.total);
    progress.report({ message: describeProgress(value), increment: Math.max(0, percentage - shown) });
    shown = Math.max(shown, percentage);
  });
  const params: ScanWorkspaceParams = { partialResultToken };
  try {
    return await client.sendRequest<ScanWorkspaceResult>(scanWorkspaceMethod, params, token);
  } finally {
    listening.dispose();
  }
}

async function showResult(result: ScanWorkspaceResult): Promise<void> {
  const { message, isPartial } = describeResult(result);
  const show = isPartial ? window.showWarningMessage : window.showInformationMessage;
  const buttons = isPartial ? ["Show Problems", showOutput.button] : ["Show Problems"];
  if (result.policyMissing !== undefined) buttons.push(createPolicy.button);
  const chosen = await show(message, ...buttons);
  if (chosen === "Show Problems") await commands.executeCommand("workbench.actions.view.problems");
  if (chosen === createPolicy.button) await commands.executeCommand(createPolicy.command);
  if (chosen === showOutput.button) await commands.executeCommand(showOutput.command);
}
