import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The licence texts of every package whose code went into the bundles. Their licences ask that the notice travels
 * with the code, and a bundle has lost the folders that carried it.
 *
 * @param {Iterable<string>} inputs bundled files, relative to the repository, as esbuild's metafile names them
 * @param {string} root the repository
 */
export function thirdPartyNotices(inputs, root) {
  const packages = [...new Set([...inputs].map(packageFolder).filter(Boolean))].sort();
  const notices = packages.map((folder) => noticeOf(folder, join(root, folder)));
  return `Borderline includes code of these packages.\n\n${notices.join("\n")}`;
}

function packageFolder(input) {
  return input.match(/^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/)?.[0];
}

function noticeOf(folder, directory) {
  const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const file = readdirSync(directory).find((name) => /^(licen[sc]e|copying)/i.test(name));
  const text =
    file === undefined ? `Licence: ${manifest.license}` : readFileSync(join(directory, file), "utf8").trim();
  return `${"=".repeat(80)}\n${manifest.name ?? folder} ${manifest.version}\n${"=".repeat(80)}\n${text}\n`;
}
