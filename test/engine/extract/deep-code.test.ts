// Generated code nests deeper than people write. The parser has limits of its own, so the deepest trees are made here.
import { describe, expect, it } from "vitest";
import { extractFile } from "../../../src/engine/extract/index.ts";
import { type ParsedFile, parseFile } from "../../../src/engine/parse/index.ts";

interface Tree {
  [key: string]: unknown;
}

/** A parsed file in which a node is wrapped in itself a number of times: `a + b` in `(a + b) + b`, and so on. */
function deepen(text: string, type: string, key: string, times: number): ParsedFile {
  const parsed = parseFile("case.ts", text);
  const node = find(parsed.tree as unknown as Tree, type);
  if (!node) throw new Error(`There is no ${type} in ${text}`);
  const inner = { ...node };
  let wrapped: Tree = inner;
  for (let i = 1; i < times; i++) wrapped = { ...inner, [key]: wrapped };
  node[key] = wrapped;
  return parsed;
}

function find(node: Tree, type: string): Tree | undefined {
  if (node.type === type) return node;
  for (const [key, child] of Object.entries(node)) {
    if (key === "parent" || child === null || typeof child !== "object") continue;
    const found = find(child as Tree, type);
    if (found) return found;
  }
  return undefined;
}

describe("deep code", () => {
  it.each([
    ["sums", "export const x = a + b;", "BinaryExpression", "left", 2_000],
    ["`||`", "export const x = a || b;", "LogicalExpression", "left", 2_000],
    ["`?:`", "export const x = a ? b : c;", "ConditionalExpression", "alternate", 2_000],
    ["`else if`", "function f(a) { if (a === 1) b(a); else c(a); }", "IfStatement", "alternate", 1_000],
  ])("%s, %s", (_title, text, type, key, times) => {
    const facts = extractFile(deepen(text, type, key, times));
    expect(facts.problems).toEqual([]);
    expect(facts.functions.length).toBeGreaterThan(0);
    expect(facts.functions.flatMap((one) => one.values).length).toBeGreaterThan(3);
  });

  it("what nests too deeply all the same is a problem of that file alone", () => {
    const facts = extractFile(deepen("f(g(a));", "CallExpression", "callee", 100_000));
    expect(facts.functions).toEqual([]);
    expect(facts.problems).toMatchObject([{ code: "analysis-failed", file: "case.ts" }]);
    expect(facts.problems[0]?.message).toContain("nested too deeply");
  });

  it("a tree that makes no sense is a problem too, never an exception", () => {
    const parsed = parseFile("case.ts", "f(a);");
    const facts = extractFile({
      ...parsed,
      tree: { ...parsed.tree, body: [null] } as unknown as NonNullable<ParsedFile["tree"]>,
    });
    expect(facts.problems).toMatchObject([{ code: "analysis-failed" }]);
  });

  it("a file without a tree has no facts, and keeps what the parser said", () => {
    const facts = extractFile(parseFile("case.ts", `x;${"\n".repeat(3)}${" ".repeat(1_600_000)}`));
    expect(facts.functions).toEqual([]);
    expect(facts.problems).toMatchObject([{ code: "file-too-large" }]);
  });

  it("a thousand branches one after the other take no time to speak of", () => {
    const lines = Array.from({ length: 1_000 }, (_, i) => `if (x.a${i}) { y = ${i}; o.z = 1; g(o); }`);
    const text = `function f(x, o) { let y;\n${lines.join("\n")}\nreturn y; }`;
    const facts = extractFile(parseFile("case.ts", text));
    expect(facts.problems).toEqual([]);
    expect(facts.functions[1]?.values.filter((value) => value.op === "call")).toHaveLength(1_000);
  });
});
