import { expect, test } from "vitest";
import { analyzeTexts } from "../../support/analyze-texts.ts";

test("a call that leads to several sinks of one kind has a flow to each, in one finding", () => {
  const { findings } = analyzeTexts({
    "main.ts": `
      function note(text: string) {
        console.log(text);
        if (text.length > 9) console.error("long", text);
      }
      export function onSignup(user: { email: string }) { note(user.email); }
    `,
  });
  const lines = findings.map(({ data, alsoReaches }) =>
    [...data.map(({ trace }) => trace.at(-1)), ...(alsoReaches ?? [])].map((end) => end?.location.start.line),
  );
  expect(lines.map((ends) => ends.sort())).toEqual([[2, 3]]);
});
