import type { FileId } from "../base/location.ts";
import type { ClassFacts, FileFacts, FunctionFacts } from "../extract/index.ts";

/** What this room needs to know of one file; `FileFacts` are accepted as they are. */
export interface ReportFile extends Pick<FileFacts, "lineStarts" | "directives" | "problems"> {
  readonly functions: readonly Pick<FunctionFacts, "name" | "kind" | "parent" | "class" | "span">[];
  readonly classes: readonly Pick<ClassFacts, "name">[];
  readonly exports?: FileFacts["exports"];
}

export type ReportFiles = ReadonlyMap<FileId, ReportFile>;
