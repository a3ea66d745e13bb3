import { jsonReport, type ReporterInput, sarifReport, textReport } from "../reporters/index.ts";

export type Format = "text" | "json" | "sarif";

/** What of the command's options a format may heed. */
export interface FormatOptions {
  readonly format: Format;
  readonly output?: string;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly stats?: boolean;
}

export function formatReport(input: ReporterInput, options: FormatOptions, milliseconds: number): string {
  const { format, quiet = false, stats = false } = options;
  switch (format) {
    case "json":
      return jsonReport(input);
    case "sarif":
      return sarifReport(input);
    case "text":
      return textReport(input, { color: wantsColor(options), quiet, stats, milliseconds });
  }
}

/** As https://no-color.org and https://force-color.org have it; an option outweighs the environment. */
function wantsColor({ color, output }: FormatOptions): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (!color || output !== undefined || (NO_COLOR !== undefined && NO_COLOR !== "")) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0") return true;
  return process.stdout.isTTY === true && TERM !== "dumb";
}
