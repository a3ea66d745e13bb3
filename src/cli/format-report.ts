import {
  gapsText,
  jsonReport,
  type ReporterInput,
  type RoomTime,
  sarifReport,
  textReport,
} from "../reporters/index.ts";

export type Format = "text" | "json" | "sarif";

/** What of the command's options a format may heed. */
export interface FormatOptions {
  readonly format: Format;
  readonly output?: string;
  readonly color: boolean;
  readonly quiet?: boolean;
  readonly stats?: boolean;
  readonly gaps?: boolean;
}

export interface Timing {
  readonly milliseconds: number;
  readonly rooms: readonly RoomTime[];
}

export function formatReport(
  input: ReporterInput,
  options: FormatOptions,
  { milliseconds, rooms }: Timing,
): string {
  const { format, quiet = false, stats = false, gaps = false } = options;
  switch (format) {
    case "json":
      return jsonReport(input);
    case "sarif":
      return sarifReport(input);
    case "text":
      if (gaps) return gapsText(input.report.gaps, { color: wantsColor(options) });
      return textReport(input, { color: wantsColor(options), quiet, stats, milliseconds, rooms });
  }
}

/** As https://no-color.org and https://force-color.org have it; an option outweighs the environment. */
export function wantsColor({ color, output }: Pick<FormatOptions, "color" | "output">): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (!color || output !== undefined || (NO_COLOR !== undefined && NO_COLOR !== "")) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0") return true;
  return process.stdout.isTTY === true && TERM !== "dumb";
}
