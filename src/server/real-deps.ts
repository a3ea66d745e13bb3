import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadCatalog, loadModels, loadPolicy } from "../catalog/index.ts";
import { createSession, type Policy } from "../engine/index.ts";
import {
  cacheFolder,
  cachePlace,
  loadWorkspace,
  openFactsCache,
  readCatalogFile,
  readText,
} from "../workspace/index.ts";
import type { ServerDeps } from "./server-deps.ts";

/** The disk, the clock and the engine. Files of our own are looked for from the bundle, in `dist/`. */
export function createRealDeps(): ServerDeps {
  return {
    version: readVersion(),
    loadCatalog: async () => {
      const files = await readCatalogFile(fileURLToPath(new URL("catalog.json", import.meta.url)));
      return loadCatalog(files, { trusted: true });
    },
    readFolder: async (root, overlay, catalog) => {
      const readers = {
        loadPolicy: (file: string, text: string, outer?: Policy) => loadPolicy(file, text, catalog, outer),
        loadModels: (file: string, text: string) => loadModels(file, text, catalog),
      };
      const { files, configs, policy, policyProblems, problems } = await loadWorkspace(root, {
        readers,
        overlay,
      });
      return { files, configs, policy, problems: [...policyProblems, ...problems] };
    },
    readText: (path) => readText(path),
    createSession,
    openFacts: async (root, folder) => {
      const place = cachePlace(root, folder ?? cacheFolder(root, process));
      return place && openFactsCache(place);
    },
    today: () => new Date().toISOString().slice(0, 10),
    rulePage: (rule) => {
      const page = new URL(`../docs/rules/${rule}.md`, import.meta.url);
      return existsSync(page) ? page.href : undefined;
    },
  };
}

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return String(manifest.version);
}
