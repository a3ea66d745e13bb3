import { folderOf, joinPath } from "../base/file-path.ts";
import type { FileId } from "../base/location.ts";
import type { PackageInfo, PathConfig } from "./project-files.ts";
import { isObject, type JsonObject } from "./read-config.ts";

/** What one configuration says once its `extends` is applied. Both folders are relative to the workspace root. */
interface Options {
  readonly baseUrl?: string;
  readonly paths?: { readonly folder: string; readonly patterns: JsonObject };
}

interface Texts {
  readonly contents: ReadonlyMap<FileId, JsonObject>;
  readonly packages: readonly PackageInfo[];
}

/** One `PathConfig` for each folder with a `tsconfig.json` (or else a `jsconfig.json`). */
export function readPathConfigs(texts: Texts): PathConfig[] {
  const configs: PathConfig[] = [];
  for (const file of texts.contents.keys()) {
    const folder = folderOf(file);
    const name = file.slice(folder === "" ? 0 : folder.length + 1);
    if (name !== "tsconfig.json" && name !== "jsconfig.json") continue;
    if (name === "jsconfig.json" && texts.contents.has(inFolder(folder, "tsconfig.json"))) continue;
    configs.push(pathConfigOf(folder, optionsWithReferences(file, texts)));
  }
  return configs;
}

/** A "solution" config only points at its siblings (`tsconfig.app.json`); the first that has paths speaks for the folder. */
function optionsWithReferences(file: FileId, texts: Texts): Options {
  const own = optionsOf(file, folderOf(file), texts, new Set());
  const references = texts.contents.get(file)?.references;
  if (own.paths || own.baseUrl !== undefined || !Array.isArray(references)) return own;
  for (const reference of references) {
    if (!isObject(reference) || typeof reference.path !== "string") continue;
    const target = joinPath(folderOf(file), reference.path);
    if (target === undefined || folderOf(target) !== folderOf(file) || !texts.contents.has(target)) continue;
    const options = optionsOf(target, folderOf(file), texts, new Set());
    if (options.paths || options.baseUrl !== undefined) return options;
  }
  return own;
}

function optionsOf(file: FileId, owner: string, texts: Texts, seen: ReadonlySet<FileId>): Options {
  const content = texts.contents.get(file);
  if (!content || seen.has(file)) return {};
  const folder = folderOf(file);
  const inherited = extendedBy(file, content, texts).map((base) =>
    optionsOf(base, owner, texts, new Set([...seen, file])),
  );
  const { baseUrl, paths } = isObject(content.compilerOptions) ? content.compilerOptions : {};
  const ownBase = typeof baseUrl === "string" ? resolveFrom(folder, baseUrl, owner) : undefined;
  return Object.assign(
    {},
    ...inherited,
    ownBase === undefined ? {} : { baseUrl: ownBase },
    isObject(paths) ? { paths: { folder, patterns: replaceConfigDir(paths, owner) } } : {},
  );
}

/** `${configDir}` stands for the folder of the config that extends, not of the one that is extended. */
const configDir = /^\$\{configDir\}\/?/;

function resolveFrom(folder: string, path: string, owner: string): string | undefined {
  return configDir.test(path) ? joinPath(owner, path.replace(configDir, "")) : joinPath(folder, path);
}

/** Targets with `${configDir}` become paths from the workspace root, marked by a leading slash. */
function replaceConfigDir(paths: JsonObject, owner: string): JsonObject {
  const replace = (target: unknown) =>
    typeof target === "string" && configDir.test(target)
      ? `/${joinPath(owner, target.replace(configDir, "")) ?? ""}`
      : target;
  return Object.fromEntries(
    Object.entries(paths).map(([pattern, targets]) => [
      pattern,
      Array.isArray(targets) ? targets.map(replace) : targets,
    ]),
  );
}

function extendedBy(file: FileId, content: JsonObject, { contents, packages }: Texts): FileId[] {
  return basesOf(file, content, packages).flatMap((names) =>
    names.filter((name) => contents.has(name)).slice(0, 1),
  );
}

/** For each configuration that is extended, the files that it may be. */
export function basesOf(file: FileId, content: JsonObject, packages: readonly PackageInfo[]): FileId[][] {
  const bases = Array.isArray(content.extends) ? content.extends : [content.extends];
  return bases.flatMap((base) => {
    if (typeof base !== "string") return [];
    const path = base.startsWith(".") ? joinPath(folderOf(file), base) : pathInPackage(base, packages);
    return path === undefined ? [] : [[path, `${path}.json`, inFolder(path, "tsconfig.json")]];
  });
}

/** `@corp/tsconfig/base.json`, when that package is in the workspace; what only `node_modules` holds is not looked at. */
function pathInPackage(specifier: string, packages: readonly PackageInfo[]): string | undefined {
  const found = packages.find(({ name }) => name && (specifier === name || specifier.startsWith(`${name}/`)));
  return found?.name ? joinPath(found.folder, specifier.slice(found.name.length)) : undefined;
}

function pathConfigOf(folder: string, { baseUrl, paths }: Options): PathConfig {
  const from = baseUrl ?? paths?.folder ?? folder;
  const rows = Object.entries(paths?.patterns ?? {}).map(([pattern, targets]) => ({
    pattern,
    targets: (Array.isArray(targets) ? targets : []).flatMap((target) => {
      if (typeof target !== "string") return [];
      const path = target.startsWith("/") ? joinPath("", target) : joinPath(from, target);
      return path === undefined ? [] : [path];
    }),
  }));
  return { folder, ...(baseUrl === undefined ? {} : { baseUrl }), paths: rows };
}

function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
