import { expect, test } from "vitest";
import { filesOfLibrary } from "../../scripts/new.mjs";
import { loadPolicy } from "../../src/catalog/index.ts";
import { analyzeTexts, catalog } from "../support/analyze-texts.ts";
import { parseMarkedFile } from "../support/parse-marked-file.ts";

const library = {
  name: "@acme/courier-sdk",
  member: "deliver",
  readFrom: "@acme/courier-sdk@1.0.0 index.d.ts",
};

test("the files of a new library have the names that the tests of the catalog ask for", () => {
  expect([...filesOfLibrary({ ...library, kind: "export.sms" }).keys()]).toEqual([
    "src/catalog/libraries/acme-courier-sdk.json",
    "test/fixtures/libraries/sms/acme-courier-sdk.ts",
    "test/fixtures/libraries/sms/acme-courier-sdk.safe.ts",
  ]);
});

test.each(["log", "log.error-tracker", "export.csv"])(
  "the new model of kind %s finds what its fixture marks",
  (kind) => {
    const [model, unsafe, safe] = [...filesOfLibrary({ ...library, kind }).values()];
    const { $schema, ...rows } = JSON.parse(model ?? "");
    const { policy, problems } = loadPolicy("borderline.jsonc", JSON.stringify({ models: [rows] }), catalog);
    expect(problems).toEqual([]);
    const found = analyzeTexts({ "unsafe.ts": unsafe ?? "", "safe.ts": safe ?? "" }, policy).findings;
    expect(found.map(({ location, rule }) => [location.file, location.start.line, rule])).toEqual(
      parseMarkedFile("unsafe.ts", unsafe ?? "").markers.map((marker) => [
        "unsafe.ts",
        marker.line,
        marker.rule,
      ]),
    );
    expect(found.length).toBe(1);
  },
);
