import { relative, resolve, sep } from "node:path";
import type { Catalog, Report } from "../engine/index.ts";
import {
  type CachePlace,
  cacheFolder,
  cachePlace,
  type InputLog,
  listFiles,
  openFactsCache,
  resultCache,
} from "../workspace/index.ts";
import { type Analyzed, type AnalyzeOptions, analyzeWorkspace, today } from "./analyze-workspace.ts";

/** Where a command may keep what it computed, as commander gives it. */
export interface CacheOptions {
  readonly cache: boolean;
  readonly cacheDir?: string;
}

/** What a report rests on, whether it was computed now or before. */
export interface Scanned {
  readonly report: Report;
  readonly rules: Catalog["rules"];
  /** Absent when nothing has changed since the last scan, whose report this is. */
  readonly analyzed?: Analyzed;
  /** Keeps what the next scan can use. It may come after the report is out. */
  save(): Promise<void>;
}

/** `analyzeWorkspace`, with what earlier scans of the folder have left. The same report, byte for byte. */
export async function scanWorkspace(
  root: string,
  cache: CacheOptions,
  options: AnalyzeOptions,
): Promise<Scanned> {
  const place = placeOf(root, cache);
  if (!place) {
    const analyzed = await analyzeWorkspace(root, options);
    return { ...answerOf(analyzed), analyzed, save: async () => {} };
  }
  const began = Date.now();
  options.clock?.enter("discover");
  const listed = await listFiles(root, options.signal);
  options.clock?.enter("cache");
  const circumstances = JSON.stringify([
    today(),
    { ...listed, files: outside(place.folder, root, listed.files) },
  ]);
  const results = resultCache(place);
  const kept = options.keepSummaries ? undefined : await results.load(root, circumstances);
  options.signal.throwIfAborted();
  if (kept) return { ...(kept as ReturnType<typeof answerOf>), save: async () => {} };
  const facts = await openFactsCache(place);
  const log: InputLog = new Map();
  const analyzed = await analyzeWorkspace(root, { ...options, listed, log, facts });
  const answer = answerOf(analyzed);
  return {
    ...answer,
    analyzed,
    async save() {
      await facts.save();
      if (isReproducible(answer.report)) await results.save(root, circumstances, log, began, answer);
    },
  };
}

function placeOf(root: string, { cache, cacheDir }: CacheOptions): CachePlace | undefined {
  if (!cache) return undefined;
  return cachePlace(root, cacheDir === undefined ? cacheFolder(root, process) : resolve(cacheDir));
}

function answerOf({ report, catalog }: Analyzed) {
  return { report, rules: catalog.rules };
}

/** A cache that lies within the folder is no part of what is scanned. */
function outside(folder: string, root: string, files: readonly string[]): readonly string[] {
  const prefix = `${relative(root, folder).split(sep).join("/")}/`;
  return files.filter((file) => !file.startsWith(prefix));
}

/** What went wrong on the way may go well the next time, though no file has changed. */
function isReproducible({ problems }: Report): boolean {
  return !problems.some(({ code }) => code === "file-unreadable" || code === "worker-stopped");
}
