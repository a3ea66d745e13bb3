// Prints the source files that a scan of a folder reads, as JSON. Bundled before it runs: see workspaces.mjs.
import { loadPolicy } from "../../src/catalog/index.ts";
import { type Catalog, createSession } from "../../src/engine/index.ts";
import { loadWorkspace } from "../../src/workspace/index.ts";

const root = process.argv[2] ?? ".";
// Which files there are does not depend on what is known of libraries.
const catalog = { dataTypes: [], libraries: [], rules: [], sinkKinds: [] } as unknown as Catalog;
const { files, configs, policy } = await loadWorkspace(root, {
  readers: {
    loadPolicy: (file, text) => loadPolicy(file, text, catalog),
    loadModels: () => ({ models: [], problems: [] }),
  },
});
const session = createSession({ catalog, policy, today: "2026-01-01" });
session.setWorkspace(files, configs);
process.stdout.write(JSON.stringify(session.missingTexts()));
