// The code that is measured: copies of the pinned applications, and workspaces that are made of copies of them.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { repositoryRoot } from "../../test/ruling/fetch.mjs";

/**
 * A copy that may be edited, without what git ignores.
 *
 * @param {string} folder
 */
export function copyOf(folder) {
  const copy = join(mkdtempSync(join(tmpdir(), "borderline-bench-")), basename(folder));
  cpSync(folder, copy, {
    recursive: true,
    filter: (path) => !/(^|[\\/])(\.git|node_modules)$/.test(path.slice(folder.length)),
  });
  return copy;
}

/** @param {string} copy */
export function forget(copy) {
  rmSync(dirname(copy), { recursive: true, force: true });
}

/**
 * The files that a scan reads, by name.
 *
 * @param {string} root
 * @returns {Promise<string[]>}
 */
export async function sourcesOf(root) {
  const program = join(repositoryRoot, ".cache/bench/list-sources.mjs");
  await build({
    entryPoints: [join(repositoryRoot, "scripts/bench/list-sources.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    external: ["typescript", "@typescript-eslint/*"],
    logLevel: "error",
  });
  return JSON.parse(
    execFileSync(process.execPath, [program, root], { encoding: "utf8", maxBuffer: 2 ** 28 }),
  );
}

/**
 * A workspace of about so many lines: one application's files, again and again, each copy a package of its own whose
 * exported functions, classes and constants have names of their own.
 *
 * @param {string} root the application
 * @param {readonly string[]} files its sources
 * @param {number} lines
 */
export function vendored(root, files, lines) {
  const folder = join(mkdtempSync(join(tmpdir(), "borderline-bench-")), "vendored");
  const texts = files.map((file) => [file, readFileSync(join(root, file), "utf8")]);
  let written = 0;
  for (let copy = 0; written < lines; copy++) {
    const names = new Set();
    for (const [, text] of texts)
      for (const [, name] of text.matchAll(/^export (?:async )?(?:function|class|const) (\w+)/gm))
        names.add(name);
    for (const [file, text] of texts) {
      if (written >= lines) break;
      const path = join(folder, `copy${copy}`, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(
        path,
        text.replace(/\b[A-Za-z_]\w*\b/g, (word) => (names.has(word) ? `${word}${copy}` : word)),
      );
      written += text.split("\n").length;
    }
    writeFileSync(join(folder, `copy${copy}`, "package.json"), JSON.stringify({ name: `copy${copy}` }));
  }
  return folder;
}
