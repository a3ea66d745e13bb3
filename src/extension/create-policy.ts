import { ProgressLocation, Uri, type WorkspaceFolder, window, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { type CreatePolicyParams, type CreatePolicyResult, createPolicyMethod } from "../protocol/index.ts";

const policyFile = "borderline.jsonc";

/** The command `Borderline: Create Policy`: opens a folder's policy, which is written from what is found when there is none. */
export async function createPolicy(client: LanguageClient): Promise<void> {
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const uri = Uri.joinPath(folder.uri, policyFile);
  const exists = await workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
  try {
    if (!exists) await writePolicy(client, folder, uri);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showWarningMessage(`Borderline could not write a policy: ${why}`);
    return;
  }
  await window.showTextDocument(uri);
  void window.showInformationMessage(
    exists
      ? "Borderline: this folder has a policy already."
      : "Borderline wrote a policy to start from. Fill in where the people are whose data this code handles, and which transfers are allowed.",
  );
}

async function chooseFolder(): Promise<WorkspaceFolder | undefined> {
  const folders = workspace.workspaceFolders?.filter(({ uri }) => uri.scheme === "file") ?? [];
  if (folders.length === 0)
    void window.showWarningMessage(
      "A policy belongs to a folder, and none is open. Open the folder of your project first.",
    );
  return folders.length > 1 ? window.showWorkspaceFolderPick() : folders[0];
}

async function writePolicy(
  client: LanguageClient,
  { uri: folder }: WorkspaceFolder,
  uri: Uri,
): Promise<void> {
  const params: CreatePolicyParams = { folder: folder.toString() };
  const { text } = await window.withProgress(
    { location: ProgressLocation.Notification, title: "Borderline: looking for clients and their places" },
    () => client.sendRequest<CreatePolicyResult>(createPolicyMethod, params),
  );
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}
