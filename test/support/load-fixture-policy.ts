import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadPolicy } from "../../src/catalog/index.ts";
import { type Catalog, emptyPolicy, type Policy } from "../../src/engine/index.ts";

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
): Policy {
  const file = join(folder, "borderline.jsonc");
  const before = known.get(file);
  if (before) return before;
  if (!existsSync(file))
    return folder === top ? emptyPolicy : loadFixturePolicy(dirname(folder), top, catalog, known);
  const { policy, modelFiles, problems } = loadPolicy(file, readFileSync(file, "utf8"), catalog);
  const [problem] = problems;
  if (problem) throw new Error(`${file}:${(problem.range?.start.line ?? 0) + 1}: ${problem.message}`);
  if (modelFiles.length > 0) throw new Error(`${file}: models of fixtures are written in the policy itself`);
  known.set(file, policy);
  return policy;
}
