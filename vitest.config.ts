import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // test/vscode runs inside a real editor (npm run test:vscode), never here.
    exclude: [...configDefaults.exclude, "test/vscode/**", "test/fixtures/**"],
    // Two slow cores on a CI machine, with whole processes under test, and often other builds beside it. A test that
    // hangs is still ended; how fast something is, no test says by its time.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
