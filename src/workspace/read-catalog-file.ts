import { readFile } from "node:fs/promises";

/**
 * What the build made of `src/catalog`: path → parsed JSON. It lies beside the bundles.
 * Rejects with a sentence that says what to do, because without it nothing works.
 */
export async function readCatalogFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The built-in catalog cannot be read (${why}). Install Borderline again, or run its build.`,
    );
  }
}
