import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, test } from "vitest";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";

const directives = readFileSync(new URL("../syntaxes/directives.injection.json", import.meta.url), "utf8");

/** Stands for the grammar of TypeScript: the comments that ours is injected into, and JSDoc tags of its own. */
const host = {
  scopeName: "source.ts",
  patterns: [
    { name: "comment.line.double-slash.ts", begin: "//", end: "$" },
    {
      name: "comment.block.documentation.ts",
      begin: "/\\*\\*",
      end: "\\*/",
      patterns: [{ match: "@\\w+", name: "storage.type.class.jsdoc" }],
    },
    { name: "string.quoted.double.ts", begin: '"', end: '"' },
  ],
};

let grammar: IGrammar;

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(readFileSync(wasm));
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) =>
      textmate.parseRawGrammar(scope === "source.ts" ? JSON.stringify(host) : directives, "grammar.json"),
    getInjections: (scope) => (scope === "source.ts" ? ["borderline.directives.injection"] : []),
  });
  const loaded = await registry.loadGrammar("source.ts");
  if (!loaded) throw new Error("the host grammar did not load");
  grammar = loaded;
});

/** What is coloured by our grammar: `[text, innermost scope of ours]`, spaces at the ends left out. */
function coloured(text: string): [string, string][] {
  let state = textmate.INITIAL;
  return text.split("\n").flatMap((line) => {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
    state = ruleStack;
    return tokens.flatMap(({ startIndex, endIndex, scopes }): [string, string][] => {
      const scope = scopes.at(-1) ?? "";
      const word = line.slice(startIndex, endIndex).trim();
      return word === "" || !scope.endsWith(".borderline") || scope.startsWith("meta.")
        ? []
        : [[word, scope]];
    });
  });
}

const keyword = "keyword.control.directive.borderline";
const rule = "entity.name.tag.rule.borderline";
const separator = "punctuation.separator.reason.borderline";
const reason = "string.unquoted.reason.borderline";
const at = "punctuation.definition.block.tag.borderline";
const tag = "storage.type.class.tag.borderline";
const value = "entity.name.type.tag-value.borderline";

describe("ignore directives", () => {
  test("rules, a reason and an end date", () => {
    const text =
      "// borderline-ignore-next-line pii-in-log, export.llm -- agreed with legal (until 2027-01-31)";
    expect(coloured(text)).toEqual([
      ["borderline-ignore-next-line", keyword],
      ["pii-in-log", rule],
      ["export.llm", rule],
      ["--", separator],
      ["agreed with legal", reason],
      ["(", "punctuation.section.parens.begin.borderline"],
      ["until", "keyword.other.until.borderline"],
      ["2027-01-31", "constant.numeric.date.borderline"],
      [")", "punctuation.section.parens.end.borderline"],
    ]);
  });

  test("a whole file, in a block comment, which ends at its end", () => {
    expect(coloured('/** borderline-ignore-file pii-in-log -- seeds */ "pii-in-log"')).toEqual([
      ["borderline-ignore-file", keyword],
      ["pii-in-log", rule],
      ["--", separator],
      ["seeds", reason],
    ]);
  });

  test("a directive ends with its line", () => {
    expect(coloured("/** borderline-ignore-file pii-in-log\n * other-words */")).toEqual([
      ["borderline-ignore-file", keyword],
      ["pii-in-log", rule],
    ]);
  });

  test.each([
    "// borderline-ignore-nextline pii-in-log",
    "// borderline-ignore-next-lines pii-in-log",
    "// my-borderline-ignore-file",
    "// borderline ignores the next line",
    '"borderline-ignore-file pii-in-log"',
    "borderline-ignore-file",
  ])("no directive: %s", (text) => {
    expect(coloured(text)).toEqual([]);
  });
});

describe("tags", () => {
  test.each([
    ["/** @pii contact.email */", "pii", "contact.email"],
    ["/**\n * @pii contact.email, identity.full-name\n */", "pii", "contact.email, identity.full-name"],
    ["/** @residency EU */", "residency", "EU"],
    ["/** @sanitizes contact, identity and then words */", "sanitizes", "contact, identity"],
    ["// @channel texas-gateway", "channel", "texas-gateway"],
  ])("%s", (text, name, named) => {
    expect(coloured(text)).toEqual([
      ["@", at],
      [name, tag],
      [named, value],
    ]);
  });

  test.each([
    "/** @piis contact */",
    "/** @param pii contact */",
    "// me@pii contact",
    "/** @pii */",
    "@pii contact",
  ])("no tag: %s", (text) => {
    expect(coloured(text)).toEqual([]);
  });
});
