import type { FileId } from "../base/location.ts";
import type { PackageInfo } from "../discover/index.ts";

/** Tells the name of the package that a file is in: that of the nearest package.json with a name. */
export function createPackageOf(packages: readonly PackageInfo[]): (file: FileId) => string | undefined {
  const named = packages
    .filter(({ name }) => name !== undefined)
    .sort((a, b) => b.folder.length - a.folder.length);
  return (file) => named.find(({ folder }) => folder === "" || file.startsWith(`${folder}/`))?.name;
}
