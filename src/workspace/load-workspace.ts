import { lstat } from "node:fs/promises";
import { basename, join } from "node:path";
import picomatch from "picomatch/posix";
import {
  emptyPolicy,
  type FileId,
  isEnvironmentFile,
  isSchemaFile,
  type Model,
  missingConfigs,
  type Policy,
  type Problem,
} from "../engine/index.ts";
import type { InputLog } from "./cache/input-log.ts";
import { describeIoError } from "./describe-io-error.ts";
import { type ListedFiles, listFiles } from "./list-files.ts";
import { readText } from "./read-text.ts";

/** The policy file's name, at the root of a workspace. */
export const policyFile: FileId = "borderline.jsonc";

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

/** How a policy's and a model file's text is understood. Given from outside: it takes the catalog to know that. */
export interface PolicyReaders {
  loadPolicy(
    file: FileId,
    text: string,
  ): {
    readonly policy: Policy;
    readonly problems: readonly Problem[];
    /** Globs of model files, relative to the policy's folder. */
    readonly modelFiles?: readonly string[];
  };
  loadModels(
    file: FileId,
    text: string,
  ): { readonly models: readonly Model[]; readonly problems: readonly Problem[] };
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
  const { policy, policyProblems } = await readPolicy(root, listed, options, read);
  return { files: listed.files, configs, policy, policyProblems, problems };
}

/** Whether `discover` wants to know this file's text: manifests, TypeScript configurations, schemas, environments. */
export function isConfigFile(file: FileId): boolean {
  if (isSchemaFile(file) || isEnvironmentFile(file)) return true;
  return /^(package|jsconfig|tsconfig(\..+)?)\.json$/.test(basename(file));
}

type Read = (file: FileId) => Promise<string | undefined>;

async function readPolicy(
  root: string,
  { files }: ListedFiles,
  { readers, overlay, signal, log }: WorkspaceOptions,
  read: Read,
): Promise<Pick<Workspace, "policy" | "policyProblems">> {
  let text = overlay?.get(policyFile);
  try {
    text ??= await readText(join(root, policyFile), signal);
  } catch (error) {
    signal?.throwIfAborted();
    const none = await lstat(join(root, policyFile)).then(
      () => false,
      () => true,
    );
    log?.set(policyFile, undefined);
    // A policy that is there but cannot be read is a mistake in it: to go on without would be to approve everything.
    return { policy: emptyPolicy, policyProblems: none ? [] : [unreadableConfig(policyFile, error)] };
  }
  log?.set(policyFile, text);
  const loaded = readers.loadPolicy(policyFile, text);
  const policyProblems = [...loaded.problems];
  const models = [...loaded.policy.models];
  for (const glob of loaded.modelFiles ?? []) {
    const matches = picomatch(glob.replace(/^\.\//, ""), { dot: true });
    const matched = files.filter((file) => matches(file));
    if (matched.length === 0) policyProblems.push(noModels(glob));
    for (const file of matched) {
      const modelText = await read(file);
      if (modelText === undefined) continue;
      const found = readers.loadModels(file, modelText);
      models.push(...found.models);
      policyProblems.push(...found.problems);
    }
  }
  return { policy: { ...loaded.policy, models }, policyProblems };
}

function noModels(glob: string): Problem {
  return {
    code: "policy-invalid",
    message: `No file of the workspace matches "${glob}" of "models".`,
    hint: "Write a path relative to the folder of borderline.jsonc, such as ./privacy/models/*.json.",
    file: policyFile,
  };
}

function unreadableConfig(file: FileId, error: unknown): Problem {
  return {
    code: "file-unreadable",
    message: `The file could not be read: ${describeIoError(error)}.`,
    hint: "Give read permission, or repair the link. Until then the analysis goes on without it.",
    file,
  };
}
