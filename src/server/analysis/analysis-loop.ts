import type { FirstAnswer, Progress, Report, Session } from "../../engine/index.ts";
import { runInSlices } from "./run-in-slices.ts";

/** What a loop tells its owner. */
export interface LoopEvents {
  /** ISO date of today; asked before every run. */
  today(): string;
  /** A run came to its end, and nothing has changed since it began. */
  onReport(report: Report): void;
  onProgress(progress: Progress): void;
  /** What is known of changed files before the run that is under way has come to its end. */
  onFirstAnswer(answer: FirstAnswer): void;
  /** A run threw. The last report stays. */
  onFailure(error: unknown): void;
}

/**
 * Keeps a session's report up to date. Every change abandons the run that is under way, so the newest text wins and a
 * change never waits; runs come one after the other, each in slices.
 */
export class AnalysisLoop {
  readonly #session: Session;
  readonly #events: LoopEvents;
  #generation = 0;
  /** The generation that the last report belongs to. */
  #reported = -1;
  #report: Report | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lastRun: Promise<void> = Promise.resolve();
  #waiting: { resolve(report: Report): void; reject(error: unknown): void }[] = [];
  #stopped = false;

  constructor(session: Session, events: LoopEvents) {
    this.#session = session;
    this.#events = events;
  }

  /** The last complete report, if there was one. */
  get report(): Report | undefined {
    return this.#report;
  }

  /** True when the last report covers every change so far. */
  get isCurrent(): boolean {
    return this.#reported === this.#generation;
  }

  /** The session was changed: run again after `delay` milliseconds without another change. */
  changed(delay: number): void {
    if (this.#stopped) return;
    this.#generation++;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#lastRun = this.#lastRun.then(() => this.#run());
    }, delay);
  }

  /** The first report that covers every change made until now. Rejects when the run fails or the loop is stopped. */
  settled(): Promise<Report> {
    if (this.#report !== undefined && this.isCurrent) return Promise.resolve(this.#report);
    if (this.#stopped) return Promise.reject(new Error("The analysis of this folder has ended."));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
  }

  /** Abandons what is under way, for good. */
  stop(): void {
    this.#stopped = true;
    this.#generation++;
    clearTimeout(this.#timer);
    for (const waiter of this.#takeWaiting())
      waiter.reject(new Error("The analysis of this folder has ended."));
  }

  async #run(): Promise<void> {
    const generation = this.#generation;
    if (this.#stopped || this.isCurrent) return;
    try {
      this.#session.setToday(this.#events.today());
      const isStale = () => generation !== this.#generation;
      const first = await runInSlices(this.#session.firstAnswer(), { isStale });
      if (first !== undefined) this.#events.onFirstAnswer(first);
      const report = await runInSlices(this.#session.run(), {
        isStale,
        onProgress: (progress) => this.#events.onProgress(progress),
      });
      if (report === undefined) return;
      this.#report = report;
      this.#reported = generation;
      this.#events.onReport(report);
      for (const waiter of this.#takeWaiting()) waiter.resolve(report);
    } catch (error) {
      this.#events.onFailure(error);
      for (const waiter of this.#takeWaiting()) waiter.reject(error);
    }
  }

  #takeWaiting() {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }
}
