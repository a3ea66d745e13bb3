import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/index.ts";

const kinds = { sinkKinds: [{ id: "log", title: "Log", verb: "written to a log" }] };
const goodRow = { path: "Member[info].Argument[0..]", kind: "log" };
const email = {
  id: "contact.email",
  title: "E-mail address",
  sensitivity: "medium",
  names: ["email"],
  owner: "any",
};

/** Loads one library beside what it needs, and gives what is left of it with the problems. */
function loadLibrary(library: Record<string, unknown>) {
  const { catalog, problems } = loadCatalog({
    "libraries/lib.json": library,
    "rules/sink-kinds.json": kinds,
    "data-types/contact.json": { dataTypes: [email] },
  });
  return { model: catalog.libraries[0], problems };
}

describe("a broken row is dropped, the rest works", () => {
  test("a row without what it needs", () => {
    const { model, problems } = loadLibrary({ library: "lib", sinks: [{ path: "Argument[0]" }, goodRow] });
    expect(model?.sinks).toEqual([goodRow]);
    expect(problems).toEqual([
      {
        code: "model-invalid",
        file: "libraries/lib.json",
        message: 'sinks[0]: "kind" is missing.',
        hint: 'Add "kind".',
      },
    ]);
  });

  test("a key that is written wrongly", () => {
    const { model, problems } = loadLibrary({ library: "lib", sinks: [goodRow, { ...goodRow, knd: "log" }] });
    expect(model?.sinks).toEqual([goodRow]);
    expect(problems[0]).toMatchObject({ code: "model-invalid", hint: 'Did you mean "kind"?' });
    expect(problems[0]?.message).toBe('sinks[1].knd: "knd" is not a known key.');
  });

  test("a path that does not read", () => {
    const { model, problems } = loadLibrary({
      library: "lib",
      sinks: [{ path: "Member[info].Argment[0]", kind: "log" }, goodRow],
    });
    expect(model?.sinks).toEqual([goodRow]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.code).toBe("model-path-invalid");
    expect(problems[0]?.message).toContain('sinks[0].path: The path "Member[info].Argment[0]"');
    expect(problems[0]?.message).toContain("from character 14");
  });

  test("a port of a propagator or a place that does not read", () => {
    const { model, problems } = loadLibrary({
      library: "lib",
      types: [{ name: "Client", path: "Instance" }],
      propagators: [{ path: "Member[f]", from: "Argument[x]", to: "ReturnValue" }],
      places: [{ type: "Client", host: "Argument[0]." }],
    });
    expect(model).toMatchObject({ propagators: [], places: [] });
    expect(problems.map((problem) => problem.code)).toEqual(["model-path-invalid", "model-path-invalid"]);
  });

  test("two broken rows: each problem names its own", () => {
    const { model, problems } = loadLibrary({
      library: "lib",
      sinks: [{ path: 1, kind: "log" }, goodRow, { path: "Nowhere", kind: "log" }, goodRow, { kind: "log" }],
    });
    expect(model?.sinks).toEqual([goodRow, goodRow]);
    expect(problems.map((problem) => problem.message.split(":")[0])).toEqual([
      "sinks[0].path",
      "sinks[4]",
      "sinks[2].path",
    ]);
  });
});

describe("a name that nobody declares", () => {
  test.each([
    ["type", { sinks: [{ on: "Loger", ...goodRow }] }, 'sinks[0].on: There is no type "Loger".', "Logger"],
    [
      "sink kind",
      { sinks: [{ ...goodRow, kind: "lag" }] },
      'sinks[0].kind: There is no sink kind "lag".',
      "log",
    ],
    [
      "data type",
      { sources: [{ path: "ReturnValue", dataType: "contact.emial" }] },
      'sources[0].dataType: There is no data type "contact.emial".',
      "contact.email",
    ],
  ])("%s", (_sort, rows, message, meant) => {
    const { problems } = loadLibrary({
      library: "lib",
      types: [{ name: "Logger", path: "ReturnValue" }],
      ...rows,
    });
    expect(problems).toEqual([
      {
        code: "catalog-unknown-reference",
        file: "libraries/lib.json",
        message,
        hint: `Did you mean "${meant}"?`,
      },
    ]);
  });

  test("jurisdictions and clouds", () => {
    const { catalog, problems } = loadCatalog({
      "regions/jurisdictions.json": {
        source: "s",
        date: "2026-01-01",
        jurisdictions: [{ id: "DE", title: "Germany" }],
      },
      "regions/cloud.json": {
        provider: "cloud",
        title: "Cloud",
        source: "s",
        date: "2026-01-01",
        regions: [
          { code: "a", jurisdiction: "DE" },
          { code: "b", jurisdiction: "XX" },
        ],
        hosts: [],
      },
    });
    expect(catalog.clouds[0]?.regions).toEqual([{ code: "a", jurisdiction: "DE" }]);
    expect(problems.map((problem) => [problem.code, problem.message])).toEqual([
      ["catalog-unknown-reference", 'regions[1].jurisdiction: There is no jurisdiction "XX".'],
    ]);
  });

  test("a category of data types and pii are names too", () => {
    const { problems } = loadLibrary({
      library: "lib",
      sanitizers: [{ path: "ReturnValue", data: ["contact", "pii"], protects: ["log"] }],
    });
    expect(problems).toEqual([]);
  });
});

describe("a name that two declare", () => {
  test("the second library for one package is dropped", () => {
    const { catalog, problems } = loadCatalog({
      "libraries/a.json": { library: "a" },
      "libraries/b.json": { library: "b", aliases: ["c"] },
      "libraries/c.json": { library: "c" },
    });
    expect(catalog.libraries.map((model) => model.library)).toEqual(["a", "b"]);
    expect(problems).toEqual([
      {
        code: "catalog-duplicate",
        file: "libraries/c.json",
        message: 'library: The library "c" is already declared in libraries/b.json.',
        hint: "Keep one of the two declarations.",
      },
    ]);
  });

  test("one name of two data types", () => {
    const { problems } = loadCatalog({
      "data-types/contact.json": {
        dataTypes: [email, { ...email, id: "contact.mail", names: ["mail", "email"] }],
      },
    });
    expect(problems.map((problem) => [problem.code, problem.message])).toEqual([
      [
        "catalog-duplicate",
        'dataTypes[1].names[1]: The name of a data type "email" is already declared in data-types/contact.json.',
      ],
    ]);
  });
});

describe("a model that names nothing", () => {
  test.each([
    ["neither library, global nor module", {}],
    ["two of them", { library: "a", global: "a" }],
  ])("%s is dropped", (_case, model) => {
    const { catalog, problems } = loadCatalog({ "libraries/a.json": model });
    expect(catalog.libraries).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.hint).toBe('Give exactly one of "library", "global" and "module".');
  });

  test("a place that says nothing is dropped", () => {
    const { model, problems } = loadLibrary({
      library: "lib",
      types: [{ name: "Client", path: "Instance" }],
      places: [{ type: "Client" }],
    });
    expect(model?.places).toEqual([]);
    expect(problems[0]?.hint).toBe('Give "region", "host", "client" or "else".');
  });

  test.each([null, 3, "text", []])("a file that holds %j is dropped", (content) => {
    const { catalog, problems } = loadCatalog({ "libraries/a.json": content });
    expect(catalog.libraries).toEqual([]);
    expect(problems.map((problem) => problem.message)).toContain("the file: Expected an object here.");
  });
});

test("trusted files are taken as they are, and schemas are passed over", () => {
  const broken = { library: "a", sinks: [{ nonsense: true }] };
  const { catalog, problems } = loadCatalog(
    { "libraries/a.json": broken, "schema/library.schema.json": { type: "object" } },
    { trusted: true },
  );
  expect(problems).toEqual([]);
  expect(catalog.libraries).toEqual([broken]);
});

test("the order of the files does not matter", () => {
  const a = { "libraries/a.json": { library: "a" } };
  const b = { "libraries/b.json": { library: "b" } };
  expect(loadCatalog({ ...b, ...a })).toEqual(loadCatalog({ ...a, ...b }));
});
