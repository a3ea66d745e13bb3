import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * A digest of all that the tool is made of.
 *
 * @param {string} root the repository
 * @returns {string}
 */
export function toolDigest(root) {
  const sources = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash("sha256");
  for (const file of [...sources.sort(), join(root, "package.json"), join(root, "package-lock.json")])
    hash.update(readFileSync(file));
  return hash.digest("hex").slice(0, 12);
}
