// Whatever the code: facts keep what their contract says.
import { readdirSync, readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import { extractFile, type FileFacts, type Value } from "../../../src/engine/extract/index.ts";
import { languageOf, parseFile } from "../../../src/engine/parse/index.ts";

const root = new URL("../../../", import.meta.url);

const folders = [
  "src",
  "node_modules/@typescript-eslint/typescript-estree/dist",
  "node_modules/picomatch",
  "node_modules/commander",
  "node_modules/vscode-languageserver/lib",
];

function filesIn(folder: string): string[] {
  return readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" })
    .map((file) => `${folder}/${file.replaceAll("\\", "/")}`)
    .filter((file) => !file.includes("/node_modules/", folder.length) && languageOf(file) !== undefined);
}

/** The ids that stand in a value, found without the room's own knowledge of its shapes. */
function operandsOf(value: Value): number[] {
  const found: number[] = [];
  const notIds = new Set([
    "op",
    "span",
    "keySpan",
    "partSpans",
    "index",
    "argument",
    "from",
    "type",
    "tags",
    "cell",
    "name",
    "class",
    "function",
  ]);
  const visit = (part: unknown, key: string): void => {
    if (typeof part === "number" && key !== "port") found.push(part);
    else if (Array.isArray(part)) for (const item of part) visit(item, key);
    else if (part !== null && typeof part === "object") {
      for (const [name, inner] of Object.entries(part)) if (!notIds.has(name)) visit(inner, name);
    }
  };
  if (value.op !== "const") visit(value, "");
  return found;
}

function broken(facts: FileFacts, length: number): string[] {
  const found: string[] = [];
  const isInside = (span: { start: number; end: number }) =>
    span.start >= 0 && span.start <= span.end && span.end <= length;
  facts.functions.forEach((one, index) => {
    const say = (what: string) => found.push(`${facts.file}: ${one.name} #${index}: ${what}`);
    const exists = (id: number | null | undefined) =>
      id === null || id === undefined || one.values[id] !== undefined;
    if (one.index !== index) say(`has the index ${one.index}`);
    if (one.parent !== undefined && one.parent >= index) say("stands before its parent");
    if (!isInside(one.span)) say("span");
    one.values.forEach((value, id) => {
      if (!isInside(value.span)) say(`%${id} span`);
      for (const operand of operandsOf(value)) {
        if (!exists(operand)) say(`%${id} uses %${operand}, which is not there`);
        if (operand >= id && value.op !== "phi") say(`%${id}, a ${value.op}, uses the later %${operand}`);
      }
      if (value.op === "closure" && facts.functions[value.function]?.parent !== index) say(`%${id} closure`);
    });
    const ends = [
      ...one.returns,
      ...one.throws.map(({ value }) => value),
      ...one.yields,
      one.finalThis,
      ...(one.finalParams ?? []),
    ];
    if (!ends.every(exists)) say("an end is not there");
  });
  return found;
}

describe.each(folders)("%s", (folder) => {
  const files = filesIn(folder);

  it("keeps the contract", () => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const text = readFileSync(new URL(file, root), "utf8");
      const facts = extractFile(parseFile(file, text));
      expect(facts.problems.filter((problem) => problem.code === "analysis-failed")).toEqual([]);
      expect(broken(facts, text.length)).toEqual([]);
      expect(isDeepStrictEqual(JSON.parse(JSON.stringify(facts)), facts), `${file} through JSON`).toBe(true);
    }
  });

  it("comes out the same again", () => {
    const [file = ""] = files;
    const text = readFileSync(new URL(file, root), "utf8");
    const facts = () => JSON.stringify(extractFile(parseFile(file, text)));
    expect(facts()).toBe(facts());
  });
});
