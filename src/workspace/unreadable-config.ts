import type { FileId, Problem } from "../engine/index.ts";
import { describeIoError } from "./describe-io-error.ts";

/** What to say of a file that is there and cannot be read. */
export function unreadableConfig(file: FileId, error: unknown): Problem {
  return {
    code: "file-unreadable",
    message: `The file could not be read: ${describeIoError(error)}.`,
    hint: "Give read permission, or repair the link. Until then the analysis goes on without it.",
    file,
  };
}
