import { describe, expect, test } from "vitest";
import { emptyPolicy } from "../../../src/engine/base/policy.ts";
import { discoverProject } from "../../../src/engine/discover/index.ts";
import { createResolver } from "../../../src/engine/link/resolve-module.ts";

/** Says in one word where a specifier leads: a file, `npm:name`, `npm:name/sub`, or `unresolved`. */
function workspace(files: readonly string[], configs: Record<string, unknown> = {}) {
  const texts = new Map(Object.entries(configs).map(([file, content]) => [file, JSON.stringify(content)]));
  const resolver = createResolver(discoverProject(files, texts, emptyPolicy), new Set(files));
  return (from: string, specifier: string): string => {
    const found = resolver.resolve(from, specifier);
    if (found.kind === "file") return found.file;
    if (found.kind === "unresolved") return "unresolved";
    return `npm:${found.name}${found.subpath ? `/${found.subpath}` : ""}`;
  };
}

describe("relative specifiers", () => {
  const resolve = workspace([
    "src/a.ts",
    "src/b.tsx",
    "src/c.mts",
    "src/d.cts",
    "src/e.js",
    "src/f.jsx",
    "src/user.service.ts",
    "src/dir/index.ts",
    "src/dir.ts",
    "src/both.ts",
    "src/both.js",
    "src/view/index.tsx",
    "index.ts",
    "pkg/lib/start.ts",
  ]);
  test.each([
    ["./a", "src/a.ts"],
    ["./a.js", "src/a.ts"],
    ["./a.ts", "src/a.ts"],
    ["./b", "src/b.tsx"],
    ["./b.js", "src/b.tsx"],
    ["./b.jsx", "src/b.tsx"],
    ["./c.mjs", "src/c.mts"],
    ["./d.cjs", "src/d.cts"],
    ["./e", "src/e.js"],
    ["./f", "src/f.jsx"],
    ["./user.service", "src/user.service.ts"],
    ["./user.service.js", "src/user.service.ts"],
    ["./dir", "src/dir.ts"],
    ["./dir/", "src/dir.ts"],
    ["./dir/index.js", "src/dir/index.ts"],
    ["./both.js", "src/both.ts"],
    ["./view", "src/view/index.tsx"],
    ["./a?raw", "src/a.ts"],
    ["..", "index.ts"],
    ["../index", "index.ts"],
    ["./../src/./a", "src/a.ts"],
    ["./none", "unresolved"],
    ["./a.css", "unresolved"],
    ["../../outside", "unresolved"],
    ["/src/a", "unresolved"],
    ["https://example.test/a.js", "unresolved"],
    ["", "unresolved"],
  ])("%s", (specifier, expected) => {
    expect(resolve("src/main.ts", specifier)).toBe(expected);
  });

  test("of a folder with a package.json follow its main", () => {
    const inner = workspace(["src/widget/lib/start.ts"], {
      "src/widget/package.json": { main: "./lib/start.js" },
    });
    expect(inner("src/main.ts", "./widget")).toBe("src/widget/lib/start.ts");
  });

  test("of the same name differ by folder", () => {
    const both = workspace(["a/x.ts", "b/x.ts"]);
    expect([both("a/main.ts", "./x"), both("b/main.ts", "./x"), both("a/main.ts", "./x")]).toEqual([
      "a/x.ts",
      "b/x.ts",
      "a/x.ts",
    ]);
  });
});

describe("packages outside the workspace", () => {
  const resolve = workspace(["src/a.ts"]);
  test.each([
    ["pino", "npm:pino"],
    ["node:fs", "npm:fs"],
    ["node:fs/promises", "npm:fs/promises"],
    ["fs/promises", "npm:fs/promises"],
    ["@aws-sdk/client-s3", "npm:@aws-sdk/client-s3"],
    ["@aws-sdk/client-s3/dist/a.js", "npm:@aws-sdk/client-s3/dist/a.js"],
    ["lodash/pick", "npm:lodash/pick"],
    ["@scope", "unresolved"],
    ["@/user", "unresolved"],
    ["~/user", "unresolved"],
    ["#user", "unresolved"],
  ])("%s", (specifier, expected) => {
    expect(resolve("src/a.ts", specifier)).toBe(expected);
  });
});

describe("paths and baseUrl", () => {
  const resolve = workspace(
    [
      "src/user.ts",
      "src/lib/log.ts",
      "special/log.ts",
      "shared/fs.ts",
      "apps/web/src/user.ts",
      "apps/bare/main.ts",
      "packages/db/src/client.ts",
      "env/index.ts",
    ],
    {
      "tsconfig.json": {
        compilerOptions: {
          baseUrl: "shared",
          paths: {
            "*": ["../generic/*"],
            "@/*": ["../none/*", "../src/*"],
            "@/lib/*": ["../special/*", "../src/lib/*"],
            "~env": ["../env"],
            "@db/*": ["../packages/db/dist/*"],
            "view-*.x": ["../src/*"],
          },
        },
      },
      "apps/web/tsconfig.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } },
      "apps/bare/tsconfig.json": {},
      "packages/db/package.json": { name: "db" },
    },
  );
  test.each([
    ["src/main.ts", "@/user", "src/user.ts", "the second target, as the first is not there"],
    ["src/main.ts", "@/lib/log.js", "special/log.ts", "the longest prefix"],
    ["src/main.ts", "~env", "env/index.ts", "a pattern without a star"],
    ["src/main.ts", "view-user.x", "src/user.ts", "a star between two texts"],
    ["src/main.ts", "@db/client", "packages/db/src/client.ts", "the source behind an output folder"],
    ["src/main.ts", "fs", "shared/fs.ts", "baseUrl"],
    ["src/main.ts", "path", "npm:path", "nothing there: a package"],
    ["apps/web/src/main.ts", "@/user", "apps/web/src/user.ts", "the nearest configuration"],
    ["apps/web/src/main.ts", "fs", "npm:fs", "only the nearest configuration"],
    ["apps/bare/main.ts", "@/user", "unresolved", "a nearer configuration without paths"],
  ])("%s: %s → %s (%s)", (from, specifier, expected) => {
    expect(resolve(from, specifier)).toBe(expected);
  });
});

describe("packages of the workspace", () => {
  const resolve = workspace(
    [
      "packages/plain/index.ts",
      "packages/plain/deep/file.ts",
      "packages/main/src/index.ts",
      "packages/main/src/extra.ts",
      "packages/sugar/source/entry.ts",
      "packages/full/src/index.ts",
      "packages/full/src/server.ts",
      "packages/full/src/features/login.ts",
      "packages/full/src/features/admin/index.ts",
      "packages/full/src/ui/Button.tsx",
      "packages/flat/log.ts",
      "packages/esm/src/a.ts",
      "packages/node/src/node/start.ts",
      "packages/entry/source/entry.ts",
      "packages/bare/lib/index.js",
      "templates/copy/index.ts",
    ],
    {
      "packages/plain/package.json": { name: "plain" },
      "packages/main/package.json": { name: "@corp/main", main: "./dist/index.js" },
      "packages/sugar/package.json": { name: "@corp/sugar", exports: "./source/entry.ts" },
      "packages/full/package.json": {
        name: "@corp/full",
        exports: {
          ".": { types: "./dist/index.d.ts", import: "./dist/index.mjs", require: "./dist/index.cjs" },
          "./server": [{ node: { default: "./build/esm/server.js" } }],
          "./features/*": "./dist/features/*.js",
          "./features/admin": "./dist/features/admin/index.js",
          "./ui/*.js": { default: "./dist/ui/*.js" },
          "./private/*": null,
        },
      },
      "packages/flat/package.json": { name: "flat", exports: { "./*": "./dist/*.js" } },
      "packages/node/package.json": {
        name: "node",
        exports: { ".": { node: { require: "./dist/node/start.cjs" } } },
      },
      "packages/entry/package.json": { name: "entry", module: "./es/entry.mjs", types: "types/entry.d.ts" },
      "packages/bare/package.json": { name: "bare" },
      "packages/esm/package.json": { name: "esm", exports: { "./": "./lib/esm/" } },
      "templates/copy/nested/package.json": { name: "plain" },
    },
  );
  test.each([
    ["plain", "packages/plain/index.ts"],
    ["plain/deep/file", "packages/plain/deep/file.ts"],
    ["@corp/main", "packages/main/src/index.ts"],
    ["@corp/main/dist/extra", "packages/main/src/extra.ts"],
    ["@corp/main/extra", "packages/main/src/extra.ts"],
    ["@corp/sugar", "packages/sugar/source/entry.ts"],
    ["@corp/full", "packages/full/src/index.ts"],
    ["@corp/full/server", "packages/full/src/server.ts"],
    ["@corp/full/features/login", "packages/full/src/features/login.ts"],
    ["@corp/full/features/admin", "packages/full/src/features/admin/index.ts"],
    ["@corp/full/ui/Button.js", "packages/full/src/ui/Button.tsx"],
    ["@corp/full/private/x", "npm:@corp/full/private/x"],
    ["flat/log", "packages/flat/log.ts"],
    ["esm/a.js", "packages/esm/src/a.ts"],
    ["node", "packages/node/src/node/start.ts"],
    ["entry", "packages/entry/source/entry.ts"],
    ["bare", "packages/bare/lib/index.js"],
    ["@corp/none", "npm:@corp/none"],
    ["@corp/main/none", "npm:@corp/main/none"],
  ])("%s", (specifier, expected) => {
    expect(resolve("apps/api/src/main.ts", specifier)).toBe(expected);
  });
});

describe("imports of a package", () => {
  const resolve = workspace(["api/src/db.ts", "api/src/inner/log.ts", "api/main.ts"], {
    "api/package.json": {
      name: "api",
      imports: {
        "#db": { production: "./dist/db.js", default: "./dist/db.js" },
        "#inner/*": "./src/inner/*.ts",
        "#log": "pino",
        "#self": "#self",
        "#gone": "./dist/gone.js",
      },
    },
  });
  test.each([
    ["#db", "api/src/db.ts"],
    ["#inner/log", "api/src/inner/log.ts"],
    ["#log", "npm:pino"],
    ["#self", "unresolved"],
    ["#gone", "unresolved"],
  ])("%s", (specifier, expected) => {
    expect(resolve("api/src/deep/main.ts", specifier)).toBe(expected);
  });
});
