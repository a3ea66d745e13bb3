import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Where one workspace's part of a cache lies. */
export interface CachePlace {
  readonly folder: string;
  /** Tells workspaces in one folder apart. */
  readonly workspace: string;
  /** Tells versions of the tool apart: whatever changes in it may change what it says. */
  readonly build: string;
}

/** What the build wrote in: a digest of all of the tool's sources. Absent where they run without being built. */
declare const BORDERLINE_BUILD: string | undefined;

/** @returns undefined where no cache can be kept apart from that of other versions */
export function cachePlace(root: string, folder: string): CachePlace | undefined {
  const build = typeof BORDERLINE_BUILD === "undefined" ? undefined : BORDERLINE_BUILD;
  if (build === undefined) return undefined;
  const workspace = createHash("sha256").update(root).digest("hex").slice(0, 16);
  return { folder, workspace, build };
}

/** Where tools keep what can be made again: with the packages of the project, or else where the system has such things. */
export function cacheFolder(
  root: string,
  { platform, env }: Pick<NodeJS.Process, "platform" | "env">,
): string {
  const packages = join(root, "node_modules");
  if (existsSync(packages)) return join(packages, ".cache", "borderline");
  return join(systemFolder(platform, env), "borderline");
}

function systemFolder(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string {
  if (platform === "win32") return env.LOCALAPPDATA || join(homedir(), "AppData", "Local");
  if (platform === "darwin") return join(homedir(), "Library", "Caches");
  return env.XDG_CACHE_HOME || join(homedir(), ".cache");
}
