import { describe, expect, test } from "vitest";
import { limits } from "../../../src/engine/base/limits.ts";
import { languageOf, parseFile } from "../../../src/engine/parse/index.ts";

describe("languageOf", () => {
  test.each([
    ["a.ts", "ts"],
    ["a.mts", "ts"],
    ["a.cts", "ts"],
    ["a.tsx", "tsx"],
    ["src/a.js", "js"],
    ["a.mjs", "js"],
    ["a.cjs", "js"],
    ["a.jsx", "jsx"],
    ["a.test.TS", "ts"],
    ["a.d.ts", undefined],
    ["a.d.mts", undefined],
    ["a.d.css.ts", undefined],
    ["a.json", undefined],
    ["ts", undefined],
    ["a.vue", undefined],
  ])("%s is %s", (file, language) => {
    expect(languageOf(file)).toBe(language);
  });
});

describe("parseFile", () => {
  test("gives a tree with offsets into the text", () => {
    const text = "const a = 1;\nlog(a);\n";
    const { tree, problems } = parseFile("a.ts", text);
    expect(problems).toEqual([]);
    expect(tree?.body.map(({ range }) => text.slice(...range))).toEqual(["const a = 1;", "log(a);"]);
  });

  test("reads JSX in plain JavaScript, and a type assertion in TypeScript", () => {
    expect(parseFile("a.js", "const a = <p>{b}</p>;").problems).toEqual([]);
    expect(parseFile("a.ts", "const a = <string>b;").problems).toEqual([]);
  });

  test("keeps only the comments that speak to us", () => {
    const text =
      "// hello\n// borderline-ignore-next-line pii-in-log -- why\n/** @pii contact.email */\nlet a;";
    const { comments } = parseFile("a.ts", text);
    expect(comments.map((comment) => [comment.block, comment.text.trim()])).toEqual([
      [false, "borderline-ignore-next-line pii-in-log -- why"],
      [true, "* @pii contact.email"],
    ]);
    expect(text.slice(comments[0]?.start, comments[0]?.end)).toMatch(/^\/\/ borderline.*why$/);
  });

  test("passes over a file that is too large", () => {
    const { tree, problems } = parseFile("a.ts", "x;\n".repeat(limits.fileSize / 3 + 1));
    expect(tree).toBeUndefined();
    expect(problems.map(({ code }) => code)).toEqual(["file-too-large"]);
  });

  test("passes over minified code, but not a short file with one long line", () => {
    const line = "a();".repeat(1500);
    expect(parseFile("a.js", line).problems.map(({ code }) => code)).toEqual(["file-minified"]);
    expect(parseFile("a.js", "a();".repeat(1000)).tree?.body).toHaveLength(1000);
    expect(parseFile("a.js", `${line}\n${"\n".repeat(20)}`).problems).toEqual([]);
  });

  test("says where a mistake stands, and that the rest is still checked", () => {
    const { tree, problems } = parseFile("a.ts", "before();\nconst a = ;\nafter();\n");
    expect(tree?.body).toHaveLength(3);
    expect(problems).toEqual([
      {
        code: "syntax-error",
        message: "The code is incomplete or not valid here: Expression expected.",
        hint: "Complete the code; the rest of the file is checked meanwhile.",
        file: "a.ts",
        range: { start: { line: 1, character: 10 }, end: { line: 1, character: 11 } },
      },
    ]);
  });

  test("does not overflow on code nested thousands deep", () => {
    const deep = `before();\nconst a = ${"[".repeat(20_000)}${"]".repeat(20_000)};\n`;
    const { problems } = parseFile("a.ts", deep);
    expect(problems.map(({ code }) => code)).toContain("file-minified");
    const lines = `a(\n${"[\n".repeat(20_000)}${"]\n".repeat(20_000)})`;
    expect(parseFile("a.ts", lines).problems.map(({ code }) => code)).toEqual(["syntax-error"]);
  });
});
