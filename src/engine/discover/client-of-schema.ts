import { relationsOf, rowSelection } from "../base/generated-names.ts";
import type { Schema, SchemaField, SchemaModel } from "./read-schemas.ts";

/** Types of columns, as the values of rows have them. What is not here is an enum, a model, or unknown. */
const columnTypes: Readonly<Record<string, string>> = {
  String: "string",
  Int: "number",
  Float: "number",
  Decimal: "number",
  BigInt: "bigint",
  Boolean: "boolean",
  DateTime: "Date",
  Bytes: "Uint8Array",
  Json: "any",
  Unsupported: "unknown",
};

/** What the methods of a model give, by what their first argument selects. */
const results = {
  row: ["findUniqueOrThrow", "findFirstOrThrow", "create", "update", "upsert", "delete"],
  maybe: ["findUnique", "findFirst"],
  rows: ["findMany", "createManyAndReturn", "updateManyAndReturn"],
} as const;

/** The client that Prisma would generate, as far as rows and their columns go, as TypeScript. */
export function clientOfSchema({ models, enums, url }: Schema): string {
  const names = new Set(models.map(({ name }) => name));
  const rows = models.filter((model) => model.rows);
  const isRelation = ({ type }: SchemaField) => rows.some(({ name }) => name === type);
  const members = (fields: readonly SchemaField[]) => fields.map((field) => memberOf(field, names, enums));
  const lines = [placedParent];
  lines.push(
    ...enums.flatMap(({ name, values }) => [
      `export const ${name} = { ${values.map((value) => `${value}: "${value}"`).join(", ")} } as const;`,
      `export type ${name} = ${values.map((value) => `"${value}"`).join(" | ") || "never"};`,
    ]),
  );
  for (const model of models) {
    const relations = model.fields.filter(isRelation);
    lines.push(`export interface ${model.name} {`, ...members(without(model, relations)), "}");
    if (relations.length > 0)
      lines.push(`export interface ${relationsOf(model.name)} {`, ...members(relations), "}");
  }
  lines.push(`export interface ${rowSelection} { select?: any; include?: any; omit?: any }`);
  for (const { name } of rows) lines.push(...delegateOf(name));
  return [...lines, ...clientLines(rows, url), ""].join("\n");
}

function without({ fields }: SchemaModel, relations: readonly SchemaField[]): SchemaField[] {
  return fields.filter((field) => !relations.includes(field));
}

function memberOf(
  { name, type, list, optional, comment }: SchemaField,
  models: ReadonlySet<string>,
  enums: Schema["enums"],
): string {
  const known = models.has(type) || enums.some((each) => each.name === type) ? type : "unknown";
  const one = columnTypes[type] ?? known;
  const doc = comment === "" ? "" : `/** ${comment.replaceAll("*/", "")} */ `;
  return `  ${doc}${name}: ${one}${list ? "[]" : ""}${optional ? " | null" : ""};`;
}

function delegateOf(model: string): string[] {
  const method = (result: string) => (name: string) =>
    `  ${name}(args: ${rowSelection}): Promise<${result}>;`;
  return [
    `export interface ${model}$delegate {`,
    ...results.row.map(method(model)),
    ...results.maybe.map(method(`${model} | null`)),
    ...results.rows.map(method(`${model}[]`)),
    "}",
  ];
}

/** What models know of the place of any client: the packages that a generated one is made with have no other name for it. */
const placedParent = 'import { PrismaClient as Placed } from "@prisma/client-runtime-utils";';

/** A transaction runs with a client; an extended client is one. */
function clientLines(rows: readonly SchemaModel[], url = "undefined"): string[] {
  return [
    "export class PrismaClient extends Placed {",
    `  constructor(options) { super(options, options?.datasourceUrl ?? options?.datasources?.db?.url ?? ${url}); }`,
    ...rows.map(({ name }) => `  ${name.charAt(0).toLowerCase()}${name.slice(1)}: ${name}$delegate;`),
    '  $transaction(run) { return typeof run === "function" ? run(this) : Promise.all(run); }',
    "  $extends(extension) { return this; }",
    "}",
    "export namespace Prisma {",
    "  export type TransactionClient = PrismaClient;",
    "}",
  ];
}
