import { folderOf, foldersAround, joinPath } from "../base/file-path.ts";
import type { FileId } from "../base/location.ts";
import type { PackageInfo, PathConfig, ProjectFiles } from "../discover/index.ts";
import { matchPattern, type Probe, sourceOf, targetsFor } from "./package-targets.ts";
import { createProbe } from "./probe-files.ts";

/** Where a module specifier leads. */
export type ResolvedModule =
  | { readonly kind: "file"; readonly file: FileId }
  /** Not in the workspace: an npm package or a Node module (without `node:`). `subpath` is "" for the package itself. */
  | { readonly kind: "package"; readonly name: string; readonly subpath: string }
  | { readonly kind: "unresolved" };

export interface Resolver {
  resolve(from: FileId, specifier: string): ResolvedModule;
}

interface Scope {
  readonly probe: Probe;
  readonly configs: ReadonlyMap<string, PathConfig>;
  /** By folder. */
  readonly packages: ReadonlyMap<string, PackageInfo>;
  readonly packagesByName: ReadonlyMap<string, PackageInfo>;
}

const unresolved: ResolvedModule = { kind: "unresolved" };

/**
 * Resolves module specifiers as the workspace's own tools do, over the files that are analysed. Where a package of the
 * workspace points to what its build makes, the source behind it is found. Answers are kept: one resolver is for one
 * set of files.
 */
export function createResolver(project: ProjectFiles, files: ReadonlySet<FileId>): Resolver {
  const packages = new Map(project.packages.map((info) => [info.folder, info]));
  const scope: Scope = {
    probe: createProbe(files, packages),
    configs: new Map(project.configs.map((config) => [config.folder, config])),
    packages,
    packagesByName: byName(project.packages),
  };
  const answers = new Map<string, ResolvedModule>();
  return {
    resolve(from, specifier) {
      const folder = folderOf(from);
      const key = `${folder}\n${specifier}`;
      let answer = answers.get(key);
      if (!answer) {
        answer = resolveFrom(folder, specifier, scope);
        answers.set(key, answer);
      }
      return answer;
    },
  };
}

/** When two packages have one name, the one nearer to the root is meant: the other is a copy or a template. */
function byName(packages: readonly PackageInfo[]): Map<string, PackageInfo> {
  const named = new Map<string, PackageInfo>();
  const depth = ({ folder }: PackageInfo) => folder.split("/").length;
  for (const info of [...packages].sort((a, b) => depth(a) - depth(b))) {
    if (info.name !== undefined && !named.has(info.name)) named.set(info.name, info);
  }
  return named;
}

function resolveFrom(folder: string, written: string, scope: Scope): ResolvedModule {
  // Bundlers let a query say how to load a file: `./page.ts?raw`.
  const specifier = written.replace(/\?.*$/, "");
  if (specifier.startsWith("node:")) return packageNamed(specifier.slice("node:".length));
  if (/^\.\.?(?:\/|$)/.test(specifier)) {
    const path = joinPath(folder, specifier);
    return fileOr(path === undefined ? undefined : scope.probe(path), unresolved);
  }
  if (specifier === "" || specifier.startsWith("/") || /^[a-z]+:/i.test(specifier)) return unresolved;
  const aliased = throughConfig(folder, specifier, scope);
  if (aliased !== undefined) return { kind: "file", file: aliased };
  if (specifier.startsWith("#")) return throughImports(folder, specifier, scope);
  const outside = packageNamed(specifier);
  if (outside.kind !== "package") return outside;
  const info = scope.packagesByName.get(outside.name);
  return fileOr(info ? inPackage(info, outside.subpath, scope.probe) : undefined, outside);
}

/** `paths` and `baseUrl` of the nearest configuration. */
function throughConfig(folder: string, specifier: string, scope: Scope): FileId | undefined {
  const config = nearest(folder, scope.configs);
  if (!config) return undefined;
  let best:
    | { readonly length: number; readonly matched: string; readonly targets: readonly string[] }
    | undefined;
  for (const { pattern, targets } of config.paths) {
    const matched = matchPattern(pattern, specifier);
    if (matched === undefined) continue;
    // An exact pattern beats every prefix; else the longest prefix wins.
    const star = pattern.indexOf("*");
    const length = star < 0 ? Number.POSITIVE_INFINITY : star;
    if (!best || length > best.length) best = { length, matched, targets };
  }
  const { targets, matched } = best ?? { targets: [], matched: "" };
  for (const target of targets) {
    const path = target.replace("*", () => matched);
    const info = nearest(path, scope.packages);
    const found =
      scope.probe(path) ?? (info && sourceOf(info.folder, within(info.folder, path), scope.probe));
    if (found !== undefined) return found;
  }
  const path = config.baseUrl === undefined ? undefined : joinPath(config.baseUrl, specifier);
  return path === undefined ? undefined : scope.probe(path);
}

/** `#name`: the `imports` of the package that the importing file belongs to. */
function throughImports(folder: string, specifier: string, scope: Scope): ResolvedModule {
  const info = nearest(folder, scope.packages);
  for (const target of info ? targetsFor(info.imports, specifier) : []) {
    if (!target.startsWith(".")) return resolveFrom(folder, target.replace(/^#.*/, ""), scope);
    const file = sourceOf(info?.folder ?? "", target, scope.probe);
    if (file !== undefined) return { kind: "file", file };
  }
  return unresolved;
}

function inPackage(info: PackageInfo, subpath: string, probe: Probe): FileId | undefined {
  const listed = targetsFor(info.exports, subpath === "" ? "." : `./${subpath}`);
  const fallbacks =
    subpath === ""
      ? [...info.entries, "src/index", "src/main", "index", "lib/index", "source/index"]
      : [subpath, `src/${subpath}`];
  for (const target of [...listed, ...fallbacks]) {
    const file = sourceOf(info.folder, target, probe);
    if (file !== undefined) return file;
  }
  return undefined;
}

/** `@scope/name/sub/path` → name and subpath. `@/x` and `~/x` are aliases that nothing explains. */
function packageNamed(specifier: string): ResolvedModule {
  const match = /^((?:@[^/]+\/)?[^@~/.][^/]*)(?:\/(.*))?$/.exec(specifier);
  return match ? { kind: "package", name: match[1] as string, subpath: match[2] ?? "" } : unresolved;
}

function fileOr(file: FileId | undefined, otherwise: ResolvedModule): ResolvedModule {
  return file === undefined ? otherwise : { kind: "file", file };
}

function nearest<T>(folder: string, byFolder: ReadonlyMap<string, T>): T | undefined {
  for (const around of foldersAround(folder)) {
    const found = byFolder.get(around);
    if (found !== undefined) return found;
  }
  return undefined;
}

function within(folder: string, path: string): string {
  return folder === "" ? path : path.slice(folder.length + 1);
}
