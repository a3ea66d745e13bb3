import { expect, test } from "vitest";
import { analyzeTexts } from "../../support/analyze-texts.ts";

/** A function that calls others so often that the limit of its work is reached, or nearly never. */
function busy(calls: number): string {
  const fields = Array.from({ length: 150 }, (_, index) => `f${index}: x.f${index}`).join(", ");
  return `
    function row(x: any) { return { ${fields} }; }
    function sizeOf(given: { email: string; size: number }) { return { size: given.size, at: Date.now() }; }
    export function onSignup(user: { email: string }, x: any) {
      ${"row(x);\n".repeat(calls)}
      console.log(sizeOf({ email: user.email, size: 3 }));
    }
  `;
}

const confidences = (calls: number) => {
  const { findings, stats } = analyzeTexts({ "main.ts": busy(calls) });
  return [stats.limits.work ?? 0, ...findings.map(({ confidence }) => confidence)];
};

test("what a call may give for which no work is left is a guess of low confidence", () => {
  expect(confidences(3)).toEqual([0]);
  const [hits, ...found] = confidences(300);
  expect(hits).toBeGreaterThan(0);
  expect(found).toEqual(["low"]);
});
