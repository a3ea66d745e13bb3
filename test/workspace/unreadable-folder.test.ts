import { expect, test, vi } from "vitest";
import { listFiles } from "../../src/workspace/index.ts";
import { makeFolder } from "./make-folder.ts";

// Taking the permission away does not stop a superuser, whom tests often run as.
vi.mock("node:fs/promises", async (importOriginal) => {
  const original = await importOriginal<typeof import("node:fs/promises")>();
  const readdir = (path: string, options: { withFileTypes: true }) =>
    path.endsWith("/locked")
      ? Promise.reject(Object.assign(new Error(`EACCES: ${path}`), { code: "EACCES" }))
      : original.readdir(path, options);
  return { ...original, readdir };
});

test("a folder that may not be read is a problem without the machine's path, and the rest is listed", async () => {
  const { files, problems } = await listFiles(makeFolder({ "p/locked/a.ts": "", "p/b.ts": "" }));
  expect(files).toEqual(["p/b.ts"]);
  expect(problems).toEqual([
    {
      code: "file-unreadable",
      message: "The folder could not be read: permission denied.",
      hint: "Give read permission, repair the link, or exclude the folder in borderline.jsonc.",
      file: "p/locked",
    },
  ]);
});
