import type { CancellationToken } from "vscode-languageserver/node";
import type { Problem, Progress, Report } from "../engine/index.ts";
import type { ProblemCount, ScanProgress, ScanWorkspaceResult } from "../protocol/index.ts";
import type { FolderAnalysis } from "./analysis/folder-analysis.ts";
import { throttle } from "./throttle.ts";

export interface ScanInput {
  readonly folders: readonly FolderAnalysis[];
  readonly token: CancellationToken;
  readonly onProgress: (progress: ScanProgress) => void;
}

const cancelledResult: ScanWorkspaceResult = {
  findings: 0,
  files: 0,
  scanned: 0,
  folders: 0,
  problems: [],
  cancelled: true,
};

/**
 * Reads every folder anew and waits for its report; on success each folder shows the findings of all its files.
 * Cancelling ends the wait at once and changes nothing of what is shown; what was read and parsed is kept.
 */
export async function scanWorkspace({ folders, token, onProgress }: ScanInput): Promise<ScanWorkspaceResult> {
  const isCancelled = () => token.isCancellationRequested;
  const cancelled = new Promise<"cancelled">((resolve) => {
    token.onCancellationRequested(() => resolve("cancelled"));
    if (isCancelled()) resolve("cancelled");
  });
  const read = Promise.all(folders.map((folder) => folder.reread(isCancelled)));
  if ((await Promise.race([read, cancelled])) === "cancelled") return cancelledResult;

  const total = folders.reduce((sum, folder) => sum + folder.size, 0);
  const reports: Report[] = [];
  let before = 0;
  for (const folder of folders) {
    const offset = before;
    const listening = folder.analysis.onProgress(
      throttle((progress) => {
        onProgress({ done: offset + filesDone(progress, folder.size), total, stage: stageOf(progress) });
      }),
    );
    try {
      const outcome = await Promise.race([folder.analysis.loop.settled(), cancelled]);
      if (outcome === "cancelled" || isCancelled()) return cancelledResult;
      reports.push(outcome);
    } finally {
      listening.dispose();
    }
    before += folder.size;
    onProgress({ done: before, total, stage: "files" });
  }
  for (const { analysis } of folders) {
    analysis.showAllFiles();
    analysis.republish();
  }
  return resultOf(folders, reports);
}

/** A run counts only the files that it has to parse; those that did not change are done from the start. */
function filesDone(progress: Progress, size: number): number {
  if (progress.room !== "parse") return size;
  return Math.max(0, Math.min(size, size - (progress.total - progress.done)));
}

function stageOf(progress: Progress): ScanProgress["stage"] {
  return progress.room === "parse" ? "files" : "flows";
}

function resultOf(folders: readonly FolderAnalysis[], reports: readonly Report[]): ScanWorkspaceResult {
  const problems = reports.flatMap((report) => report.problems);
  const missing = problems.find(({ code }) => code === "policy-missing");
  const findings = folders.map(({ analysis }) => analysis.findings());
  return {
    findings: findings.flat().length,
    files: findings.reduce((sum, list) => sum + new Set(list.map(({ location }) => location.file)).size, 0),
    scanned: reports.reduce((sum, { stats }) => sum + stats.files, 0),
    folders: folders.length,
    problems: countProblems(problems),
    ...(missing && { policyMissing: missing.message }),
    cancelled: false,
  };
}

function countProblems(problems: readonly Problem[]): ProblemCount[] {
  const counts = new Map<string, ProblemCount>();
  for (const { code, file, message } of problems) {
    // What is of no use, or not there yet, does not make the scan see less.
    if (code.startsWith("directive-") || code === "policy-unused" || code === "policy-missing") continue;
    const known = counts.get(code);
    const example = known?.example ?? (file === undefined ? message : `${file}: ${message}`);
    counts.set(code, { code, count: (known?.count ?? 0) + 1, example });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}
