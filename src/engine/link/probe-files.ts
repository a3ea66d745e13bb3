import type { FileId } from "../base/location.ts";
import type { PackageInfo } from "../discover/index.ts";
import { type Probe, sourceOf } from "./package-targets.ts";

const extensions = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** What a specifier with the extension of the output may stand for; TypeScript prefers the source to the output. */
const sources: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".js", ".jsx"],
  ".jsx": [".tsx", ".jsx"],
  ".mjs": [".mts", ".mjs"],
  ".cjs": [".cts", ".cjs"],
};

/** Looks up paths among the files: as written, with an extension, as a folder with its `main` or its index file. */
export function createProbe(files: ReadonlySet<FileId>, packages: ReadonlyMap<string, PackageInfo>): Probe {
  const asFile = (path: string): FileId | undefined => {
    const extension = /\.[mc]?jsx?$/.exec(path)?.[0] ?? "";
    const stem = path.slice(0, path.length - extension.length);
    const swapped = (sources[extension] ?? []).map((source) => stem + source);
    return [...swapped, path, ...extensions.map((added) => path + added)].find((name) => files.has(name));
  };
  const inside = (folder: string) => asFile(folder === "" ? "index" : `${folder}/index`);
  return (path) => {
    const file = asFile(path);
    if (file !== undefined) return file;
    for (const entry of packages.get(path)?.entries ?? []) {
      const found = sourceOf(path, entry, (name) => asFile(name) ?? inside(name));
      if (found !== undefined) return found;
    }
    return inside(path);
  };
}
