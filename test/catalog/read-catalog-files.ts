import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../src/catalog");

/** The catalog's own files, as the bundle step gives them to the loader. */
export function readCatalogFiles(): Record<string, unknown> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".json"))
    .sort();
  return Object.fromEntries(paths.map((path) => [path, JSON.parse(readFileSync(join(root, path), "utf8"))]));
}
