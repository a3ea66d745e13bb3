/**
 * The outside world: the file system as the engine is told of it. Nothing here knows what a finding is.
 */
export { type CachePlace, cacheFolder, cachePlace } from "./cache/cache-place.ts";
export { type FactsCache, openFactsCache } from "./cache/facts-cache.ts";
export type { InputLog } from "./cache/input-log.ts";
export { type Circumstances, type ResultCache, resultCache } from "./cache/result-cache.ts";
export { extractInWorkers, type WorkerOptions } from "./extract-in-workers.ts";
export { fillSession } from "./fill-session.ts";
export { type ListedFiles, listFiles } from "./list-files.ts";
export { isConfigFile, loadWorkspace, type Workspace, type WorkspaceOptions } from "./load-workspace.ts";
export { readCatalogFile } from "./read-catalog-file.ts";
export { type PolicyReaders, policyFile } from "./read-policies.ts";
export { readText } from "./read-text.ts";
