/**
 * The messages between the extension and the language server that the Language Server Protocol does not have.
 * Types and method names only: both sides make their own message objects of them.
 */
import type { ProgressToken } from "vscode-languageserver-protocol";

/** Request: analyse every file of every folder, and from then on publish the findings of files that are not open too. */
export const scanWorkspaceMethod = "borderline/scanWorkspace";

export interface ScanWorkspaceParams {
  /** When given, `ScanProgress` values are sent to it with `$/progress`. */
  readonly partialResultToken?: ProgressToken;
}

export interface ScanProgress {
  /** Files that are analysed, and files that there are, over all folders. */
  readonly done: number;
  readonly total: number;
  /** `files`: one by one. `flows`: all of them together, after the last file. */
  readonly stage: "files" | "flows";
}

export interface ScanWorkspaceResult {
  /** Findings at or above the minimum confidence, those that a directive or an approval suppresses left out. */
  readonly findings: number;
  /** Files that have at least one of these findings. */
  readonly files: number;
  /** Files that were analysed. */
  readonly scanned: number;
  /** Folders that were scanned; 0 when no folder is open. */
  readonly folders: number;
  /** What kept the scan from seeing everything as asked. */
  readonly problems: readonly ProblemCount[];
  /** Said when clients stand on both sides of a border, and no policy says whose data may go where. */
  readonly policyMissing?: string;
  /** True when the scan was stopped before its end: the other fields then say nothing. */
  readonly cancelled: boolean;
}

/** Request: the text of a policy to start from, by what is found in one folder of the workspace. */
export const createPolicyMethod = "borderline/createPolicy";

export interface CreatePolicyParams {
  /** The folder's URI. */
  readonly folder: string;
}

export interface CreatePolicyResult {
  readonly text: string;
}

/** How often one sort of problem (`policy-invalid`, `file-too-large`, …) came up, and what the first one said. */
export interface ProblemCount {
  readonly code: string;
  readonly count: number;
  readonly example: string;
}

/** The name under which the server's diagnostics are shown. */
export const diagnosticSource = "borderline";

/** What the extension tells the server when it starts it. Other editors may leave out all of it. */
export interface InitializationOptions {
  /** Settings for editors that cannot be asked. */
  readonly settings?: unknown;
  /** The folder for what can be made again. Absent: with the packages of the project, or where the system has such things. */
  readonly cacheFolder?: string;
}

/** What the server reads from the editor's settings, section `borderline`. */
export interface Settings {
  readonly enable: boolean;
  readonly minimumConfidence: "low" | "medium" | "high";
}
