import type { Connection, WorkDoneProgressServerReporter } from "vscode-languageserver/node";
import type { FolderAnalysis } from "./analysis/folder-analysis.ts";
import { throttle } from "./throttle.ts";

/** Reads and analyses folders in the background, with progress when the editor shows it. */
export async function indexFolders(
  connection: Connection,
  folders: readonly FolderAnalysis[],
  showProgress: boolean,
): Promise<void> {
  if (folders.length === 0) return;
  const progress = showProgress ? await createProgress(connection) : undefined;
  progress?.begin("Borderline", 0, "reading the workspace");
  let ready = 0;
  const listeners = folders.map(({ analysis }) =>
    analysis.onProgress(
      throttle(({ room, done, total }) => {
        const share = room === "parse" && total > 0 ? done / total : 1;
        const percentage = Math.round((100 * (ready + share)) / folders.length);
        const files = `${done.toLocaleString("en")} of ${total.toLocaleString("en")} files`;
        progress?.report(Math.min(99, percentage), room === "parse" ? files : "following personal data");
      }),
    ),
  );
  // Not `all`: what goes wrong in one folder is logged there, and the others go on.
  await Promise.allSettled(
    folders.map(async (folder) => {
      await folder.refresh();
      await folder.analysis.loop.settled();
      await folder.keepFacts();
      ready++;
    }),
  );
  for (const listener of listeners) listener.dispose();
  progress?.done();
}

async function createProgress(connection: Connection): Promise<WorkDoneProgressServerReporter | undefined> {
  try {
    return await connection.window.createWorkDoneProgress();
  } catch {
    // The editor has the right to refuse; the work goes on without.
    return undefined;
  }
}
