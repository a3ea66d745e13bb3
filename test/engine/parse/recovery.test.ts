import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { simpleTraverse, type TSESTree } from "@typescript-eslint/typescript-estree";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ParsedFile, parseFile } from "../../../src/engine/parse/index.ts";

/** Functions that are still whole: declared at the top level, with a call that logs their parameter. */
function survivors({ tree }: ParsedFile): Set<string> {
  const names = new Set<string>();
  for (const statement of tree?.body ?? []) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : undefined;
    if (declaration?.type !== "FunctionDeclaration" || !declaration.id) continue;
    if (callsOf(declaration).includes(`log${declaration.id.name}`)) names.add(declaration.id.name);
  }
  return names;
}

function callsOf(root: TSESTree.Node): string[] {
  const names: string[] = [];
  simpleTraverse(root, {
    enter(node) {
      if (node.type !== "CallExpression") return;
      if (node.callee.type === "Identifier") names.push(node.callee.name);
      if (node.callee.type === "MemberExpression" && node.callee.property.type === "Identifier") {
        names.push(node.callee.property.name);
      }
    },
  });
  return names;
}

function functions(from: number, count: number): string {
  const one = (i: number) =>
    `export function f${i}(user: User) {\n  if (user.active) {\n    logf${i}(\`mail \${user.email}\`, 'a "b"');\n  }\n}\n`;
  return Array.from({ length: count }, (_, i) => one(from + i)).join("");
}

const half = [
  ["a dot", "user."],
  ["an open call", "logger.info(user.email"],
  ["an open object in a call", "logger.info({ a: user.email"],
  ["no initializer", "const x = "],
  ["an open object", "const x = {"],
  ["an open condition", "if ("],
  ["a condition without its end", "if (user.email"],
  ["an open string", 'log("abc'],
  ["a string without its end", 'log("abc);'],
  ["an open template", "log(`abc"],
  ["a template without its end", `log(\`abc \${user.email});`],
  ["an open element", "const j = <div>"],
  ["an open element with a child", "const j = <div>{user.email}"],
  ["a decorator alone", "@Dec()"],
  ["a stray }", "}"],
  ["a stray )", ")"],
  ["a conflict", "<<<<<<< HEAD\nlog(a);\n=======\nlog(b);\n>>>>>>> x"],
  ["an import without its module", "import { a } from"],
  ["an open import", "import {"],
  ["an open comment", "/* abc"],
  ["an open function", "function f() {"],
  ["open parameters", "function f(user: User"],
  ["an open class", "class A {"],
  ["an open method", "class A {\n  m() {\n    log(user.email);"],
  ["an open try", "try {"],
  ["a try alone", "try { x(); }"],
  ["an open for", "for (const"],
  ["an open case", "switch (a) { case"],
  ["an open regular expression", "const re = /abc"],
  ["an open callback", "users.map((u) => {"],
  ["an open generic", "const m = new Map<string,"],
  ["a type without its right side", "type A ="],
  ["an interface", "interface A { b:"],
  ["noise", "%$ ~~ ]] (("],
] as const;

describe("a half-typed line costs at most the statement after it", () => {
  test.each(half)("%s, between functions", (_, line) => {
    const parsed = parseFile("a.tsx", `${functions(0, 5)}${line}\n${functions(5, 5)}`);
    const kept = survivors(parsed);
    for (const name of ["f0", "f1", "f2", "f3", "f4", "f6", "f7", "f8", "f9"]) expect(kept).toContain(name);
    for (const { code } of parsed.problems) expect(code).toBe("syntax-error");
  });

  const conflictMarkersStartLines = half.filter(([name]) => name !== "a conflict");
  test.each(conflictMarkersStartLines)("%s, inside a function", (_, line) => {
    const body = `  first(user);\n  ${line.replaceAll("\n", "\n  ")}\n  second(user);\n  third(user);\n`;
    const text = `${functions(0, 2)}export function here(user) {\n${body}}\n${functions(2, 2)}`;
    const parsed = parseFile("a.tsx", text);
    expect(survivors(parsed)).toEqual(new Set(["f0", "f1", "f2", "f3"]));
    const here = parsed.tree?.body.find(
      (statement) =>
        statement.type === "ExportNamedDeclaration" &&
        statement.declaration?.type === "FunctionDeclaration" &&
        statement.declaration.id?.name === "here",
    );
    const calls = here ? callsOf(here) : [];
    expect(calls).toContain("first");
    expect(calls).toContain("third");
  });
});

test("a missing } in a method does not swallow the methods after it", () => {
  const text =
    "class A {\n  one() {\n    if (x) {\n      log(1);\n  }\n  two(user: User) {\n    log(user);\n  }\n}\nexport class B {}\n";
  const { tree, problems } = parseFile("a.ts", text);
  expect(tree?.body.map(({ type }) => type)).toEqual(["ClassDeclaration", "ExportNamedDeclaration"]);
  const members = tree?.body[0]?.type === "ClassDeclaration" ? tree.body[0].body.body : [];
  expect(members.map((member) => "key" in member && "name" in member.key && member.key.name)).toEqual([
    "one",
    "two",
  ]);
  expect(problems).toHaveLength(1);
});

test("a broken member of an object costs only itself", () => {
  const text = "export default {\n  one() { log(1); },\n  two: [] [ %,\n  three() { log(3); },\n};\n";
  const { tree } = parseFile("a.ts", text);
  expect(tree ? callsOf(tree) : []).toEqual(["log", "log"]);
});

test("the broken statement itself keeps what is readable", () => {
  const text = "logger.info({ a: user.email\nnext();\n";
  const { tree } = parseFile("a.ts", text);
  expect(tree ? callsOf(tree) : []).toEqual(["info", "next"]);
  const places: string[] = [];
  if (tree) simpleTraverse(tree, { enter: ({ range }) => void places.push(text.slice(...range)) });
  expect(places).toContain("user.email");
  expect(places).toContain("next()");
});

test("truncating one statement of thirty at any place keeps the others", () => {
  const statement = [
    "export const handler = async (req: Request<User>) => {",
    `  const { email, ...rest } = await load(\`id \${req.id}\`);`,
    `  logger.info({ email, at: [1, 'x'] }, "done");`,
    "};",
  ].join("\n");
  const lost = new Map<number, number>();
  for (let offset = 1; offset < statement.length; offset++) {
    const text = `${functions(0, 15)}${statement.slice(0, offset)}\n${functions(15, 14)}`;
    const kept = survivors(parseFile("a.ts", text));
    // The statement that follows may be read as the end of the broken one.
    kept.add("f15");
    if (kept.size < 29) lost.set(offset, 29 - kept.size);
  }
  expect(lost).toEqual(new Map());
});

const folder = join(import.meta.dirname, "../../../src/engine");
const corpus = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .sort()
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .filter((text) => text.length > 500 && text.length < 8_000);

function rangesOutside(text: string, { tree }: ParsedFile): string[] {
  const outside: string[] = [];
  if (!tree) return outside;
  simpleTraverse(tree, {
    enter(node) {
      const [start, end] = node.range;
      if (!(start >= 0 && start <= end && end <= text.length)) outside.push(`${node.type} ${start}-${end}`);
    },
  });
  return outside;
}

const fewStatements = 4;

test("random edits of real files never throw, and keep most statements", () => {
  const edit = fc.record({
    file: fc.nat(),
    at: fc.nat(),
    remove: fc.integer({ min: 0, max: 30 }),
    insert: fc.oneof(
      fc.constantFrom(
        "{",
        "}",
        "(",
        ")",
        "`",
        '"',
        "'",
        "<",
        ">",
        ".",
        ";",
        "/*",
        "=> {",
        "class ",
        "@",
        "${",
        "[",
        "\n",
      ),
      fc.string({ maxLength: 8 }),
    ),
  });
  let statements = 0;
  let kept = 0;
  fc.assert(
    fc.property(edit, ({ file, at, remove, insert }) => {
      const whole = corpus[file % corpus.length] as string;
      const place = at % whole.length;
      const text = whole.slice(0, place) + insert + whole.slice(place + remove);
      const parsed = parseFile("a.ts", text);
      expect(rangesOutside(text, parsed)).toEqual([]);
      const before = parseFile("a.ts", whole).tree?.body.length ?? 0;
      if (before < fewStatements) return;
      statements += before;
      kept += Math.min(before, parsed.tree?.body.length ?? 0);
    }),
    { numRuns: 400 },
  );
  expect(kept / statements).toBeGreaterThan(0.9);
});

test("truncated real files never throw, and keep the statements before the cut", () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), (file, at) => {
      const whole = corpus[file % corpus.length] as string;
      const cut = at % whole.length;
      const parsed = parseFile("a.ts", whole.slice(0, cut));
      expect(rangesOutside(whole.slice(0, cut), parsed)).toEqual([]);
      const complete = (parseFile("a.ts", whole).tree?.body ?? []).filter(({ range }) => range[1] < cut);
      expect(parsed.tree?.body.length ?? 0).toBeGreaterThanOrEqual(complete.length);
    }),
    { numRuns: 200 },
  );
});

test("code that is only old-fashioned is not a mistake", () => {
  const { tree, problems } = parseFile("a.js", "log('\\033[0m', 010, 08);\n");
  expect(problems).toEqual([]);
  expect(tree?.body).toHaveLength(1);
});

test("a file with more mistakes than are mended loses the broken statements only", () => {
  const broken = "function (( ] x . ; }}\n";
  const text = Array.from({ length: 80 }, (_, i) => functions(i, 1) + broken).join("");
  const parsed = parseFile("a.ts", text);
  expect(survivors(parsed).size).toBeGreaterThan(30);
});
