import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { deflateRawSync } from "node:zlib";
import { listFiles, PackageManager } from "@vscode/vsce";
import { expect, test } from "vitest";
import manifest from "../package.json";

// What `npm run package` would put into the .vsix. It needs dist/, which `npm test` builds before.
const root = fileURLToPath(new URL("..", import.meta.url));
const files = await listFiles({ cwd: root, packageManager: PackageManager.None });

test("the package holds what runs, what it knows and what is read of it, and nothing else", () => {
  const allowed = [
    /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|icon\.png)$/,
    /^dist\/(extension|server|cli|commands|extract-worker|parser)\.cjs$/,
    /^dist\/(catalog\.json|THIRD-PARTY-NOTICES\.txt)$/,
    /^dist\/schema\/[a-z-]+\.schema\.json$/,
    /^syntaxes\/[a-z.-]+\.json$/,
    /^docs\/images\/[a-z0-9-]+\.png$/,
    // What a finding's code leads to.
    /^docs\/rules\/[a-z-]+\.md$/,
  ];
  expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
});

test("no source, no test and no map travels", () => {
  expect(files.filter((file) => /\.(ts|mts|tsx|map|mjs)$|^(src|test|examples|scripts)\//.test(file))).toEqual(
    [],
  );
  const bundles = files.filter((file) => file.endsWith(".cjs"));
  const mapped = bundles.filter((file) =>
    /\n\/\/# sourceMappingURL=.*\s*$/.test(readFileSync(join(root, file), "utf8")),
  );
  expect(mapped).toEqual([]);
});

test("every file that the manifest names is in it", () => {
  const { contributes } = manifest;
  const named = [
    manifest.main,
    manifest.bin.borderline,
    manifest.icon,
    ...contributes.jsonValidation.map(({ url }) => url),
    ...contributes.grammars.map(({ path }) => path),
    // Started by the extension, and loaded by the bundles.
    "dist/commands.cjs",
    "dist/server.cjs",
    "dist/parser.cjs",
    "dist/extract-worker.cjs",
    "dist/catalog.json",
    "dist/THIRD-PARTY-NOTICES.txt",
    "LICENSE",
  ];
  expect(files).toEqual(expect.arrayContaining(named.map((path) => posix.normalize(path))));
});

test("every picture of the README is in it", () => {
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const pictures = [...readme.matchAll(/!\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*\ssrc="([^"]+)"/g)].map(
    ([, inline, html]) => inline ?? html ?? "",
  );
  const own = pictures.filter((path) => !path.startsWith("https://"));
  expect(files).toEqual(expect.arrayContaining(own.map((path) => posix.normalize(path))));
});

test("it stays under 6 MB", () => {
  const packed = files.map((file) => deflateRawSync(readFileSync(join(root, file))).length);
  expect(packed.reduce((sum, size) => sum + size, 0)).toBeLessThan(6_000_000);
});
