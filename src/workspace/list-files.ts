import type { Dirent } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { type FileId, isSourceFile, type Problem } from "../engine/index.ts";
import { describeIoError } from "./describe-io-error.ts";
import { type IgnoreRules, rulesOfRoot } from "./ignore-rules.ts";

export interface ListedFiles {
  /** All files that git would not ignore, in a fixed order. Choosing among them is the engine's part. */
  readonly files: readonly FileId[];
  /** Folders and links that could not be read. */
  readonly problems: readonly Problem[];
}

/** Never looked into, whatever `.gitignore` says. */
const skippedFolders = new Set(["node_modules", ".git", ".hg", ".svn"]);

/**
 * Lists the files under a folder. A link that leads to another place under it is passed over, since the files are listed
 * where they stand; one that leads out is followed once. Rejects when the folder itself cannot be read, or on abort.
 */
export async function listFiles(root: string, signal?: AbortSignal): Promise<ListedFiles> {
  const top = await realpath(root);
  const walk: Walk = { root: top, signal, files: [], problems: [], visited: new Set([top]) };
  await walkFolder(walk, top, "", await rulesOfRoot(top), await readdir(top, { withFileTypes: true }));
  return { files: walk.files.sort(), problems: walk.problems };
}

interface Walk {
  readonly root: string;
  readonly signal: AbortSignal | undefined;
  readonly files: FileId[];
  readonly problems: Problem[];
  /** Real paths that were entered through a link, and the root. */
  readonly visited: Set<string>;
}

/** @param id the folder's own path in the program, with a slash at its end, or "" for the root */
async function walkFolder(
  walk: Walk,
  path: string,
  id: string,
  rules: IgnoreRules,
  entries: readonly Dirent[],
): Promise<void> {
  walk.signal?.throwIfAborted();
  await Promise.all(
    entries.map(async (entry) => {
      const kind = entry.isSymbolicLink()
        ? await kindOfLink(walk, join(path, entry.name), id + entry.name)
        : entry;
      if (kind === undefined) return;
      if (kind.isDirectory()) await enterFolder(walk, join(path, entry.name), id, entry.name, rules);
      else if (kind.isFile() && !rules.ignores(entry.name, false)) walk.files.push(id + entry.name);
    }),
  );
}

async function enterFolder(
  walk: Walk,
  path: string,
  id: string,
  name: string,
  rules: IgnoreRules,
): Promise<void> {
  if (skippedFolders.has(name) || rules.ignores(name, true)) return;
  let entries: Dirent[];
  let gitignore: string | undefined;
  try {
    entries = await readdir(path, { withFileTypes: true });
    const hasRules = entries.some((entry) => entry.name === ".gitignore" && entry.isFile());
    gitignore = hasRules ? await readFile(join(path, ".gitignore"), "utf8") : undefined;
  } catch (error) {
    walk.problems.push(unreadable(id + name, "folder", error));
    return;
  }
  await walkFolder(walk, path, `${id}${name}/`, rules.enter(name, gitignore), entries);
}

/** What a link leads to; nothing when it is to be passed over. */
async function kindOfLink(
  walk: Walk,
  path: string,
  id: FileId,
): Promise<{ isFile(): boolean; isDirectory(): boolean } | undefined> {
  try {
    const target = await realpath(path);
    if (target === walk.root || target.startsWith(walk.root + sep) || walk.visited.has(target))
      return undefined;
    walk.visited.add(target);
    return await stat(target);
  } catch (error) {
    // A dead link to anything but code is nobody's trouble.
    if (isSourceFile(id)) walk.problems.push(unreadable(id, "file", error));
    return undefined;
  }
}

function unreadable(id: FileId, what: "file" | "folder", error: unknown): Problem {
  return {
    code: "file-unreadable",
    message: `The ${what} could not be read: ${describeIoError(error)}.`,
    hint: `Give read permission, repair the link, or exclude the ${what} in borderline.jsonc.`,
    file: id,
  };
}
