import type { Catalog } from "./base/catalog.ts";
import type { FileId } from "./base/location.ts";
import type { Policy } from "./base/policy.ts";
import type { Problem } from "./base/problem.ts";
import type { ConfigTexts } from "./discover/index.ts";
import type { Report } from "./report/index.ts";

export interface SessionOptions {
  readonly catalog: Catalog;
  readonly policy: Policy;
  /** ISO date (`2026-11-24`): approvals and directives expire by it. The engine never asks the clock. */
  readonly today: string;
}

/** What a run of the corridor is busy with; yielded between units of work, so that a host can breathe, report, or stop. */
export interface Progress {
  readonly room: "parse" | "link" | "solve" | "report";
  readonly done: number;
  readonly total: number;
}

/** The pipeline over time: apply file changes, reuse what did not change. */
export interface Session {
  /** The workspace's files (all of them; `discover` chooses) and the texts of its configuration files. */
  setWorkspace(files: readonly FileId[], configs: ConfigTexts): void;
  /** New policy or catalog: solves again, parses nothing again. */
  setPolicy(policy: Policy, problems?: readonly Problem[]): void;
  setCatalog(catalog: Catalog): void;
  setToday(today: string): void;
  /** The file's text changed. A file that the workspace does not have is added to it. */
  setText(file: FileId, text: string): void;
  /** The file is gone. */
  remove(file: FileId): void;
  /** The file could not be read: kept as a problem until its text comes. */
  setUnreadable(file: FileId, reason: string): void;
  /** Files that `discover` chose and whose text is not known yet: read them and call `setText`. */
  missingTexts(): readonly FileId[];
  /** Brings the report up to date. A run that is abandoned half-way loses nothing but its own work. */
  run(): Generator<Progress, Report, void>;
}

export function createSession(_options: SessionOptions): Session {
  throw new Error("not built yet");
}
