import picomatch from "picomatch/posix.js";
import type { FileId } from "../base/location.ts";
import type { Policy } from "../base/policy.ts";
import { generateClients } from "./generate-clients.ts";
import type { ConfigTexts, ProjectFiles } from "./project-files.ts";
import { type JsonObject, readConfig } from "./read-config.ts";
import { isEnvironmentFile, readEnvironment } from "./read-environment.ts";
import { readPackages } from "./read-packages.ts";
import { basesOf, readPathConfigs } from "./read-path-configs.ts";
import { isSchemaFile, readSchemas } from "./read-schemas.ts";
import { reasonToExclude } from "./reason-to-exclude.ts";

type Excluded = ProjectFiles["excluded"][number];

const sourceName = /\.(?:[mc]?[tj]s|[tj]sx)$/i;
const declarationName = /\.d\.(?:[^./]+\.)?[mc]?ts$/i;

/** Packages that were installed are known by their models, not by their code; they are not even counted. */
const installed = /(?:^|\/)node_modules\//;

/** Whether a file is in a language that is analysed, by its name alone. Declaration files (`.d.ts`) are not. */
export function isSourceFile(file: FileId): boolean {
  return sourceName.test(file) && !declarationName.test(file);
}

/**
 * Chooses the files to analyse, and reads from the configuration files how their imports resolve. The order of the
 * input does not matter.
 */
export function discoverProject(
  allFiles: readonly FileId[],
  configs: ConfigTexts,
  policy: Policy,
): ProjectFiles {
  const reasonFor = exclusionOf(policy);
  const files: FileId[] = [];
  const excluded: Excluded[] = [];
  for (const file of inOrder(new Set(allFiles))) {
    if (!sourceName.test(file) || installed.test(file)) continue;
    const reason = reasonFor(file);
    if (reason) excluded.push({ file, reason });
    else files.push(file);
  }
  const readable = inOrder(configs.keys()).filter((file) => !installed.test(file));
  const schemas = readable.filter((file) => isSchemaFile(file) && reasonFor(file) === undefined);
  const clients = generateClients(
    readSchemas(new Map(schemas.map((file) => [file, configs.get(file) ?? ""]))),
  );
  const generated = clients.files.filter(({ file }) => !files.includes(file));
  const manifests = readable.filter((file) => !isSchemaFile(file) && !isEnvironmentFile(file));
  const read = manifests.map((file) => [file, readConfig(file, configs.get(file) ?? "")] as const);
  const contents = new Map<FileId, JsonObject>(read.map(([file, { content }]) => [file, content]));
  const packages = [...readPackages(contents), ...clients.packages];
  return {
    files: inOrder([...files, ...generated.map(({ file }) => file)]),
    generated,
    packages,
    configs: readPathConfigs({ contents, packages }),
    environment: readEnvironment(configs),
    excluded,
    problems: read.flatMap(([, { problems }]) => problems),
  };
}

/**
 * Configuration files that others extend and whose texts are not there yet: they may have any name. To be asked again
 * once they are, for they may extend others.
 */
export function missingConfigs(allFiles: readonly FileId[], configs: ConfigTexts): FileId[] {
  const manifests = [...configs].filter(([file]) => !isSchemaFile(file) && !isEnvironmentFile(file));
  const contents = new Map(manifests.map(([file, text]) => [file, readConfig(file, text).content]));
  const packages = readPackages(contents);
  const bases = [...contents].flatMap(([file, content]) => basesOf(file, content, packages));
  const known = new Set(allFiles);
  const found = bases.flatMap((names) => names.filter((name) => known.has(name)).slice(0, 1));
  return inOrder(new Set(found)).filter((file) => !configs.has(file));
}

/** Not by locale: the same everywhere. */
function inOrder(files: Iterable<FileId>): FileId[] {
  return [...files].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** `exclude` always wins. An `include` glob that itself names tests or generated files lifts that default for them. */
function exclusionOf(policy: Policy): (file: FileId) => Excluded["reason"] | undefined {
  const includes = policy.include.map((glob) => ({ matches: matcherOf(glob), wish: reasonToExclude(glob) }));
  const excludes = policy.exclude.map(matcherOf);
  return (file) => {
    if (declarationName.test(file)) return "declaration";
    if (excludes.some((matches) => matches(file))) return "policy";
    const included = includes.filter(({ matches }) => matches(file));
    const reason = reasonToExclude(file);
    if (reason && !included.some(({ wish }) => wish === reason)) return reason;
    return includes.length > 0 && included.length === 0 ? "policy" : undefined;
  };
}

/** A plain folder name stands for everything in it. */
function matcherOf(glob: string): (file: FileId) => boolean {
  const pattern = glob.replace(/^\.\//, "").replace(/\/+$/, "");
  if (pattern === "") return () => false;
  const matches = picomatch([pattern, `${pattern}/**`], { dot: true });
  return (file) => matches(file);
}
