import type { FileId } from "../base/location.ts";
import type { Program } from "../link/index.ts";
import type { ApiGraph } from "./api-graph.ts";
import { someAtom } from "./shape.ts";
import type { SharedState } from "./shared-state.ts";
import type { Summary } from "./summary.ts";

/** What is left of a program that was solved. */
export interface Settled {
  readonly summaries: readonly (Summary | undefined)[];
  /** Who asked for a function's summary. */
  readonly dependents: ReadonlyMap<number, ReadonlySet<number>>;
  readonly applied: ReadonlySet<number>;
  readonly state: SharedState;
  readonly graph: ApiGraph;
}

/** What was solved before, and the files that are others now. */
export interface Before {
  readonly settled: Settled;
  readonly files: ReadonlySet<FileId>;
}

export function summariesWithout(
  { settled, files }: Before,
  { functions }: Program,
): (Summary | undefined)[] {
  return settled.summaries.map((summary, id) => (files.has(functions[id]?.file ?? "") ? undefined : summary));
}

/** Callers decide whether what these files say of a value is so: they are asked again, though they are told the same. */
export function tellsOf(files: ReadonlySet<FileId>, { hits }: Summary): boolean {
  return hits.some(({ data }) =>
    someAtom(data, (atom) => {
      if (atom.kind === "source") return files.has(atom.source.site.file);
      return atom.kind === "type" && files.has(atom.site.file);
    }),
  );
}
