import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { listFiles } from "../../src/workspace/index.ts";
import { makeFolder } from "./make-folder.ts";

const filesOf = async (root: string) => (await listFiles(root)).files;

test("lists files by their path from the root, in a fixed order, dot files too", async () => {
  const root = makeFolder({
    "b.ts": "",
    "a/z.ts": "",
    "a/b/c.ts": "",
    ".eslintrc.cjs": "",
    "package.json": "{}",
  });
  expect(await filesOf(root)).toEqual([".eslintrc.cjs", "a/b/c.ts", "a/z.ts", "b.ts", "package.json"]);
});

test("never looks into node_modules or .git, however deep", async () => {
  const root = makeFolder({
    "node_modules/x/a.ts": "",
    "p/node_modules/x/a.ts": "",
    ".git/config": "",
    "p/a.ts": "",
  });
  expect(await filesOf(root)).toEqual(["p/a.ts"]);
});

describe(".gitignore", () => {
  test("of every folder counts for what is below it, and an inner one may take back", async () => {
    const root = makeFolder({
      ".gitignore": "out/\n*.gen.ts\n/top.ts\n",
      "top.ts": "",
      "p/top.ts": "",
      "p/out/a.ts": "",
      "p/a.gen.ts": "",
      "q/.gitignore": "!keep.gen.ts\nlocal.ts\n",
      "q/keep.gen.ts": "",
      "q/r/local.ts": "",
      "local.ts": "",
    });
    expect(await filesOf(root)).toEqual([
      ".gitignore",
      "local.ts",
      "p/top.ts",
      "q/.gitignore",
      "q/keep.gen.ts",
    ]);
  });

  test("above the scanned folder counts too, inside one repository", async () => {
    const repository = makeFolder({
      ".git/info/exclude": "private.ts\n",
      ".gitignore": "packages/a/skip.ts\n",
      "packages/a/skip.ts": "",
      "packages/a/keep.ts": "",
      "packages/a/private.ts": "",
    });
    expect(await filesOf(join(repository, "packages/a"))).toEqual(["keep.ts"]);
  });

  test("above the scanned folder says nothing when there is no repository", async () => {
    const root = makeFolder({ ".gitignore": "*.ts\n", "p/a.ts": "" });
    expect(await filesOf(join(root, "p"))).toEqual(["a.ts"]);
  });

  test("leaves out what git itself leaves out", async () => {
    const root = makeFolder({
      ".gitignore": "/dist\nlogs/**\n!logs/keep.ts\n*.tmp.ts\n\\#odd.ts\n",
      "dist/a.ts": "",
      "p/dist/a.ts": "",
      "logs/a.ts": "",
      "logs/keep.ts": "",
      "x.tmp.ts": "",
      "#odd.ts": "",
      "p/.gitignore": "/a.ts\n!*.tmp.ts\n",
      "p/a.ts": "",
      "p/q/a.ts": "",
      "p/y.tmp.ts": "",
    });
    const git = (...args: string[]) => execFileSync("git", args, { cwd: root, encoding: "utf8" });
    git("init", "--quiet");
    const listed = git("ls-files", "--others", "--exclude-standard", "-z").split("\0").filter(Boolean).sort();
    expect(await filesOf(root)).toEqual(listed);
    expect(listed).toContain("p/y.tmp.ts");
  });
});

describe("links", () => {
  test("that lead back into the folder are passed over, loops among them", async () => {
    const root = makeFolder({
      "src/a.ts": "",
      "src/loop": "-> ..",
      "again.ts": "-> src/a.ts",
      self: "-> self",
    });
    const { files, problems } = await listFiles(root);
    expect(files).toEqual(["src/a.ts"]);
    expect(problems).toEqual([]);
  });

  test("that lead out are followed, each target once", async () => {
    const shared = makeFolder({ "lib/s.ts": "", "lib/back": "-> ../lib", "one.ts": "" });
    const root = makeFolder({ x: `-> ${shared}/lib`, "one.ts": `-> ${shared}/one.ts` });
    expect(await filesOf(root)).toEqual(["one.ts", "x/s.ts"]);
  });

  test("that lead nowhere are a problem when they are code", async () => {
    const { files, problems } = await listFiles(
      makeFolder({ "gone.ts": "-> nowhere.ts", "gone.txt": "-> nowhere" }),
    );
    expect(files).toEqual([]);
    expect(problems).toMatchObject([{ code: "file-unreadable", file: "gone.ts" }]);
    expect(problems[0]?.message).toContain("does not exist");
  });
});

test("a folder that is not there is an error, and so is an abort", async () => {
  const root = makeFolder({ "a.ts": "" });
  await expect(listFiles(join(root, "no"))).rejects.toMatchObject({ code: "ENOENT" });
  await expect(listFiles(root, AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
});
