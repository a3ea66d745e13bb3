import { describe, expect, test } from "vitest";
import { emptyPolicy, type Policy } from "../../../src/engine/base/policy.ts";
import { discoverProject, isSourceFile, missingConfigs } from "../../../src/engine/discover/index.ts";

function discover(
  files: readonly string[],
  configs: Record<string, unknown> = {},
  policy: Partial<Policy> = {},
) {
  const texts = Object.entries(configs).map(
    ([file, content]) => [file, typeof content === "string" ? content : JSON.stringify(content)] as const,
  );
  return discoverProject(files, new Map(texts), { ...emptyPolicy, ...policy });
}

describe("isSourceFile", () => {
  test.each([
    ["src/a.ts", true],
    ["a.tsx", true],
    ["a.mts", true],
    ["a.cts", true],
    ["a.js", true],
    ["a.jsx", true],
    ["a.mjs", true],
    ["a.cjs", true],
    ["a.test.ts", true],
    ["a.d.ts", false],
    ["a.d.cts", false],
    ["a.json", false],
    ["a.css", false],
    ["ts", false],
  ])("%s: %s", (file, expected) => {
    expect(isSourceFile(file)).toBe(expected);
  });
});

describe("the files to analyse", () => {
  test("are sorted, and each once, whatever the order of the input", () => {
    const files = ["src/b.ts", "src/a.ts", "README.md", "src/B.ts", "src/a.ts", "src/a/z.ts"];
    expect(discover(files).files).toEqual(["src/B.ts", "src/a.ts", "src/a/z.ts", "src/b.ts"]);
    expect(discover([...files].reverse())).toEqual(discover(files));
  });

  test.each([
    "src/user.test.ts",
    "src/user.spec.tsx",
    "src/user.e2e-spec.ts",
    "src/__tests__/user.ts",
    "src/__mocks__/pino.ts",
    "test/user.ts",
    "tests/user.ts",
    "packages/api/e2e/login.ts",
    "packages/api-e2e/src/login.ts",
    "cypress/support/commands.js",
    "detox/utils/simulator.js",
    "src/fixtures/users.ts",
    "src/user-fixtures.ts",
    "src/user.mock.ts",
    "src/mocks.ts",
    "prisma/seed.ts",
    "db/seeds/001.ts",
    "src/Button.stories.tsx",
    ".storybook/preview.ts",
    "app/routes/storybook.charts/route.tsx",
    "src/test-utils/render.tsx",
    "jest.setup.js",
    "src/setupTests.ts",
    "vitest.config.ts",
  ])("leave out test code: %s", (file) => {
    expect(discover([file]).excluded).toEqual([{ file, reason: "test" }]);
  });

  test.each([
    "dist/index.js",
    "packages/api/build/server.js",
    "apps/web/.next/server/page.js",
    "src/__generated__/types.ts",
    "src/generated/client.ts",
    "src/schema.generated.ts",
    "src/routes.gen.ts",
    "public/jquery.min.js",
    "src/user_pb.ts",
    "coverage/lcov-report/sorter.js",
    ".pnp.cjs",
  ])("leave out generated code: %s", (file) => {
    expect(discover([file]).excluded).toEqual([{ file, reason: "generated" }]);
  });

  test.each([
    "tools/releaser/src/notes.ts",
    "scripts/release.ts",
    "scripts/ci/release-notes.mjs",
    "packages/app/scripts/changelog/collect.ts",
    ".github/actions/triage/index.ts",
  ])("leave out tools that make a release: %s", (file) => {
    expect(discover([file]).excluded).toEqual([{ file, reason: "release" }]);
  });

  test.each([
    "src/latest.ts",
    "src/releases/list.ts",
    "src/release-notes/page.tsx",
    "scripts/sync-customers.ts",
    "tools/src/press-releases-of-users.ts",
    "src/contest/user.ts",
    "src/ab-test.ts",
    "src/specification.ts",
    "src/attest.ts",
    "src/build/plan.ts",
    "src/distribution.ts",
    "src/admin.ts",
    "src/testimonials/list.ts",
    "src/storied.ts",
    "src/history/stories-of-users.ts",
    "src/regenerated.ts",
  ])("keep what only sounds like it: %s", (file) => {
    expect(discover([file]).files).toEqual([file]);
  });

  test("leave out declarations with a reason, and installed packages without a word", () => {
    const { files, excluded } = discover([
      "node_modules/a/index.js",
      "packages/b/node_modules/c/d.ts",
      "src/a.d.ts",
    ]);
    expect(files).toEqual([]);
    expect(excluded).toEqual([{ file: "src/a.d.ts", reason: "declaration" }]);
  });

  test("follow include and exclude of the policy", () => {
    const files = ["src/a.ts", "src/legacy/b.ts", "scripts/c.ts", "src/.hidden/d.ts"];
    const { files: chosen, excluded } = discover(
      files,
      {},
      { include: ["./src/**"], exclude: ["src/legacy"] },
    );
    expect(chosen).toEqual(["src/.hidden/d.ts", "src/a.ts"]);
    expect(excluded).toEqual([
      { file: "scripts/c.ts", reason: "policy" },
      { file: "src/legacy/b.ts", reason: "policy" },
    ]);
  });

  test("hold test code only when a glob of include names it", () => {
    const files = ["src/a.ts", "src/a.test.ts", "test/b.ts"];
    expect(discover(files, {}, { include: ["**"] }).files).toEqual(["src/a.ts"]);
    expect(discover(files, {}, { include: ["src/**", "src/**/*.test.ts"] }).files).toEqual([
      "src/a.test.ts",
      "src/a.ts",
    ]);
    expect(discover(files, {}, { include: ["test/**"] }).files).toEqual(["test/b.ts"]);
  });

  test("survive an empty glob", () => {
    expect(discover(["src/a.ts"], {}, { exclude: [""] }).files).toEqual(["src/a.ts"]);
  });
});

describe("packages", () => {
  test("are read from every package.json of the workspace", () => {
    const { packages } = discover([], {
      "packages/api/package.json": {
        name: "@corp/api",
        main: "dist/index.js",
        module: "dist/index.mjs",
        source: "src/index.ts",
        exports: { ".": "./dist/index.js" },
        imports: { "#db": "./src/db.ts" },
        dependencies: { pino: "9", axios: "1" },
        devDependencies: { vitest: "4", pino: "9" },
      },
      "package.json": { private: true, workspaces: ["packages/*"] },
      "node_modules/pino/package.json": { name: "pino" },
    });
    expect(packages).toEqual(
      [
        { folder: "", entries: [], dependencies: [] },
        {
          folder: "packages/api",
          name: "@corp/api",
          entries: ["src/index.ts", "dist/index.js", "dist/index.mjs"],
          exports: { ".": "./dist/index.js" },
          imports: { "#db": "./src/db.ts" },
          dependencies: ["axios", "pino", "vitest"],
          published: true,
        },
      ].sort((a, b) => (a.folder < b.folder ? -1 : 1)),
    );
  });
});

describe("path configurations", () => {
  test("have comments, trailing commas and a byte order mark", () => {
    const text = '\uFEFF{\n// aliases\n"compilerOptions": { "paths": { "@/*": ["./src/*"], }, },\n}';
    const { configs, problems } = discover([], { "tsconfig.json": text });
    expect(problems).toEqual([]);
    expect(configs).toEqual([{ folder: "", paths: [{ pattern: "@/*", targets: ["src/*"] }] }]);
  });

  test("take paths relative to baseUrl, and both from what they extend", () => {
    const { configs } = discover([], {
      "tsconfig.base.json": { compilerOptions: { baseUrl: ".", paths: { "@corp/*": ["libs/*/src"] } } },
      "apps/api/tsconfig.json": { extends: "../../tsconfig.base" },
      "apps/web/tsconfig.json": {
        extends: ["../../tsconfig.base.json", "./tsconfig.paths.json"],
        compilerOptions: { baseUrl: "src" },
      },
      "apps/web/tsconfig.paths.json": { compilerOptions: { paths: { "~/*": ["./*"] } } },
    });
    expect(configs).toEqual([
      { folder: "apps/api", baseUrl: "", paths: [{ pattern: "@corp/*", targets: ["libs/*/src"] }] },
      {
        folder: "apps/web",
        baseUrl: "apps/web/src",
        paths: [{ pattern: "~/*", targets: ["apps/web/src/*"] }],
      },
    ]);
  });

  test("without baseUrl, inherited paths start where they are written", () => {
    const { configs } = discover([], {
      "config/tsconfig.base.json": { compilerOptions: { paths: { "@/*": ["../src/*"] } } },
      "apps/api/tsconfig.json": { extends: "../../config/tsconfig.base.json" },
    });
    expect(configs[0]?.paths).toEqual([{ pattern: "@/*", targets: ["src/*"] }]);
  });

  test("put the word configDir where the extending file stands", () => {
    const { configs } = discover([], {
      "tsconfig.base.json": { compilerOptions: { paths: { "@/*": [`$\{configDir}/src/*`] } } },
      "apps/api/tsconfig.json": { extends: "../../tsconfig.base.json" },
    });
    expect(configs[0]?.paths).toEqual([{ pattern: "@/*", targets: ["apps/api/src/*"] }]);
  });

  test("extend configurations of packages in the workspace", () => {
    const { configs } = discover([], {
      "packages/tsconfig/package.json": { name: "@corp/tsconfig" },
      "packages/tsconfig/tsconfig.app.json": { compilerOptions: { baseUrl: "../../shared" } },
      "apps/api/tsconfig.json": { extends: "@corp/tsconfig/tsconfig.app.json" },
      "apps/web/tsconfig.json": { extends: "@tsconfig/node20/tsconfig.json" },
    });
    expect(configs).toEqual([
      { folder: "apps/api", baseUrl: "shared", paths: [] },
      { folder: "apps/web", paths: [] },
    ]);
  });

  test("of a solution come from the sibling that it refers to", () => {
    const { configs } = discover([], {
      "tsconfig.json": {
        files: [],
        references: [{ path: "./tsconfig.node.json" }, { path: "./tsconfig.app.json" }],
      },
      "tsconfig.app.json": { compilerOptions: { paths: { "@/*": ["./src/*"] } } },
      "tsconfig.node.json": {},
    });
    expect(configs).toEqual([{ folder: "", paths: [{ pattern: "@/*", targets: ["src/*"] }] }]);
  });

  test("may have any name when others extend them: they are asked for, one after the other", () => {
    const files = ["config/base.json", "config/deep.json", "config/other.json", "tsconfig.json"];
    const first = new Map([["tsconfig.json", '{ "extends": "./config/base" }']]);
    expect(missingConfigs(files, first)).toEqual(["config/base.json"]);
    const second = new Map([...first, ["config/base.json", '{ "extends": ["./deep.json", "./none.json"] }']]);
    expect(missingConfigs(files, second)).toEqual(["config/deep.json"]);
    expect(missingConfigs(files, new Map([...second, ["config/deep.json", "{}"]]))).toEqual([]);
  });

  test("survive configurations that extend each other", () => {
    const { configs } = discover([], {
      "tsconfig.json": { extends: "./tsconfig.a.json", compilerOptions: { baseUrl: "src" } },
      "tsconfig.a.json": { extends: "./tsconfig.json" },
    });
    expect(configs).toEqual([{ folder: "", baseUrl: "src", paths: [] }]);
  });

  test("are read from jsconfig.json only where there is no tsconfig.json", () => {
    const { configs } = discover([], {
      "a/jsconfig.json": { compilerOptions: { baseUrl: "." } },
      "b/jsconfig.json": { compilerOptions: { baseUrl: "." } },
      "b/tsconfig.json": {},
    });
    expect(configs).toEqual([
      { folder: "a", baseUrl: "a", paths: [] },
      { folder: "b", paths: [] },
    ]);
  });

  test("survive values of the wrong sort", () => {
    const { configs, problems } = discover([], {
      "tsconfig.json": {
        extends: 5,
        references: {},
        compilerOptions: { baseUrl: 1, paths: { a: "b", c: [1, "d"] } },
      },
      "a/tsconfig.json": { compilerOptions: [] },
      "package.json": { name: 5, main: [], dependencies: "x" },
    });
    expect(configs).toContainEqual({
      folder: "",
      paths: [
        { pattern: "a", targets: [] },
        { pattern: "c", targets: ["d"] },
      ],
    });
    expect(problems).toEqual([]);
  });
});

describe("a mistake in a configuration file", () => {
  test("is a problem at its place, and the rest of the file counts", () => {
    const text = '{\n  "name": "@corp/api",\n  "main": ,\n  "dependencies": { "pino": "9" }\n}';
    const { packages, problems } = discover([], { "api/package.json": text });
    expect(packages).toEqual([{ folder: "api", name: "@corp/api", entries: [], dependencies: ["pino"] }]);
    expect(problems).toEqual([
      {
        code: "config-invalid",
        message: "This is not valid JSON: value expected.",
        hint: expect.stringContaining("Correct the file"),
        file: "api/package.json",
        range: { start: { line: 2, character: 10 }, end: { line: 2, character: 11 } },
      },
    ]);
  });

  test("is also content that is no object, but not an empty file", () => {
    const { problems } = discover([], { "package.json": "[]", "tsconfig.json": "\n" });
    expect(problems.map(({ file, message }) => [file, message])).toEqual([
      ["package.json", "This is not valid JSON: it is not an object."],
    ]);
  });
});
