import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { loadModels, loadPolicy } from "../catalog/index.ts";
import {
  type Catalog,
  createSession,
  emptyPolicy,
  type FactsStore,
  type Problem,
  type Progress,
  type Report,
  type Session,
} from "../engine/index.ts";
import { wordProblem } from "../reporters/index.ts";
import {
  extractInWorkers,
  fillSession,
  type InputLog,
  type ListedFiles,
  loadWorkspace,
} from "../workspace/index.ts";
import { builtInCatalog } from "./built-in-catalog.ts";
import { CannotRun } from "./cannot-run.ts";
import type { RoomClock } from "./room-clock.ts";
import { usefulWorkers } from "./useful-workers.ts";

export interface Analyzed {
  readonly report: Report;
  readonly catalog: Catalog;
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
  readonly clock?: RoomClock;
  /** The folder's files, when they were listed already. */
  readonly listed?: ListedFiles;
  /** Gets the texts that the report rests on. */
  readonly log?: InputLog;
  /** Facts of earlier scans. */
  readonly facts?: FactsStore;
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
export async function analyzeWorkspace(root: string, options: AnalyzeOptions): Promise<Analyzed> {
  const { signal, onProgress, keepSummaries = false, withoutPolicy = false, clock, facts } = options;
  clock?.enter("discover");
  const catalog = await builtInCatalog();
  const given = { signal, ...(options.log && { log: options.log }) };
  const workspace = await loadWorkspace(root, {
    readers: {
      loadPolicy: (file, text, outer) => loadPolicy(file, text, catalog, outer),
      loadModels: (file, text) => loadModels(file, text, catalog),
    },
    ...given,
    ...(options.listed && { listed: options.listed }),
  });
  if (!withoutPolicy && workspace.policyProblems.length > 0) {
    const listed = workspace.policyProblems.map(wordProblem).join("\n");
    throw new CannotRun(`the policy has mistakes, so nothing was scanned.\n${listed}`);
  }
  const policy = withoutPolicy ? emptyPolicy : workspace.policy;
  const session = createSession({ catalog, policy, today: today(), keepSummaries });
  if (facts) session.setFactsStore(facts);
  session.setWorkspace(workspace.files, workspace.configs);
  clock?.enter("read");
  await fillSession(session, root, {
    ...given,
    onProgress: (done, total) => onProgress("Reading files", done, total),
  });
  clock?.enter("parse");
  const problems = await parseInWorkers(session, options);
  session.setPolicy(policy, [...workspace.problems, ...problems]);
  return { report: await runSession(session, options), catalog, session };
}

/** Files that workers parsed are not parsed again by the session. */
async function parseInWorkers(
  session: Session,
  { workers, signal, onProgress }: AnalyzeOptions,
): Promise<readonly Problem[]> {
  const threads = workers ?? usefulWorkers(availableParallelism(), session.staleTexts().length);
  if (threads <= 1) return [];
  return extractInWorkers(session, {
    workers: threads,
    entry: fileURLToPath(new URL("extract-worker.cjs", import.meta.url)),
    signal,
    onProgress: (done, total) => onProgress(doing.parse, done, total),
  });
}

async function runSession(session: Session, { signal, onProgress, clock }: AnalyzeOptions): Promise<Report> {
  const run = session.run();
  let breathed = performance.now();
  for (;;) {
    const step = run.next();
    if (step.done) {
      clock?.enter("output");
      return step.value;
    }
    const { room, done, total } = step.value;
    // What runs until a room yields belongs to the room that yielded before: rooms say when they begin.
    clock?.enter(room);
    if (performance.now() - breathed < breath) continue;
    onProgress(doing[room], done, total);
    await setImmediate();
    signal.throwIfAborted();
    breathed = performance.now();
  }
}

/** By UTC: machines in different places give the same answer for the same commit. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
