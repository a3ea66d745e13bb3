import { describe, expect, test } from "vitest";
import { analyzeTexts } from "../../support/analyze-texts.ts";

/** Each trace of the first finding: `line: text`. */
function tracesOf(code: string): string[][] {
  const [finding] = analyzeTexts({ "a.ts": code }).findings;
  return (finding?.data ?? []).map(({ trace }) =>
    trace.map(({ location, text }) => `${location.start.line + 1}: ${text}`),
  );
}

const printed = "printed to standard output or standard error by `console.log`";
const user = "interface User { email: string; plan: string }\n";

describe("a trace tells", () => {
  test("what a function is passed, stores and returns", () => {
    const code = `${user}function toRow(u: string) { const row: any = {}; row.mail = u; return row; }
export function run(user: User) {
  const row = toRow(user.email);
  console.log(row);
}`;
    expect(tracesOf(code)).toEqual([
      [
        "4: e-mail address comes from `user.email`",
        "4: passed to `toRow` as `u`",
        "2: stored in field `mail`",
        "4: returned by `toRow`",
        `5: ${printed}`,
      ],
    ]);
  });

  test("what is thrown, and who catches it", () => {
    const code = `${user}function fail(user: User) { throw new Error(user.email); }
export function run(user: User) {
  try {
    fail(user);
  } catch (err) {
    console.log(err);
  }
}`;
    const [trace] = tracesOf(code);
    expect(trace?.[0]).toMatch(/e-mail address comes from/);
    expect(trace?.slice(-3)).toEqual([
      "2: thrown",
      expect.stringMatching(/caught as `err`/),
      `7: ${printed}`,
    ]);
  });

  test("what an inner function captures", () => {
    const code = `${user}export function run(user: User) {
  const mail = user.email;
  const show = () => console.log(mail);
  show();
}`;
    expect(tracesOf(code)[0]).toEqual([
      "3: e-mail address comes from `user.email`",
      "4: captured by `show`",
      `4: ${printed}`,
    ]);
  });

  test("first of all where the data comes from, also of whole objects of a declared type", () => {
    const code = `${user}function show(value: unknown) { console.log(value); }
function pass(given: User) { return given; }
export function run(user: User) {
  show(pass(user));
}`;
    const traces = tracesOf(code);
    expect(traces.length).toBeGreaterThan(0);
    for (const trace of traces) {
      expect(trace[0]).toMatch(/e-mail address comes from/);
      expect(trace.at(-1)).toBe(`2: ${printed}`);
      expect(new Set(trace).size).toBe(trace.length);
    }
  });
});
