import { joinPath } from "../base/file-path.ts";
import type { FileId } from "../base/location.ts";

/** Finds a source file by a path without its extension, by the path of its output, or by its folder. */
export type Probe = (path: string) => FileId | undefined;

/** Conditions that tend to lead nearest to the sources come first; those that are not listed, last. */
const conditions = [
  "source",
  "development",
  "import",
  "module-sync",
  "module",
  "require",
  "node",
  "types",
  "default",
];

/**
 * What an `exports` or `imports` field says for a key (`.`, `./sub`, `#name`), best first. All conditions are kept,
 * because the one that a bundler would choose may point to a file that is not built yet.
 */
export function targetsFor(field: unknown, key: string): string[] {
  if (!isRecord(field) || !Object.keys(field).some((name) => name.startsWith(".") || name.startsWith("#"))) {
    return key === "." ? leaves(field) : [];
  }
  if (key in field && !key.includes("*")) return leaves(field[key]);
  let longest = "";
  let targets: string[] = [];
  for (const [pattern, value] of Object.entries(field)) {
    const matched = matchPattern(pattern.endsWith("/") ? `${pattern}*` : pattern, key);
    if (matched === undefined || pattern.length <= longest.length) continue;
    longest = pattern;
    const whole = pattern.endsWith("/") ? (leaf: string) => `${leaf}*` : (leaf: string) => leaf;
    targets = leaves(value).map((leaf) => whole(leaf).replaceAll("*", matched));
  }
  return targets;
}

/** What the pattern's `*` stands for; "" for an equal text without one; absent when it does not match. */
export function matchPattern(pattern: string, text: string): string | undefined {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === text ? "" : undefined;
  const before = pattern.slice(0, star);
  const after = pattern.slice(star + 1);
  if (text.length < before.length + after.length || !text.startsWith(before) || !text.endsWith(after)) {
    return undefined;
  }
  return text.slice(before.length, text.length - after.length);
}

/** The source file behind a package's target, which usually names a file that only a build makes. */
export function sourceOf(folder: string, target: string, probe: Probe): FileId | undefined {
  const path = joinPath(folder, target);
  if (path === undefined) return undefined;
  const inside = folder === "" ? path : path.slice(folder.length + 1);
  for (const candidate of [inside, ...withoutOutputFolder(inside)]) {
    const found = probe(joinPath(folder, candidate) as string);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * `dist/esm/a.d.ts` → `src/a`, `a`; with or without the folder for a module format. What an output folder's `.mjs` was made
 * from is mostly no `.mts`, so its extension says nothing.
 */
function withoutOutputFolder(path: string): string[] {
  const bare = path.replace(/\.d\.([mc]?)ts$/, ".$1js");
  const match = /^(?:\.?\/?)(?:dist|build|lib|out|output|esm|cjs|es|types)\/(.*)$/.exec(bare);
  if (!match) return bare === path ? [] : [bare];
  const rest = match[1] as string;
  const formatless = rest.replace(/^(?:esm|cjs|es|types|module|commonjs|lib|node|browser|src)\//, "");
  const inside = [rest, formatless];
  const found = [...sourceFolders.flatMap((folder) => inside.map((each) => folder + each)), ...inside];
  return [...new Set(found.flatMap((each) => [each, each.replace(/\.[mc]js$/, ".js")]))];
}

const sourceFolders = ["src/", "source/"];

function leaves(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(leaves);
  if (!isRecord(value)) return [];
  const rank = (name: string) => (conditions.includes(name) ? conditions.indexOf(name) : conditions.length);
  const names = Object.keys(value).sort((a, b) => rank(a) - rank(b));
  return [...new Set(names.flatMap((name) => leaves(value[name])))];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
