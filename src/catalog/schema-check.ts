import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { nearestName } from "../engine/index.ts";
import type { JsonPath, Mistake } from "./mistake.ts";
import cloud from "./schema/cloud.schema.json" with { type: "json" };
import dataType from "./schema/data-type.schema.json" with { type: "json" };
import jurisdictions from "./schema/jurisdictions.schema.json" with { type: "json" };
import library from "./schema/library.schema.json" with { type: "json" };
import owners from "./schema/owners.schema.json" with { type: "json" };
import policy from "./schema/policy.schema.json" with { type: "json" };
import preset from "./schema/preset.schema.json" with { type: "json" };
import rule from "./schema/rule.schema.json" with { type: "json" };
import sinkKinds from "./schema/sink-kinds.schema.json" with { type: "json" };
import vendors from "./schema/vendors.schema.json" with { type: "json" };

const schemas = {
  cloud,
  "data-type": dataType,
  jurisdictions,
  library,
  owners,
  policy,
  preset,
  rule,
  "sink-kinds": sinkKinds,
  vendors,
};

export type SchemaName = keyof typeof schemas;

/** Compares a value with one of the catalog's JSON Schemas. An empty answer means that it is valid. */
export type SchemaCheck = (schema: SchemaName, value: unknown) => Mistake[];

/** Makes a check that compiles each schema at its first use. Compiling is the dear part: share one check over many files. */
export function createSchemaCheck(): SchemaCheck {
  const compiled = new Map<SchemaName, ValidateFunction>();
  let ajv: Ajv | undefined;
  return (name, value) => {
    let validate = compiled.get(name);
    if (!validate) {
      ajv ??= new Ajv({
        allErrors: true,
        verbose: true,
        allowUnionTypes: true,
        validateSchema: false,
        keywords: ["x-hint"],
      });
      validate = ajv.compile(schemas[name]);
      compiled.set(name, validate);
    }
    if (validate(value)) return [];
    return dropEchoes((validate.errors ?? []).map((error) => mistakeOf(error, value)));
  };
}

/** `oneOf` repeats every failed branch before its own error: only what stands on its own is kept. */
function dropEchoes(mistakes: readonly (Mistake | undefined)[]): Mistake[] {
  const seen = new Set<string>();
  return mistakes.filter((mistake): mistake is Mistake => {
    if (!mistake) return false;
    const key = `${mistake.path.join("/")} ${mistake.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function mistakeOf(error: ErrorObject, root: unknown): Mistake | undefined {
  if (/\/(oneOf|anyOf)\//.test(error.schemaPath)) return undefined;
  const path = pathOfPointer(error.instancePath, root);
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case "additionalProperties":
      return unknownKey(path, String(params.additionalProperty), error);
    case "required":
      return {
        path,
        message: `"${String(params.missingProperty)}" is missing`,
        hint: `Add "${String(params.missingProperty)}".`,
      };
    case "enum":
      return notOneOf(path, error.data, params.allowedValues as unknown[]);
    case "type":
      return {
        path,
        message: `Expected ${listOf([params.type].flat().map(withArticle))} here`,
        hint: hintOf(error, `Write ${listOf([params.type].flat().map(withArticle))}.`),
      };
    case "pattern":
      return {
        path,
        message: `${JSON.stringify(error.data)} is not written as expected`,
        hint: hintOf(error, "Compare it with the schema."),
      };
    case "oneOf":
      return {
        path,
        message: "This has none of the allowed sets of keys, or several at once",
        hint: hintOf(error, "Compare it with the schema."),
      };
    default:
      return {
        path,
        message: `This value ${error.message ?? "is not valid"}`,
        hint: hintOf(error, "Compare it with the schema."),
      };
  }
}

function unknownKey(parent: JsonPath, key: string, error: ErrorObject): Mistake {
  const known = Object.keys((error.parentSchema?.properties as object | undefined) ?? {});
  const meant = nearestName(key, known);
  return {
    path: [...parent, key],
    atKey: true,
    message: `"${key}" is not a known key`,
    hint: meant ? `Did you mean "${meant}"?` : `Known keys: ${known.join(", ")}.`,
  };
}

function notOneOf(path: JsonPath, value: unknown, allowed: readonly unknown[]): Mistake {
  const words = allowed.map(String);
  const meant = typeof value === "string" ? nearestName(value, words) : undefined;
  return {
    path,
    message: `${JSON.stringify(value)} is not one of the known values`,
    hint: meant ? `Did you mean "${meant}"?` : `Known values: ${words.join(", ")}.`,
  };
}

/** A schema says under `x-hint` what a person should write when a pattern or a choice of keys does not match. */
function hintOf(error: ErrorObject, otherwise: string): string {
  const hint: unknown = error.parentSchema?.["x-hint"];
  return typeof hint === "string" ? hint : otherwise;
}

/** A JSON pointer says "2" for both an index and a key; the value itself tells which one it is. */
function pathOfPointer(pointer: string, root: unknown): JsonPath {
  const path: (string | number)[] = [];
  let at: unknown = root;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(at) ? Number(key) : key);
    at = (at as Record<string, unknown> | undefined)?.[key];
  }
  return path;
}

function withArticle(type: unknown): string {
  return type === "array" ? "a list" : type === "object" ? "an object" : `a ${String(type)}`;
}

function listOf(words: readonly string[]): string {
  return words.join(" or ");
}
