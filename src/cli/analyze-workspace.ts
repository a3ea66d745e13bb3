import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadModels, loadPolicy } from "../catalog/index.ts";
import {
  type Catalog,
  createSession,
  emptyPolicy,
  type Progress,
  type Report,
  type Session,
} from "../engine/index.ts";
import { type RoomTime, wordProblem } from "../reporters/index.ts";
import { extractInWorkers, fillSession, loadWorkspace } from "../workspace/index.ts";
import { builtInCatalog } from "./built-in-catalog.ts";
import { CannotRun } from "./cannot-run.ts";
import { usefulWorkers } from "./useful-workers.ts";

export interface Analyzed {
  readonly report: Report;
  readonly catalog: Catalog;
  readonly rooms: readonly RoomTime[];
  /** For what functions contribute; empty answers unless `keepSummaries` was asked for. */
  readonly session: Session;
}

export interface AnalyzeOptions {
  /** Threads that parse. One: none besides this. Absent: as many as the machine and the workspace call for. */
  readonly workers?: number;
  readonly keepSummaries?: boolean;
  /** As if there were none: its mistakes do not matter either. */
  readonly withoutPolicy?: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (what: string, done: number, total: number) => void;
}

const doing: Readonly<Record<Progress["room"], string>> = {
  parse: "Parsing files",
  link: "Linking files",
  solve: "Following data",
  report: "Reporting",
};

/** Longest time, in milliseconds, without a look at the world: an interrupt is heard, the bar moves. */
const breath = 50;

/**
 * One analysis of a folder from the disk. Rejects with `CannotRun` when its policy or a model has mistakes, since a scan
 * under another policy than the one that was meant gives a false answer; and on abort.
 */
export async function analyzeWorkspace(
  root: string,
  { workers, signal, onProgress, keepSummaries = false, withoutPolicy = false }: AnalyzeOptions,
): Promise<Analyzed> {
  const catalog = await builtInCatalog();
  const workspace = await loadWorkspace(root, {
    readers: {
      loadPolicy: (file, text) => loadPolicy(file, text, catalog),
      loadModels: (file, text) => loadModels(file, text, catalog),
    },
    signal,
  });
  if (!withoutPolicy && workspace.policyProblems.length > 0) {
    const listed = workspace.policyProblems.map(wordProblem).join("\n");
    throw new CannotRun(`the policy has mistakes, so nothing was scanned.\n${listed}`);
  }
  const policy = withoutPolicy ? emptyPolicy : workspace.policy;
  const session = createSession({ catalog, policy, today: today(), keepSummaries });
  session.setWorkspace(workspace.files, workspace.configs);
  await fillSession(session, root, {
    signal,
    onProgress: (done, total) => onProgress("Reading files", done, total),
  });
  const threads = workers ?? usefulWorkers(availableParallelism(), session.staleTexts().length);
  const parsing = performance.now();
  const problems =
    threads <= 1
      ? []
      : await extractInWorkers(session, {
          workers: threads,
          entry: fileURLToPath(new URL("extract-worker.cjs", import.meta.url)),
          signal,
          onProgress: (done, total) => onProgress(doing.parse, done, total),
        });
  session.setPolicy(policy, [...workspace.problems, ...problems]);
  // Files that workers parsed are not parsed again by the session.
  const rooms = new Map<Progress["room"], number>([["parse", performance.now() - parsing]]);
  const report = await runSession(session, signal, onProgress, rooms);
  const times = [...rooms].map(([room, milliseconds]) => ({ room, milliseconds }));
  return { report, catalog, rooms: times, session };
}

async function runSession(
  session: Session,
  signal: AbortSignal,
  onProgress: AnalyzeOptions["onProgress"],
  rooms: Map<Progress["room"], number>,
): Promise<Report> {
  const run = session.run();
  let breathed = performance.now();
  let room: Progress["room"] = "parse";
  for (;;) {
    const started = performance.now();
    const step = run.next();
    // What runs until a room yields belongs to the room that yielded before: rooms say when they begin.
    rooms.set(room, (rooms.get(room) ?? 0) + performance.now() - started);
    if (step.done) return step.value;
    room = step.value.room;
    if (performance.now() - breathed < breath) continue;
    const { done, total } = step.value;
    onProgress(doing[room], done, total);
    await setImmediate();
    signal.throwIfAborted();
    breathed = performance.now();
  }
}

/** By UTC: machines in different places give the same answer for the same commit. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
