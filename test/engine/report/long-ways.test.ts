import { expect, test } from "vitest";
import { analyzeTexts } from "../../support/analyze-texts.ts";

/** An address that is handed on so many times before it is logged. */
function layers(count: number): string {
  const functions = Array.from(
    { length: count },
    (_, at) => `function layer${at}(value: string) { layer${at + 1}(value); }`,
  );
  return `
    ${functions.join("\n")}
    function layer${count}(value: string) { console.log(value); }
    export function onSignup(user: { email: string }) { layer0(user.email); }
  `;
}

test("a finding whose way is very long has low confidence", () => {
  const confidences = (count: number) =>
    analyzeTexts({ "main.ts": layers(count) }).findings.map(({ confidence }) => confidence);
  expect(confidences(10)).toEqual(["high"]);
  expect(confidences(14)).toEqual(["low"]);
});
