import { basename, join } from "node:path";
import {
  type FileId,
  isEnvironmentFile,
  isSchemaFile,
  missingConfigs,
  type Policy,
  type Problem,
} from "../engine/index.ts";
import type { InputLog } from "./cache/input-log.ts";
import { type ListedFiles, listFiles } from "./list-files.ts";
import { type PolicyReaders, readPolicies } from "./read-policies.ts";
import { readText } from "./read-text.ts";
import { unreadableConfig } from "./unreadable-config.ts";

/** One folder as the disk has it now: what a session needs, except the texts of the source files. */
export interface Workspace {
  readonly files: readonly FileId[];
  readonly configs: ReadonlyMap<FileId, string>;
  /** With the models of the files that it names. */
  readonly policy: Policy;
  /** Mistakes in the policy and in the model files. */
  readonly policyProblems: readonly Problem[];
  /** Folders and configuration files that could not be read. */
  readonly problems: readonly Problem[];
}

export interface WorkspaceOptions {
  readonly readers: PolicyReaders;
  /** Unsaved texts, which stand in for those on disk. */
  readonly overlay?: ReadonlyMap<FileId, string>;
  /** The folder's files, when they were listed already. */
  readonly listed?: ListedFiles;
  /** Gets the texts of configuration files, of the policy and of its models, as they were read. */
  readonly log?: InputLog;
  readonly signal?: AbortSignal;
}

/** Lists a folder and reads its configuration. Rejects when the folder itself cannot be read, or on abort. */
export async function loadWorkspace(root: string, options: WorkspaceOptions): Promise<Workspace> {
  const listed = options.listed ?? (await listFiles(root, options.signal));
  const problems = [...listed.problems];
  const read = async (file: FileId): Promise<string | undefined> => {
    try {
      const text = options.overlay?.get(file) ?? (await readText(join(root, file), options.signal));
      options.log?.set(file, text);
      return text;
    } catch (error) {
      options.signal?.throwIfAborted();
      problems.push(unreadableConfig(file, error));
      return undefined;
    }
  };
  const configs = new Map<FileId, string>();
  for (let wanted = listed.files.filter(isConfigFile); wanted.length > 0; ) {
    for (const file of wanted) configs.set(file, (await read(file)) ?? "");
    wanted = missingConfigs(listed.files, configs);
  }
  const { policy, policyProblems } = await readPolicies(root, listed, options, read);
  return { files: listed.files, configs, policy, policyProblems, problems };
}

/** Whether `discover` wants to know this file's text: manifests, TypeScript configurations, schemas, environments. */
export function isConfigFile(file: FileId): boolean {
  if (isSchemaFile(file) || isEnvironmentFile(file)) return true;
  return /^(package|jsconfig|tsconfig(\..+)?)\.json$/.test(basename(file));
}
