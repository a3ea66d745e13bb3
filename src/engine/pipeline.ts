import type { FileId } from "./base/location.ts";
import type { ConfigTexts } from "./discover/index.ts";
import type { Report } from "./report/index.ts";
import { createSession, type Progress, type SessionOptions } from "./session.ts";

export interface AnalyzeInput extends SessionOptions {
  readonly files: readonly FileId[];
  readonly configs: ConfigTexts;
  /** The text of a file; throws when it cannot be read. */
  readonly readText: (file: FileId) => string;
  readonly onProgress?: (progress: Progress) => void;
}

/** One whole analysis, from nothing. */
export function analyze(input: AnalyzeInput): Report {
  const session = createSession(input);
  session.setWorkspace(input.files, input.configs);
  for (const file of session.missingTexts()) {
    try {
      session.setText(file, input.readText(file));
    } catch (error) {
      session.setUnreadable(file, String(error));
    }
  }
  const run = session.run();
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
    input.onProgress?.(next.value);
  }
}
