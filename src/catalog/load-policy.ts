import {
  type Approval,
  type Catalog,
  type Channel,
  emptyPolicy,
  type Location,
  type Model,
  type Policy,
  type Problem,
  type Transfer,
} from "../engine/index.ts";
import { checkPolicy, type PolicyContent } from "./check-policy.ts";
import { dropInvalidRows, dropRows } from "./drop-rows.ts";
import { keepValidModel, knownNames } from "./load-models.ts";
import type { JsonPath } from "./mistake.ts";
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
 * @param outer the policy of the workspace, for that of a folder: its regions may be named
 */
export function loadPolicy(file: string, text: string, catalog?: Catalog, outer?: Policy): LoadedPolicy {
  const read = readText(file, text, "policy-syntax");
  const problems = [...read.syntaxProblems];
  if (read.value === undefined) return { policy: emptyPolicy, modelFiles: [], problems };

  const check = createSchemaCheck();
  const valid = dropInvalidRows(check, "policy", read.value);
  for (const mistake of valid.mistakes) problems.push(problemAt("policy-invalid", file, read, mistake));
  if (valid.value === undefined) return { policy: emptyPolicy, modelFiles: [], problems };

  const mistakes = checkPolicy(valid.value as PolicyContent, catalog, outer);
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
  // Rows that were dropped shift those behind them: while there are mistakes, nothing is said of what is not used.
  const whole = mistakes.length === 0 && valid.mistakes.length === 0;
  const written = whole ? withPlacesInText(content, (path) => ({ file, ...read.rangeAt(path) })) : content;
  return { policy: policyOf(written, models, outer), modelFiles, problems };
}

/** Each row of the lists that may turn out to be of no use, with where it is written. */
function withPlacesInText(content: PolicyContent, at: (path: JsonPath) => Location): PolicyContent {
  const rows = <Row>(list: string, given: readonly Row[] | undefined) =>
    given?.map((row, index) => ({ ...row, writtenAt: at([list, index]) }));
  const { transfers, channels, approvals, regions, ...rest } = content;
  return {
    ...rest,
    ...(transfers && { transfers: rows("transfers", transfers) as readonly Transfer[] }),
    ...(channels && { channels: rows("channels", channels) as readonly Channel[] }),
    ...(approvals && { approvals: rows("approvals", approvals) as readonly Approval[] }),
    ...(regions && {
      regions: Object.fromEntries(
        Object.entries(regions).map(([name, region]) => [
          name,
          { ...region, writtenAt: at(["regions", name]) },
        ]),
      ),
    }),
  };
}

function policyOf(content: PolicyContent, models: readonly Model[], outer: Policy | undefined): Policy {
  const { $schema, models: written, ...rest } = content;
  const place = (name: string) => (content.regions?.[name] ?? outer?.regions[name])?.jurisdiction ?? name;
  return {
    ...emptyPolicy,
    ...rest,
    residency: {
      ...(content.residency?.default === undefined ? {} : { default: place(content.residency.default) }),
      paths: placed(content.residency?.paths, place),
      ...(content.residency?.packages && { packages: placed(content.residency.packages, place) }),
    },
    transfers: (content.transfers ?? []).map((transfer) => withPlaces(transfer, place)),
    channels: (content.channels ?? []).map((channel) => withPlaces(channel, place)),
    models,
  };
}

function placed(named: Readonly<Record<string, string>> | undefined, place: (name: string) => string) {
  return Object.fromEntries(Object.entries(named ?? {}).map(([key, name]) => [key, place(name)]));
}

function withPlaces<Row extends Pick<Transfer, "from" | "to">>(
  row: Row,
  place: (name: string) => string,
): Row {
  return {
    ...row,
    ...(row.from === undefined ? {} : { from: [row.from].flat().map(place) }),
    ...(row.to === undefined ? {} : { to: [row.to].flat().map(place) }),
  };
}
