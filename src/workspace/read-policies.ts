import { lstat } from "node:fs/promises";
import { dirname, join } from "node:path";
import picomatch from "picomatch/posix";
import {
  emptyPolicy,
  type FileId,
  type Model,
  nestPolicies,
  type Policy,
  type Problem,
  reasonToExclude,
  type WrittenPolicy,
} from "../engine/index.ts";
import type { InputLog } from "./cache/input-log.ts";
import type { ListedFiles } from "./list-files.ts";
import { readText } from "./read-text.ts";
import { unreadableConfig } from "./unreadable-config.ts";

/** The policy file's name, at the root of a workspace and in folders with a policy of their own. */
export const policyFile: FileId = "borderline.jsonc";

/** How a policy's and a model file's text is understood. Given from outside: it takes the catalog to know that. */
export interface PolicyReaders {
  loadPolicy(
    file: FileId,
    text: string,
    /** The policy of the workspace, for that of a folder. */
    outer?: Policy,
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

/** What is needed of the options of a workspace. */
interface PolicyOptions {
  readonly readers: PolicyReaders;
  readonly overlay?: ReadonlyMap<FileId, string>;
  readonly log?: InputLog;
  readonly signal?: AbortSignal;
}

type Read = (file: FileId) => Promise<string | undefined>;

interface Policies {
  readonly policy: Policy;
  /** Mistakes in the policies and in the model files. */
  readonly policyProblems: readonly Problem[];
}

/** The policy of the workspace, and those of folders in it, each with the models of the files that it names. */
export async function readPolicies(
  root: string,
  listed: ListedFiles,
  options: PolicyOptions,
  read: Read,
): Promise<Policies> {
  const top = await readTop(root, options);
  const policyProblems = [...top.problems];
  const policy = top.text === undefined ? emptyPolicy : await understood(policyFile, top.text);
  const written: WrittenPolicy[] = [];
  for (const file of listed.files.filter(isNested)) {
    const text = await read(file);
    if (text === undefined) continue;
    const own = await understood(file, text, policy);
    if (own.include.length > 0) policyProblems.push(includesNothing(file));
    written.push({ folder: dirname(file), policy: own });
  }
  return { policy: nestPolicies(policy, written), policyProblems };

  async function understood(file: FileId, text: string, outer?: Policy): Promise<Policy> {
    const loaded = options.readers.loadPolicy(file, text, outer);
    policyProblems.push(...loaded.problems);
    const models = [...loaded.policy.models];
    for (const glob of loaded.modelFiles ?? []) models.push(...(await modelsOf(file, glob)));
    return { ...loaded.policy, models };
  }

  async function modelsOf(policy: FileId, glob: string): Promise<readonly Model[]> {
    const matches = picomatch(join(dirname(policy), glob), { dot: true });
    const matched = listed.files.filter((file) => matches(file));
    if (matched.length === 0) policyProblems.push(noModels(policy, glob));
    const models: Model[] = [];
    for (const file of matched) {
      const text = await read(file);
      if (text === undefined) continue;
      const found = options.readers.loadModels(file, text);
      models.push(...found.models);
      policyProblems.push(...found.problems);
    }
    return models;
  }
}

/** In folders of code that is left out, such as tests, policies are samples. */
function isNested(file: FileId): boolean {
  return file.endsWith(`/${policyFile}`) && reasonToExclude(file) === undefined;
}

/** Undefined where there is none: no file is needed to start. */
async function readTop(
  root: string,
  { overlay, signal, log }: PolicyOptions,
): Promise<{ readonly text?: string; readonly problems: readonly Problem[] }> {
  try {
    const text = overlay?.get(policyFile) ?? (await readText(join(root, policyFile), signal));
    log?.set(policyFile, text);
    return { text, problems: [] };
  } catch (error) {
    signal?.throwIfAborted();
    const none = await lstat(join(root, policyFile)).then(
      () => false,
      () => true,
    );
    log?.set(policyFile, undefined);
    // A policy that is there but cannot be read is a mistake in it: to go on without would be to approve everything.
    return { problems: none ? [] : [unreadableConfig(policyFile, error)] };
  }
}

function noModels(file: FileId, glob: string): Problem {
  return {
    code: "policy-invalid",
    message: `No file of the workspace matches "${glob}" of "models".`,
    hint: "Write a path relative to the folder of borderline.jsonc, such as ./privacy/models/*.json.",
    file,
  };
}

function includesNothing(file: FileId): Problem {
  return {
    code: "policy-invalid",
    message: 'The policy of a folder cannot say what to "include": only that of the workspace does.',
    hint: 'Move the globs to the borderline.jsonc at the root, with the folder before them; "exclude" works here too.',
    file,
  };
}
