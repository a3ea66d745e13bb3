import { resolve } from "node:path";

/**
 * Keeps the TypeScript parser out of a bundle until the first file is parsed: loading it costs about 400 ms, which a
 * scan answered from the cache, `--help` and an opening editor should not pay.
 *
 * In the sources, `src/engine/parse/parser.ts` is an ordinary module with an ordinary static import. The build makes
 * a file of its own of it (`dist/parser.cjs`), and every other bundle gets stand-ins for its exports which require
 * that file on their first call. That is why the module may export functions only: a stand-in for a constant or a
 * class could not wait.
 *
 * @param {string} parserModule absolute path of `parser.ts`
 * @param {Record<string, unknown>} parserExports what the built `dist/parser.cjs` exports
 * @returns {import("esbuild").Plugin}
 */
export function lazyParser(parserModule, parserExports) {
  const names = Object.keys(parserExports);
  const eager = names.filter((name) => typeof parserExports[name] !== "function");
  if (eager.length > 0) {
    throw new Error(
      `${parserModule} may export functions only, as it is loaded late; not: ${eager.join(", ")}`,
    );
  }
  const contents = [
    "let loaded;",
    'const parser = () => (loaded ??= require("./parser.cjs"));',
    ...names.map((name) => `export const ${name} = (...given) => parser().${name}(...given);`),
  ].join("\n");
  return {
    name: "lazy-parser",
    setup(build) {
      build.onResolve({ filter: /\/parser\.ts$/ }, ({ path, resolveDir }) =>
        resolve(resolveDir, path) === parserModule
          ? { path: parserModule, namespace: "lazy-parser" }
          : undefined,
      );
      build.onResolve({ filter: /^\.\/parser\.cjs$/, namespace: "lazy-parser" }, ({ path }) => ({
        path,
        external: true,
      }));
      build.onLoad({ filter: /.*/, namespace: "lazy-parser" }, () => ({ contents, loader: "js" }));
    },
  };
}
