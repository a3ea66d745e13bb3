// Each case in graphs/*.txt is a source text and, after `---`, the graphs that it is lowered to. Where the text is a
// single function, the module body is left out.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { extractFile } from "../../../src/engine/extract/index.ts";
import { parseFile } from "../../../src/engine/parse/index.ts";
import { printFacts } from "../../support/print-facts.ts";

interface Case {
  readonly title: string;
  readonly text: string;
  readonly graph: string;
}

const folder = new URL("./graphs/", import.meta.url);

function readCases(file: string): Case[] {
  return readFileSync(new URL(file, folder), "utf8")
    .split(/^# /m)
    .filter((part) => part !== "")
    .map((part) => {
      const [head = "", graph = ""] = part.split("\n---\n");
      const [title = "", ...text] = head.split("\n");
      return { title, text: text.join("\n"), graph: graph.trim() };
    });
}

function graphsOf(text: string): string {
  const facts = extractFile(parseFile("case.tsx", text));
  expect(facts.problems).toEqual([]);
  const printed = printFacts(facts).replace(/ +$/gm, "");
  if (!/^(async )?function\*? /.test(text)) return printed;
  return printed.split("\n\n").slice(1).join("\n\n");
}

for (const file of readdirSync(folder)) {
  describe(`graphs of ${file.replace(".txt", "")}`, () => {
    const cases = readCases(file);
    it("has cases", () => expect(cases.length).toBeGreaterThan(0));
    for (const { title, text, graph } of cases) {
      it(title, () => {
        expect(graph).not.toBe("");
        expect(graphsOf(text)).toBe(graph);
      });
    }
  });
}
