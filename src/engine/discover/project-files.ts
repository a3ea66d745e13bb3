import type { FileId, Span } from "../base/location.ts";
import type { Problem } from "../base/problem.ts";

/** The files, packages and path aliases that make up the program, from texts alone. */
export interface ProjectFiles {
  /** Source files to analyse, in a fixed order. */
  readonly files: readonly FileId[];
  readonly packages: readonly PackageInfo[];
  readonly configs: readonly PathConfig[];
  /** What the workspace's files give to environment variables. */
  readonly environment: readonly EnvironmentValue[];
  /** Source files that are passed over, with the reason. */
  readonly excluded: readonly {
    readonly file: FileId;
    readonly reason: "test" | "generated" | "release" | "policy" | "declaration";
  }[];
  /** Files among `files` that no disk has: what generators would make of the schemas in the workspace. */
  readonly generated: readonly { readonly file: FileId; readonly text: string }[];
  readonly problems: readonly Problem[];
}

/** A value that a file of the workspace gives to an environment variable. */
export interface EnvironmentValue {
  readonly name: string;
  readonly value: string;
  /** Where the value is written. */
  readonly site: Span & { readonly file: FileId };
}

/** One `package.json`. */
export interface PackageInfo {
  /** Folder, relative to the workspace root; "" for the root itself. */
  readonly folder: string;
  readonly name?: string;
  /** Files that stand for the package, those nearest to the sources first: `source`, `main`, `module`, `types`. */
  readonly entries: readonly string[];
  /** The raw `exports` and `imports` fields. */
  readonly exports?: unknown;
  readonly imports?: unknown;
  readonly dependencies: readonly string[];
  /** It may be published: it is not private, and stands for files that a build makes. */
  readonly published?: true;
}

/** What one `tsconfig.json` or `jsconfig.json`, with its `extends` applied, says of module resolution. */
export interface PathConfig {
  readonly folder: string;
  /** Folder that non-relative names are looked up in, relative to the workspace root. */
  readonly baseUrl?: string;
  /** Patterns to candidates; candidates are relative to the workspace root. */
  readonly paths: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
}

/**
 * Texts that `discover` needs, besides the list of files: every `package.json`, `tsconfig*.json`, `jsconfig.json`, what these
 * extend (see `missingConfigs`), schemas (`*.prisma`), and files that give values to environment variables (see
 * `isEnvironmentFile`).
 */
export type ConfigTexts = ReadonlyMap<FileId, string>;
