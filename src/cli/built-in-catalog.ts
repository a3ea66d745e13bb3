import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadCatalog } from "../catalog/index.ts";
import type { Catalog } from "../engine/index.ts";
import { readCatalogFile } from "../workspace/index.ts";

/** The catalog that lies beside the program. */
export async function builtInCatalog(): Promise<Catalog> {
  const here = dirname(fileURLToPath(import.meta.url));
  const { catalog } = loadCatalog(await readCatalogFile(join(here, "catalog.json")), { trusted: true });
  return catalog;
}
