import type { FileId } from "../../engine/index.ts";

/** The texts that an answer rests on, as they were read; `undefined` for a file that was looked for and was not there. */
export type InputLog = Map<FileId, string | undefined>;
