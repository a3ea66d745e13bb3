import type { FindingMarker, FixtureOptions, MarkedFile, SourceLabel } from "./marker.ts";
import { parseMarker } from "./parse-marker.ts";

/** A comment line of its own that begins with carets; `{/* … *\/}` serves inside JSX. */
const markerLine = /^\s*(?:\/\/|\{?\/\*)\s*(\^+)(?![\^])(.*?)(?:\*\/\}?)?\s*$/;
const optionsLine = /^\/\/ options:\s*(.*)$/;

/** Reads the markers of one file. Mistakes come back as texts that name the marker's line; nothing is thrown. */
export function parseMarkedFile(file: string, text: string): MarkedFile {
  const lines = text.split(/\r?\n/);
  const markers: FindingMarker[] = [];
  const labels: SourceLabel[] = [];
  const mistakes: string[] = [];
  let codeLine = -1;
  for (const [index, line] of lines.entries()) {
    const match = markerLine.exec(line);
    if (!match) {
      codeLine = index;
      continue;
    }
    const at = `${file}:${index + 1}`;
    if (codeLine < 0) {
      mistakes.push(`${at}: a marker must stand under a line of code`);
      continue;
    }
    const start = line.indexOf("^");
    const end = start + (match[1] as string).length;
    if (end > (lines[codeLine] as string).length)
      mistakes.push(`${at}: the carets reach past the code above`);
    const parsed = parseMarker((match[2] as string).trim(), { file, line: codeLine, start, end });
    if (parsed.kind === "mistake") mistakes.push(`${at}: ${parsed.text}`);
    else if (parsed.kind === "source") labels.push(parsed.label);
    else markers.push(parsed.marker);
  }
  const options = parseOptions(file, lines, mistakes);
  const reason = /^\/\/ (?!options:)(.+)$/.exec(lines[0] ?? "")?.[1];
  return { file, lines, options, markers, labels, mistakes, ...(reason !== undefined && { reason }) };
}

function parseOptions(file: string, lines: readonly string[], mistakes: string[]): FixtureOptions {
  let options: FixtureOptions = { minConfidence: "medium", problems: [] };
  for (const [index, line] of lines.slice(0, 4).entries()) {
    for (const word of (optionsLine.exec(line)?.[1] ?? "").split(/\s+/).filter((each) => each !== "")) {
      const [name, value = ""] = word.split("=");
      if (name === "min-confidence" && (value === "low" || value === "medium" || value === "high")) {
        options = { ...options, minConfidence: value };
      } else if (name === "problems" && value !== "") {
        options = { ...options, problems: value.split(",").sort() };
      } else mistakes.push(`${file}:${index + 1}: "${word}" is not an option`);
    }
  }
  return options;
}
