import { Worker } from "node:worker_threads";
import type { FileFacts, Problem, Session, StaleText } from "../engine/index.ts";

export interface WorkerOptions {
  /** How many threads at most. */
  readonly workers: number;
  /** The program that they run: `extract-worker.ts`, bundled. */
  readonly entry: string;
  readonly signal?: AbortSignal;
  /** Called after each file. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Parses the texts that a session has not parsed yet in worker threads, and hands it their facts. A file whose worker dies
 * is left to the session's next run, which parses it in this thread, and is named in a problem. Rejects on abort only.
 */
export async function extractInWorkers(
  session: Session,
  options: WorkerOptions,
): Promise<readonly Problem[]> {
  const { workers, signal, onProgress } = options;
  signal?.throwIfAborted();
  const texts = session.staleTexts();
  const queue = texts.values();
  const problems: Problem[] = [];
  let done = 0;
  const serve = async () => {
    const worker = startWorker(options);
    for (const stale of queue) {
      const answer = await worker.ask(stale);
      signal?.throwIfAborted();
      if ("stopped" in answer) {
        problems.push(workerStopped(stale, answer.stopped));
        break;
      }
      session.setFacts(stale, answer.facts);
      onProgress?.(++done, texts.length);
    }
    await worker.end();
  };
  await Promise.all(Array.from({ length: Math.min(workers, texts.length) }, serve));
  // Workers finish in any order.
  return problems.sort((a, b) => ((a.file ?? "") < (b.file ?? "") ? -1 : 1));
}

type Answer = { readonly facts: FileFacts } | { readonly stopped: string };

/** One thread, which is asked one thing at a time. */
function startWorker({ entry, signal }: WorkerOptions) {
  const worker = new Worker(entry);
  let stopped: string | undefined;
  let answer: ((answer: Answer) => void) | undefined;
  const stop = (why: string) => {
    stopped ??= why;
    answer?.({ stopped });
  };
  worker.on("message", (facts: FileFacts) => answer?.({ facts }));
  worker.on("messageerror", (error) => stop(describeError(error)));
  worker.on("error", (error) => stop(describeError(error)));
  worker.on("exit", (code) => stop(`it ended with code ${code}`));
  const onAbort = () => void worker.terminate();
  signal?.addEventListener("abort", onAbort, { once: true });
  return {
    ask(stale: StaleText): Promise<Answer> {
      return new Promise((resolve) => {
        answer = resolve;
        if (stopped === undefined) worker.postMessage(stale);
        else resolve({ stopped });
      });
    },
    async end(): Promise<void> {
      signal?.removeEventListener("abort", onAbort);
      await worker.terminate();
    },
  };
}

/** Not every error survives the way from another thread whole. */
function describeError(error: unknown): string {
  const hasMessage = typeof error === "object" && error !== null && "message" in error;
  return hasMessage ? String(error.message) : "it failed";
}

function workerStopped({ file }: StaleText, why: string): Problem {
  return {
    code: "worker-stopped",
    file,
    message: `A worker thread stopped at this file (${why}).`,
    hint: "The file was parsed in the main thread instead. Please report it, with the file if you can.",
  };
}
