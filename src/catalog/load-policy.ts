import {
  type Catalog,
  emptyPolicy,
  type Model,
  type Policy,
  type Problem,
  type Transfer,
} from "../engine/index.ts";
import { checkPolicy, type PolicyContent } from "./check-policy.ts";
import { dropInvalidRows, dropRows } from "./drop-rows.ts";
import { keepValidModel, knownNames } from "./load-models.ts";
import { createSchemaCheck } from "./schema-check.ts";
import { problemAt, readText } from "./text-ranges.ts";

export interface LoadedPolicy {
  readonly policy: Policy;
  /** Paths and globs of model files that the policy names, as written there. Models written in the policy are in it. */
  readonly modelFiles: readonly string[];
  readonly problems: readonly Problem[];
}

/**
 * Reads `borderline.jsonc`. Never throws: every mistake is a problem at its place in the text, and what is right counts.
 * Names of the policy's own regions are replaced by their jurisdictions, so that readers only meet jurisdictions.
 *
 * @param file how problems name the file
 * @param catalog when given, the rules, sink kinds, data types, jurisdictions and presets that it names are looked up
 */
export function loadPolicy(file: string, text: string, catalog?: Catalog): LoadedPolicy {
  const read = readText(file, text, "policy-syntax");
  const problems = [...read.syntaxProblems];
  if (read.value === undefined) return { policy: emptyPolicy, modelFiles: [], problems };

  const check = createSchemaCheck();
  const valid = dropInvalidRows(check, "policy", read.value);
  for (const mistake of valid.mistakes) problems.push(problemAt("policy-invalid", file, read, mistake));
  if (valid.value === undefined) return { policy: emptyPolicy, modelFiles: [], problems };

  const mistakes = checkPolicy(valid.value as PolicyContent, catalog);
  for (const mistake of mistakes) {
    problems.push(
      problemAt("policy-invalid", file, read, { ...mistake, path: valid.originalPath(mistake.path) }),
    );
  }
  const content = (mistakes.length > 0 ? dropRows(valid.value, mistakes) : valid.value) as PolicyContent;

  const context = { file, read, check, known: catalog ? knownNames(catalog) : {}, problems };
  const models = ((valid.value as PolicyContent).models ?? []).flatMap((model, index): Model[] =>
    typeof model === "string" ? [] : keepValidModel(context, valid.originalPath(["models", index]), model),
  );
  const modelFiles = (content.models ?? []).filter((model) => typeof model === "string");
  return { policy: policyOf(content, models), modelFiles, problems };
}

function policyOf(content: PolicyContent, models: readonly Model[]): Policy {
  const { $schema, models: written, ...rest } = content;
  const place = (name: string) => content.regions?.[name]?.jurisdiction ?? name;
  return {
    ...emptyPolicy,
    ...rest,
    residency: {
      ...(content.residency?.default === undefined ? {} : { default: place(content.residency.default) }),
      paths: Object.fromEntries(
        Object.entries(content.residency?.paths ?? {}).map(([glob, name]) => [glob, place(name)]),
      ),
    },
    transfers: (content.transfers ?? []).map((transfer) => withPlaces(transfer, place)),
    models,
  };
}

function withPlaces(transfer: Transfer, place: (name: string) => string): Transfer {
  return {
    ...transfer,
    ...(transfer.from === undefined ? {} : { from: [transfer.from].flat().map(place) }),
    ...(transfer.to === undefined ? {} : { to: [transfer.to].flat().map(place) }),
  };
}
