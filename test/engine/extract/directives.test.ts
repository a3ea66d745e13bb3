import { describe, expect, it } from "vitest";
import { extractFile } from "../../../src/engine/extract/index.ts";
import { parseFile } from "../../../src/engine/parse/index.ts";

const read = (comment: string) => extractFile(parseFile("case.ts", `first();\n${comment}\nsecond();\n`));

describe("directives", () => {
  it("name rules, a reason and a last day", () => {
    const { directives, problems } = read(
      "// borderline-ignore-next-line pii-in-log, export.csv -- our own mail (until 2027-01-31)",
    );
    expect(problems).toEqual([]);
    expect(directives).toEqual([
      {
        kind: "ignore-next-line",
        rules: ["pii-in-log", "export.csv"],
        reason: "our own mail",
        until: "2027-01-31",
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 88 } },
        line: 2,
      },
    ]);
  });

  it("need neither a reason nor a day", () => {
    const [directive] = read("// borderline-ignore-next-line pii-in-log").directives;
    expect(directive).toMatchObject({ kind: "ignore-next-line", rules: ["pii-in-log"] });
    expect(directive).not.toHaveProperty("reason");
    expect(directive).not.toHaveProperty("until");
  });

  it("may have only a day", () => {
    const [directive] = read("// borderline-ignore-next-line pii-in-log -- (until 2027-01-31)").directives;
    expect(directive?.until).toBe("2027-01-31");
    expect(directive).not.toHaveProperty("reason");
  });

  it("speak of the line after a block comment's end", () => {
    const [directive] = read("/* borderline-ignore-next-line pii-in-log\n -- because */").directives;
    expect(directive?.line).toBe(3);
  });

  it("may speak of the whole file", () => {
    const [directive] = read("/* borderline-ignore-file pii-in-log -- generated */").directives;
    expect(directive).toMatchObject({ kind: "ignore-file", rules: ["pii-in-log"], reason: "generated" });
    expect(directive).not.toHaveProperty("line");
  });

  it.each([
    ["// borderline-ignore-nextline pii-in-log", /"borderline-ignore-nextline" is not a directive/],
    ["// borderline-ignore-next-line", /names no rule/],
    ["// borderline-ignore-next-line -- because", /names no rule/],
    ["// borderline-ignore-next-line pii-in-log it is fine", /"pii-in-log it is fine" is not a rule's name/],
    ["// borderline-ignore-next-line pii-in-log -- ok (until 2027-02-30)", /"2027-02-30" is not a date/],
    ["// borderline-ignore-next-line pii-in-log -- ok (until soon)", /"soon" is not a date/],
  ])("%s is a problem", (comment, message) => {
    const { directives, problems } = read(comment);
    expect(directives).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({
      code: "directive-invalid",
      file: "case.ts",
      message: expect.stringMatching(message),
    });
    expect(problems[0]?.range?.start).toEqual({ line: 1, character: 0 });
    expect(problems[0]?.hint).toContain("borderline-ignore-next-line pii-in-log -- ");
  });

  it("are only comments that start with the word", () => {
    expect(read("// see borderline-ignore-next-line in the docs")).toMatchObject({
      directives: [],
      problems: [],
    });
  });
});
