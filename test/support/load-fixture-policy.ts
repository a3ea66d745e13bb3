import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadPolicy } from "../../src/catalog/index.ts";
import { type Catalog, emptyPolicy, nestPolicies, type Policy } from "../../src/engine/index.ts";
import type { Fixture } from "./find-fixtures.ts";

/**
 * The policy of the nearest `borderline.jsonc` at or above `folder`, no higher than `top`: a whole folder of fixtures may
 * share one, and is read once where the caller keeps what is `known`. Models are written in the policy itself.
 * @throws {Error} when there is any mistake in the policy: a fixture with half a policy would test something else
 */
export function loadFixturePolicy(
  folder: string,
  top: string,
  catalog: Catalog,
  known = new Map<string, Policy>(),
  outer?: Policy,
): Policy {
  const file = join(folder, "borderline.jsonc");
  const before = known.get(file);
  if (before) return before;
  if (!existsSync(file))
    return folder === top ? emptyPolicy : loadFixturePolicy(dirname(folder), top, catalog, known);
  const { policy, modelFiles, problems } = loadPolicy(file, readFileSync(file, "utf8"), catalog, outer);
  const [problem] = problems;
  if (problem) throw new Error(`${file}:${(problem.range?.start.line ?? 0) + 1}: ${problem.message}`);
  if (modelFiles.length > 0) throw new Error(`${file}: models of fixtures are written in the policy itself`);
  known.set(file, policy);
  return policy;
}

/** The same, with the policies of folders inside a fixture. */
export function loadFixturePolicies(
  { root, files }: Pick<Fixture, "root" | "files">,
  top: string,
  catalog: Catalog,
  known: Map<string, Policy>,
): Policy {
  const policy = loadFixturePolicy(root, top, catalog, known);
  const nested = files
    .filter((file) => file.endsWith("/borderline.jsonc"))
    .map((file) => dirname(file))
    .map((folder) => ({
      folder,
      policy: loadFixturePolicy(join(root, folder), root, catalog, known, policy),
    }));
  return nestPolicies(policy, nested);
}
