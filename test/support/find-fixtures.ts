import { readdirSync } from "node:fs";
import { join } from "node:path";

/** One program to analyse: a file alone, or a folder with a `main` file or a `package.json`. */
export interface Fixture {
  /** Relative to the fixtures' folder, without extension: `log/pino-child`, `log/pino-child.safe`. */
  readonly name: string;
  /** Absolute; the root of the workspace that the analysis sees. */
  readonly root: string;
  /** Relative to `root`, with `/`, in order. Everything but source is kept out by the caller. */
  readonly files: readonly string[];
}

const sourceFile = /\.[cm]?[jt]sx?$/;

/** All fixtures under a folder, in order. A folder that is not a project is looked into. */
export function findFixtures(folder: string, name = ""): Fixture[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  const isProject = entries.some((entry) => /^(main\.[cm]?[jt]sx?|package\.json)$/.test(entry.name));
  if (isProject) return [{ name, root: folder, files: filesUnder(folder) }];
  return entries.flatMap((entry) => {
    const path = name === "" ? entry.name : `${name}/${entry.name}`;
    if (entry.isDirectory()) return findFixtures(join(folder, entry.name), path);
    if (!sourceFile.test(entry.name)) return [];
    return [{ name: path.replace(sourceFile, ""), root: folder, files: [entry.name] }];
  });
}

function filesUnder(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}
