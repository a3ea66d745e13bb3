import fc from "fast-check";
import type { FileId } from "../../src/engine/index.ts";

/** Numbers that choose among what a statement may be, and may have in it. */
type Choices = readonly [number, number, number, number];

interface PlannedFunction {
  readonly module: number;
  readonly body: readonly Choices[];
  readonly result: number;
}

const choices = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99), fc.nat(99));
const planned = fc.record<PlannedFunction>({
  module: fc.nat(3),
  body: fc.array(choices, { maxLength: 6 }),
  result: fc.nat(99),
});

/**
 * Modules whose functions call each other in circles, across files, with callbacks, objects that are changed on the way,
 * classes and module variables: where the order of solving could tell.
 */
export const circularModules = fc
  .array(planned, { minLength: 1, maxLength: 14, size: "max" })
  .map((plans) => writeModules(plans));

function writeModules(plans: readonly PlannedFunction[]): Map<FileId, string> {
  const names = plans.map((_, index) => `f${index}`);
  const modules = [...new Set(plans.map(({ module }) => module))].sort();
  return new Map(
    modules.map((module) => {
      const imports = plans.flatMap((plan, index) =>
        plan.module === module ? [] : [`import { f${index} } from "./m${plan.module}";`],
      );
      const own = plans.flatMap(({ module: home, body, result }, index) => {
        if (home !== module) return [];
        const lines = [
          ...body.map((each) => `  ${statement(each, names)}`),
          `  return ${value(result, 0, names)};`,
        ];
        return [`export function f${index}(a, b, run) {\n${lines.join("\n")}\n}`];
      });
      const box = "class Box { constructor(a) { this.kept = a; } show() { sink(this.kept); } }";
      return [`m${module}.ts`, [...imports, "let state;", box, ...own, ""].join("\n")];
    }),
  );
}

function statement([kind, first, second, called]: Choices, names: readonly string[]): string {
  const callee = pick([...names, "run"], called);
  const one = value(first, called + 1, names);
  const two = value(second, called + 2, names);
  return pick(
    [
      `sink(${one});`,
      "sink(b);",
      "sink(a.x);",
      "b = source();",
      `state = ${one};`,
      `a.x = ${one};`,
      `if (a) return ${one};`,
      `${callee}(${one}, ${two}, ${pick(names, first)});`,
      `b = ${callee}(${one}, ${two}, run);`,
      `b = ${callee}(a, ${two}, run);`,
      `for (const each of a) ${callee}(each, ${one}, run);`,
      `try { ${callee}(a, b, run); } catch (e) { sink(e); }`,
      `new Box(${one}).show();`,
    ],
    kind,
  );
}

function value(kind: number, called: number, names: readonly string[]): string {
  return pick(
    [
      '"text"',
      "a",
      "b",
      "a.email",
      "b.x",
      "state",
      "source()",
      "{ x: source() }",
      "{ x: a, y: b.email }",
      "[a, b]",
      "mask(a)",
      "() => a",
      "(c) => run(c)",
      pick(names, called),
    ],
    kind,
  );
}

function pick(items: readonly string[], at: number): string {
  return items[at % items.length] as string;
}
