// The applications themselves are held by `npm run ruling`; here, the tool that holds them.
import { expect, test } from "vitest";
import { draw } from "./draw.mjs";
import {
  compareToExpected,
  type ExpectedFinding,
  keepReviews,
  wordPrecision,
  writeExpected,
} from "./expected-findings.mjs";
import { callsIn } from "./find-sink-calls.mjs";

function finding(id: string, more: Partial<ExpectedFinding> = {}): ExpectedFinding {
  return {
    id,
    rule: "pii-in-log",
    file: "a.ts",
    line: 1,
    call: "console.log",
    dataTypes: ["contact.email"],
    confidence: "medium",
    ...more,
  };
}

test("what is found no more, what is new, and what reads otherwise are told in the findings' order", () => {
  const expected = [
    finding("gone", { line: 3 }),
    finding("kept", { line: 4 }),
    finding("moved", { line: 9 }),
  ];
  const found = [finding("moved", { line: 1 }), finding("new", { line: 3 }), finding("kept", { line: 4 })];
  const changes = compareToExpected(expected, found).map(({ sign, finding: { id } }) => `${sign}${id}`);
  expect(changes).toEqual(["+moved", "-gone", "+new", "-moved"]);
});

test("a review is no change, and stays with the finding of the same id", () => {
  const expected = [finding("a", { verdict: "false", why: "made-up people" }), finding("b")];
  const found = [finding("a", { line: 5 }), finding("b"), finding("c")];
  expect(compareToExpected(expected, [finding("a"), finding("b")])).toEqual([]);
  expect(keepReviews(expected, found)).toEqual([
    finding("a", { line: 5, verdict: "false", why: "made-up people" }),
    finding("b"),
    finding("c"),
  ]);
});

test("precision is over what was judged; a word that is no verdict is a mistake", () => {
  const judged = ["true", "true", "false", "doubtful"].map((verdict) => finding(verdict, { verdict }));
  expect(wordPrecision([...judged, finding("not reviewed")])).toBe(
    "precision 67 %, 4 reviewed: 2 true, 1 false, 1 doubtful",
  );
  expect(wordPrecision([finding("a")])).toBe("none reviewed");
  expect(() => wordPrecision([finding("a", { verdict: "yes" })])).toThrow('The verdict of a is "yes"');
});

test("the file that is written reads back the same, one finding a line", () => {
  const expected = { application: "app", revision: "0123", findings: [finding("a"), finding("b")] };
  const text = writeExpected(expected);
  expect(JSON.parse(text)).toEqual(expected);
  expect(text.split("\n").filter((line) => line.includes('"id"'))).toHaveLength(2);
  expect(JSON.parse(writeExpected({ ...expected, findings: [] })).findings).toEqual([]);
});

test("a draw is the same for the same seed, and holds no item twice", () => {
  const items = Array.from({ length: 50 }, (_, index) => index);
  expect(draw(items, 20, 7)).toEqual(draw(items, 20, 7));
  expect(draw(items, 20, 7)).not.toEqual(draw(items, 20, 8));
  expect(new Set(draw(items, 20, 7)).size).toBe(20);
  expect(draw(items, 99, 7)).toEqual(items);
});

test.each([
  ["log", "this.logger.warn('no ' + user)"],
  ["log", "getLogger().info({ user })"],
  ["error tracker", "Sentry.captureException(error)"],
  ["analytics", "posthog.capture({ distinctId })"],
  ["mail", "transporter.sendMail(message)"],
  ["http", "fetch(url, { body })"],
  ["file", "fs.writeFileSync(path, rows)"],
  ["upload", "new PutObjectCommand({ Body: rows })"],
])("%s: %s", (kind, code) => {
  expect(callsIn("a.ts", `\n${code};`)).toEqual([{ kind, file: "a.ts", line: 2, lastLine: 2 }]);
});

test.each(['console.log("started")', "users.map(toRow)", 'client.on("error", (e) => {})', "(() => x)()"])(
  "no sink: %s",
  (code) => {
    expect(callsIn("a.ts", code)).toEqual([]);
  },
);
