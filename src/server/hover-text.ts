import { URI } from "vscode-uri";
import type { ExposedData, Finding, Location } from "../engine/index.ts";
import type { LspNames } from "./to-lsp.ts";

/** A finding in plain sentences, as Markdown without commands or HTML. */
export function hoverText(finding: Finding, names: LspNames): string {
  const page = names.rulePage(finding.rule);
  const rule = page === undefined ? `\`${finding.rule}\`` : `[\`${finding.rule}\`](${page})`;
  const parts = [`**Borderline** ${rule}: ${plain(finding.message)}`, dataList(finding)];
  for (const path of distinctPaths(finding)) parts.push(pathText(path, names));
  const places = (finding.places ?? []).map(
    (place) => `- ${plain(place.because)} ${link(place.location, names)}`,
  );
  if (places.length > 0) parts.push(`Why it is taken to stand there:\n\n${places.join("\n")}`);
  return parts.join("\n\n");
}

function dataList(finding: Finding): string {
  const rows = finding.data.map(
    (data) =>
      `- ${plain(data.title)} (\`${data.dataType}\`), ${data.confidence} confidence: ${plain(data.because)}`,
  );
  return `Personal data:\n\n${rows.join("\n")}`;
}

interface SharedPath {
  readonly titles: readonly string[];
  readonly trace: ExposedData["trace"];
}

/** Data types that travel together are told together. */
function distinctPaths(finding: Finding): SharedPath[] {
  const paths = new Map<string, { titles: string[]; trace: ExposedData["trace"] }>();
  for (const data of finding.data) {
    const key = JSON.stringify(data.trace);
    const known = paths.get(key);
    if (known) known.titles.push(data.title);
    else paths.set(key, { titles: [data.title], trace: data.trace });
  }
  return [...paths.values()];
}

function pathText({ titles, trace }: SharedPath, names: LspNames): string {
  const steps = trace.map((step, index) => `${index + 1}. ${plain(step.text)} ${link(step.location, names)}`);
  return `How it gets here (${plain(titles.join(", "))}):\n\n${steps.join("\n")}`;
}

/** A link that opens the file at the line, counted from 1 as people do. */
function link(location: Location, names: LspNames): string {
  const name = location.file.slice(location.file.lastIndexOf("/") + 1);
  const line = location.start.line + 1;
  const text = `${plain(name)}:${line}`;
  const uri = names.uriOf(location.file);
  if (URI.parse(uri).scheme !== "file") return `(${text})`;
  // Round brackets in a path are legal in a URI and would end the link.
  const target = uri.replaceAll("(", "%28").replaceAll(")", "%29");
  return `([${text}](${target}#L${line},${location.start.character + 1}))`;
}

/** Escapes what Markdown would read as formatting, but keeps `code`, in which names of the user's code are given. */
function plain(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") && part.length > 1 ? part : part.replace(/[\\[\]<>*_#!]/g, "\\$&")))
    .join("");
}
