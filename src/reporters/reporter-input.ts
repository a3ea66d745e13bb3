import type { Report, Rule } from "../engine/index.ts";

/** What every reporter is given. */
export interface ReporterInput {
  /** With the findings that the reader asked for; those below the confidence asked for are left out already. */
  readonly report: Report;
  readonly rules: readonly Rule[];
  /** The tool's own version. */
  readonly version: string;
  /** How many findings were left out for their low confidence. */
  readonly hidden: number;
}
