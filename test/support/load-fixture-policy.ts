import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type ParseError, parse } from "jsonc-parser";
import { emptyPolicy, type Model, type Policy } from "../../src/engine/index.ts";

/**
 * The policy of the nearest `borderline.jsonc` at or above `folder`, no higher than `top`; a whole folder of fixtures may
 * share one. Models are files beside the policy, or written in place.
 * @throws {Error} when the file is not JSON with comments
 */
export function loadFixturePolicy(folder: string, top: string): Policy {
  const file = join(folder, "borderline.jsonc");
  if (!existsSync(file)) return folder === top ? emptyPolicy : loadFixturePolicy(dirname(folder), top);
  const raw = readJsonc(file) as Partial<Omit<Policy, "models">> & { models?: (string | Model)[] };
  const models = (raw.models ?? []).flatMap((model) =>
    typeof model === "string" ? (readJsonc(join(folder, model)) as { models: Model[] }).models : [model],
  );
  return { ...emptyPolicy, ...raw, residency: { paths: {}, ...raw.residency }, models };
}

function readJsonc(file: string): unknown {
  const errors: ParseError[] = [];
  const value = parse(readFileSync(file, "utf8"), errors, { allowTrailingComma: true });
  if (errors.length > 0) throw new Error(`${file} is not JSON with comments (offset ${errors[0]?.offset})`);
  return value;
}
