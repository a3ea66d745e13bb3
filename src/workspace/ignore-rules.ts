import { readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import ignore, { type Ignore } from "ignore";

/** What the `.gitignore` files down to one folder say. Paths are given relative to the folder of the rules they are put to. */
export interface IgnoreRules {
  /** Whether git would leave out this entry of the folder. */
  ignores(name: string, isFolder: boolean): boolean;
  /** The rules for a folder inside this one, which adds its own `.gitignore`. */
  enter(name: string, gitignore: string | undefined): IgnoreRules;
}

interface Layer {
  readonly rules: Ignore;
  /** The path from the layer's folder to the current one, with a slash at its end; "" in the layer's own folder. */
  readonly prefix: string;
}

/** The rules for the root of a walk: its own `.gitignore` and those above it, up to the top of its git repository. */
export async function rulesOfRoot(root: string): Promise<IgnoreRules> {
  const layers: Layer[] = [];
  let prefix = "";
  for (let folder = root; ; folder = dirname(folder)) {
    for (const file of [".gitignore", join(".git", "info", "exclude")]) {
      const text = await textOrNothing(join(folder, file));
      if (text !== undefined) layers.push({ rules: ignore().add(text), prefix });
    }
    if (await exists(join(folder, ".git"))) break;
    // Outside a repository, files above the root say nothing about it.
    if (dirname(folder) === folder) return createRules(layers.filter((layer) => layer.prefix === ""));
    prefix = `${basename(folder)}/${prefix}`;
  }
  return createRules(layers);
}

/** Layers from the innermost to the outermost: the innermost that has an opinion decides, as in git. */
function createRules(layers: readonly Layer[]): IgnoreRules {
  return {
    ignores(name, isFolder) {
      for (const { rules, prefix } of layers) {
        const result = rules.test(`${prefix}${name}${isFolder ? "/" : ""}`);
        if (result.ignored) return true;
        if (result.unignored) return false;
      }
      return false;
    },
    enter(name, gitignore) {
      const outer = layers.map(({ rules, prefix }) => ({ rules, prefix: `${prefix}${name}/` }));
      const own = gitignore === undefined ? [] : [{ rules: ignore().add(gitignore), prefix: "" }];
      return createRules([...own, ...outer]);
    },
  };
}

async function textOrNothing(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    // An unreadable .gitignore ignores nothing: more is looked at, never less.
    return undefined;
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
