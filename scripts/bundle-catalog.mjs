import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The folders of `src/catalog` that hold knowledge; everything else there is code. */
export const catalogFolders = ["data-types", "libraries", "presets", "regions", "rules", "schema"];

/**
 * Reads the catalog's folders into one object: path relative to the catalog (always with `/`) → parsed JSON.
 * Sorted, so the same folders always give the same bytes. A folder that does not exist is empty.
 *
 * @param {string} catalogDirectory usually `src/catalog`
 * @returns {Record<string, unknown>}
 * @throws {Error} naming the file, when one is not JSON
 */
export function bundleCatalog(catalogDirectory) {
  const root = resolve(catalogDirectory);
  const paths = catalogFolders.flatMap((folder) => jsonFilesUnder(root, folder)).sort();
  return Object.fromEntries(paths.map((path) => [path, readJson(join(root, path), path)]));
}

function jsonFilesUnder(root, folder) {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOENT") return [];
    throw error;
  }
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return jsonFilesUnder(root, path);
    return entry.name.endsWith(".json") ? [path] : [];
  });
}

function readJson(file, path) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`catalog file ${path} cannot be read: ${error.message}`);
  }
}
