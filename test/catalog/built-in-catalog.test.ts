import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { bundleCatalog } from "../../scripts/bundle-catalog.mjs";
import { loadCatalog } from "../../src/catalog/index.ts";
import { readCatalogFiles } from "./read-catalog-files.ts";

const root = join(import.meta.dirname, "../..");
const files = readCatalogFiles();
const { catalog, problems } = loadCatalog(files);
const filesIn = (folder: string) => Object.keys(files).filter((path) => path.startsWith(`${folder}/`));

test("has no problem: every file follows its schema, every path reads, every name is declared once and known", () => {
  expect(problems).toEqual([]);
});

test("is the same when it is trusted, and when it comes from the bundle step", () => {
  expect(loadCatalog(files, { trusted: true }).catalog).toEqual(catalog);
  expect(loadCatalog(bundleCatalog(join(root, "src/catalog"))).catalog).toEqual(catalog);
});

describe("schemas", () => {
  const schemas = filesIn("schema").map((path) => [path, files[path] as Record<string, unknown>] as const);

  test.each(schemas)("%s is valid, and strict about unknown keys", (_path, schema) => {
    const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictRequired: false, keywords: ["x-hint"] });
    ajv.addSchema(files["schema/library.schema.json"] as object, "library.schema.json");
    expect(() => ajv.compile(schema)).not.toThrow();
    expect(schema.additionalProperties).toBe(false);
  });

  test.each(schemas)("%s describes every property, for completion and hover", (_path, schema) => {
    expect(undescribed(schema, "")).toEqual([]);
  });

  test("every other catalog file names its schema, by a path that exists", () => {
    for (const path of Object.keys(files).filter((each) => !each.startsWith("schema/"))) {
      const named = (files[path] as Record<string, unknown>).$schema;
      expect([path, existsSync(join(root, "src/catalog", path, "..", String(named)))]).toEqual([path, true]);
    }
  });

  test("the policy's completion offers exactly the rules, sink kinds and presets that exist", () => {
    const policy = files["schema/policy.schema.json"] as PolicySchema;
    const known = [...catalog.rules.map((rule) => rule.id), ...catalog.sinkKinds.map((kind) => kind.id)];
    expect(Object.keys(policy.properties.rules.properties).sort()).toEqual(known.sort());
    expect([...policy.properties.presets.items.examples].sort()).toEqual(
      catalog.presets.map((preset) => preset.id).sort(),
    );
  });
});

describe("libraries", () => {
  test.each(filesIn("libraries"))("%s is named for its package or global", (path) => {
    const model = files[path] as { library?: string; global?: string };
    const name = model.library ?? model.global ?? "";
    const slug = name
      .replace(/^[@_$]/, "")
      .replace(/^#/, "unknown-")
      .replaceAll("/", "-");
    // A global may share its name with a Node module: the global `crypto` is the web's.
    expect(model.global ? [slug, `web-${slug}`] : [slug]).toContain(
      path.replace(/^libraries\/(.*)\.json$/, "$1"),
    );
  });

  test("what the walking skeleton promises is there", () => {
    const promised =
      "console pino winston bunyan @nestjs/common fs csv-stringify papaparse exceljs nodemailer @slack/web-api axios fetch @sentry/node openai @aws-sdk/client-s3 crypto";
    const known = catalog.libraries.map((model) => model.library ?? model.global);
    expect(known).toEqual(expect.arrayContaining(promised.split(" ")));
  });
});

describe("data types", () => {
  test("stand in their category's file, so that a category is one place to read", () => {
    for (const path of filesIn("data-types").filter((each) => !each.endsWith("owners.json"))) {
      const category = path.replace(/^data-types\/(.*)\.json$/, "$1");
      const { dataTypes } = files[path] as { dataTypes: { id: string }[] };
      expect(dataTypes.filter(({ id }) => !id.startsWith(`${category}.`))).toEqual([]);
    }
  });

  test("have a name, or say in a note why they have none", () => {
    const nameless = catalog.dataTypes.filter(
      (type) => type.names.length + (type.ambiguous ?? []).length === 0 && type.note === undefined,
    );
    expect(nameless).toEqual([]);
  });

  test("no owner is both a person and not one", () => {
    const { person, notPerson } = catalog.owners;
    expect(person.filter((word) => notPerson.includes(word))).toEqual([]);
  });
});

describe("places", () => {
  test("every cloud whose codes a model reads is known, and the EU has its 27 members", () => {
    const providers = catalog.libraries.flatMap((model) =>
      (model.places ?? []).map((place) => place.provider),
    );
    const known = catalog.clouds.map((cloud) => cloud.provider);
    for (const provider of providers) expect([undefined, ...known]).toContain(provider);
    expect(catalog.jurisdictions.find((each) => each.id === "EU")?.members).toHaveLength(27);
  });
});

describe("rules", () => {
  test.each(catalog.rules.map((rule) => rule.id))(
    "%s has a page with every heading that a page needs",
    (id) => {
      const page = readFileSync(join(root, "docs/rules", `${id}.md`), "utf8");
      const headings = [...page.matchAll(/^#+ (.*)$/gm)].map((match) => match[1]);
      expect(headings).toEqual([
        id,
        "Why",
        "Bad",
        "Good",
        "How to fix",
        "How to suppress",
        "When not to use it",
      ]);
    },
  );

  test("together judge every sink kind", () => {
    const judged = catalog.rules.flatMap((rule) => rule.to);
    const left = catalog.sinkKinds.filter(
      ({ id }) => !judged.some((kind) => id === kind || id.startsWith(`${kind}.`)),
    );
    expect(left).toEqual([]);
  });

  test("every sink kind's parent is a kind too", () => {
    const ids = new Set(catalog.sinkKinds.map((kind) => kind.id));
    const orphans = [...ids].filter((id) => id.includes(".") && !ids.has(id.slice(0, id.lastIndexOf("."))));
    expect(orphans).toEqual([]);
  });

  test("presets say that they are no legal advice", () => {
    for (const preset of catalog.presets) expect(preset.note).toMatch(/^Not legal advice\./);
  });
});

interface PolicySchema {
  properties: {
    rules: { properties: Record<string, unknown> };
    presets: { items: { examples: string[] } };
  };
}

/** Paths of the properties that lack a description. */
function undescribed(schema: unknown, at: string): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties, items, additionalProperties } = schema as Record<string, unknown>;
  const own = Object.entries((properties ?? {}) as Record<string, Record<string, unknown>>).flatMap(
    ([key, value]) => [
      ...(value.description || value.$ref ? [] : [`${at}/${key}`]),
      ...undescribed(value, `${at}/${key}`),
    ],
  );
  return [...own, ...undescribed(items, `${at}/[]`), ...undescribed(additionalProperties, `${at}/*`)];
}
