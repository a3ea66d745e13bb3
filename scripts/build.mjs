// Bundles the sources into dist/: one file per process or thread that starts, what is loaded late apart, and the catalog as one file.
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundleCatalog } from "./bundle-catalog.mjs";
import { lateBundles } from "./late-bundles-plugin.mjs";
import { lazyParser } from "./lazy-parser-plugin.mjs";
import { thirdPartyNotices } from "./third-party-notices.mjs";
import { toolDigest } from "./tool-digest.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const catalog = join(root, "src/catalog");

const parserModule = join(root, "src/engine/parse/parser.ts");
const entries = {
  extension: { module: "src/extension/index.ts", external: ["vscode"], banner: "" },
  server: { module: "src/server/main.ts", external: [], banner: "" },
  cli: { module: "src/cli/main.ts", external: [], banner: "#!/usr/bin/env node\n" },
  commands: { module: "src/cli/commands.ts", external: [], banner: "" },
  "extract-worker": { module: "src/workspace/extract-worker.ts", external: [], banner: "" },
};

// A bundle in CommonJS has no import.meta.url of its own; modules that look for a file beside themselves need one.
const importMetaUrl =
  '"use strict";const import_meta_url = require("node:url").pathToFileURL(__filename).href;';

// What caches are kept apart by: whatever changes in the sources or in the packages may change what is found.
const buildDigest = toolDigest(root);

try {
  await buildAll();
} catch (error) {
  // esbuild has printed its own errors, with their places, already.
  if (!Array.isArray(error.errors)) console.error(`build: ${error.message}`);
  process.exitCode = 1;
}

async function buildAll() {
  const modules = Object.values(entries).map(({ module }) => join(root, module));
  assertPresent([parserModule, ...modules, join(catalog, "schema/policy.schema.json")]);
  mkdirSync(dist, { recursive: true });

  const inputs = new Set(await bundle("parser", parserModule, { external: [], banner: "", plugins: [] }));
  const parser = createRequire(import.meta.url)(join(dist, "parser.cjs"));
  const late = new Map(["commands", "server"].map((name) => [join(root, entries[name].module), name]));
  for (const [name, { module, external, banner }] of Object.entries(entries)) {
    const plugins = [lazyParser(parserModule, parser), lateBundles(late)];
    const bundled = await bundle(name, join(root, module), { external, banner, plugins });
    assertWithoutParser(name, bundled);
    for (const input of bundled) inputs.add(input);
  }
  chmodSync(join(dist, "cli.cjs"), 0o755);

  writeFileSync(join(dist, "catalog.json"), JSON.stringify(bundleCatalog(catalog)));
  cpSync(join(catalog, "schema"), join(dist, "schema"), { recursive: true });
  writeFileSync(join(dist, "THIRD-PARTY-NOTICES.txt"), thirdPartyNotices(inputs, root));
  removeLeftovers();
}

async function bundle(name, entry, { external, banner, plugins }) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile: join(dist, `${name}.cjs`),
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    // Several of our libraries ship a UMD main whose inner require() calls cannot be bundled; their ESM build can.
    mainFields: ["module", "main"],
    minify: true,
    sourcemap: false,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    external,
    plugins,
    define: { "import.meta.url": "import_meta_url", BORDERLINE_BUILD: JSON.stringify(buildDigest) },
    banner: { js: banner + importMetaUrl },
  });
  return Object.keys(metafile.inputs);
}

function assertPresent(files) {
  const missing = files.filter((file) => !existsSync(file)).map((file) => relative(root, file));
  if (missing.length > 0) throw new Error(`missing: ${missing.join(", ")}`);
}

// One import of the parser around parser.ts would load it at every start, and nobody would notice.
function assertWithoutParser(name, inputs) {
  const heavy = inputs.find((input) =>
    /node_modules\/(typescript|@typescript-eslint\/typescript-estree)\//.test(input),
  );
  if (heavy !== undefined) {
    const only = relative(root, parserModule);
    throw new Error(
      `dist/${name}.cjs would load ${heavy} at start; it may be imported through ${only} alone`,
    );
  }
}

// Not an empty dist/ first: other processes may be running from it while this one builds.
function removeLeftovers() {
  const bundles = ["parser", ...Object.keys(entries)].map((name) => `${name}.cjs`);
  const kept = new Set([...bundles, "catalog.json", "schema", "THIRD-PARTY-NOTICES.txt"]);
  for (const name of readdirSync(dist)) {
    if (!kept.has(name)) rmSync(join(dist, name), { recursive: true });
  }
}
