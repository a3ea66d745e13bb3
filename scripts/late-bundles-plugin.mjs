import { resolve } from "node:path";

/**
 * Makes `await import("./x.ts")` of some modules load their own bundle, which lies beside the one at hand: to read a
 * megabyte of code takes longer than to start Node, and `--version` needs none of it.
 *
 * @param {ReadonlyMap<string, string>} bundles the module's absolute path → its bundle's name
 * @returns {import("esbuild").Plugin}
 */
export function lateBundles(bundles) {
  return {
    name: "late-bundles",
    setup(build) {
      build.onResolve({ filter: /\.ts$/ }, ({ path, resolveDir, kind }) => {
        const bundle = kind === "dynamic-import" ? bundles.get(resolve(resolveDir, path)) : undefined;
        return bundle === undefined ? undefined : { path: `./${bundle}.cjs`, external: true };
      });
    },
  };
}
