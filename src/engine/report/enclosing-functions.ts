import type { FileId } from "../base/location.ts";
import type { Site } from "../solve/index.ts";
import type { ReportFile } from "./report-file.ts";

export type IsUncalled = (file: FileId, index: number) => boolean;

/** The functions around a place, the innermost first; the module's body is none of them. */
export function functionsAround(functions: ReportFile["functions"], offset: number): number[] {
  let inner = 0;
  functions.forEach(({ span }, index) => {
    const best = functions[inner]?.span;
    if (span.start > offset || span.end < offset) return;
    if (index > 0 && (inner === 0 || best === undefined || span.end - span.start <= best.end - best.start))
      inner = index;
  });
  const around: number[] = [];
  for (let at: number | undefined = inner; at !== undefined && at !== 0; at = functions[at]?.parent)
    around.push(at);
  return around;
}

/** The name of the outermost function around a place to which nothing leads; absent when all of them are led to. */
export function uncalledAround(
  file: ReportFile | undefined,
  site: Site,
  uncalled: IsUncalled,
): string | undefined {
  if (!file) return undefined;
  const dead = functionsAround(file.functions, site.start).filter((index) => uncalled(site.file, index));
  const outermost = dead.at(-1);
  return outermost === undefined ? undefined : (file.functions[outermost]?.name ?? "");
}
