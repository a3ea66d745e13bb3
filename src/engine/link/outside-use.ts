import { folderOf, foldersAround } from "../base/file-path.ts";
import type { FileId } from "../base/location.ts";
import type { PackageInfo } from "../discover/index.ts";
import type { FileFacts } from "../extract/index.ts";
import type { Resolver } from "./resolve-module.ts";

/** What code that is not seen, such as a framework or a package's users, may use of the workspace. */
export interface OutsideUse {
  /** Of a file: all that it exports, and whatever its classes have. */
  ofAll(file: FileId): boolean;
  /** Of a file: an export of this name. */
  ofExport(file: FileId, name: string): boolean;
}

interface Parts {
  readonly files: ReadonlyMap<FileId, FileFacts>;
  readonly packages: readonly PackageInfo[];
  readonly resolver: Resolver;
}

/**
 * A file that no file of the workspace imports is started, or found by its name, by something else: it is an entry. What
 * entries export is named as a framework wants it, so a file that is imported too may export such a name for it. A package
 * is given away when it may be published, or when it says what it exports and nothing else in the workspace imports it.
 */
export function createOutsideUse({ files, packages, resolver }: Parts): OutsideUse {
  const packageOf = createPackageOf(packages);
  const named = new Map(packages.flatMap((info) => (info.name === undefined ? [] : [[info.name, info]])));
  const imported = new Set<FileId>();
  const usedWithin = new Set<PackageInfo>();
  const usedUnseen = new Set<PackageInfo>();
  for (const [file, facts] of files) {
    for (const specifier of importsOf(facts)) {
      const found = resolver.resolve(file, specifier);
      if (found.kind === "file") {
        imported.add(found.file);
        const info = packageOf(found.file);
        if (info && info !== packageOf(file)) usedWithin.add(info);
      } else if (found.kind === "package") {
        const info = named.get(found.name);
        if (info) usedUnseen.add(info);
      }
    }
  }
  const conventions = new Set<string>();
  for (const [file, { exports }] of files)
    if (!imported.has(file))
      for (const each of exports) if (each.kind !== "star") conventions.add(each.exported);

  function ofAll(file: FileId): boolean {
    const info = packageOf(file);
    if (!info || info.published || usedUnseen.has(info)) return true;
    return (info.entries.length > 0 || info.exports !== undefined) && !usedWithin.has(info);
  }

  return {
    ofAll,
    ofExport: (file, name) => !imported.has(file) || conventions.has(name) || ofAll(file),
  };
}

/** The specifiers of what a file imports to use: a type alone starts nothing. */
function importsOf({ imports, exports }: FileFacts): Set<string> {
  const specifiers = new Set<string>();
  for (const { specifier, bindings } of imports)
    if (bindings.length === 0 || bindings.some(({ typeOnly }) => !typeOnly)) specifiers.add(specifier);
  for (const each of exports) if (each.kind !== "local") specifiers.add(each.specifier);
  return specifiers;
}

function createPackageOf(packages: readonly PackageInfo[]): (file: FileId) => PackageInfo | undefined {
  const byFolder = new Map<string, PackageInfo | undefined>(packages.map((info) => [info.folder, info]));
  return (file) => {
    const folder = folderOf(file);
    if (!byFolder.has(folder)) {
      const around = foldersAround(folder).find((each) => byFolder.get(each));
      byFolder.set(folder, around === undefined ? undefined : byFolder.get(around));
    }
    return byFolder.get(folder);
  };
}
