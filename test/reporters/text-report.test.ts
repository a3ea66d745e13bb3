import { describe, expect, test } from "vitest";
import type { Report } from "../../src/engine/index.ts";
import { textReport, wordProblem, wordSummary } from "../../src/reporters/index.ts";
import { empty, finding, full, inputOf, location } from "./sample-report.ts";

const plain = { color: false } as const;

describe("a finding", () => {
  test("stands under its file, with its place, its message and the way of the data", () => {
    expect(textReport(inputOf({ ...empty, findings: [finding()] }), { ...plain, quiet: true })).toBe(
      [
        "src/sign up/用户 #1.ts",
        "  10:5  warning  E-mail address is written to a log by `logger.info`.",
        "    pii-in-log, high confidence, id 00000000000000a1",
        "    E-mail address: `email` of `User`",
        "      src/user.ts:3:11           e-mail address comes from `user.email`",
        "      src/user.ts:4:3            passed to `log` as `value`",
        "      src/sign up/用户 #1.ts:10:5  written to a log by `logger.info`",
        "",
      ].join("\n"),
    );
  });

  test("says which other sinks the call leads to", () => {
    const alsoReaches = [{ location: location("src/mail.ts", 1, 2), text: "sent in an e-mail by `send`" }];
    const report = { ...empty, findings: [finding({ alsoReaches })] };
    expect(textReport(inputOf(report), { ...plain, quiet: true })).toContain(
      "\n    Also: sent in an e-mail by `send`  src/mail.ts:2:3\n",
    );
  });

  test("at a border says what told the place", () => {
    expect(textReport(inputOf(full), plain)).toContain(
      '    Place CN: region "cn-north-1" of aws\n      src/s3.ts:5:9  region "cn-north-1" of aws\n      src/s3.ts:7:9  the client is made with it\n',
    );
  });

  test("that is suppressed is listed on request only", () => {
    expect(textReport(inputOf(full), plain)).not.toContain("src/c.ts");
    expect(textReport(inputOf(full), { ...plain, stats: true })).toContain(
      "approval: DPA 114 (approved by dpo)",
    );
  });
});

test("a problem is told where it is, with what to do next", () => {
  const [half, , lost] = full.problems as [
    Report["problems"][0],
    Report["problems"][0],
    Report["problems"][0],
  ];
  expect(wordProblem(half)).toBe(
    "src/half.ts:3:7  The code from line 3 on could not be read.\n  Finish the statement.",
  );
  expect(wordProblem(lost)).toBe("A file was left out.\n  Report it.");
  expect(textReport(inputOf(full), plain)).toContain("3 problems\n  src/half.ts:3:7");
});

test("colours are there when they are asked for, and only then", () => {
  const colorMark = String.fromCharCode(27);
  expect(textReport(inputOf(full), { color: true })).toContain(colorMark);
  expect(textReport(inputOf(full), plain)).not.toContain(colorMark);
});

test("quiet means findings alone, and nothing at all when there are none", () => {
  expect(textReport(inputOf(full), { ...plain, quiet: true })).not.toMatch(/problems|Scanned/);
  expect(textReport(inputOf(empty), { ...plain, quiet: true })).toBe("");
});

test("the statistics name gaps, skipped files and the limits that were hit", () => {
  const text = textReport(inputOf(full), { ...plain, stats: true });
  for (const part of [
    "package carrier",
    "dist/app.min.js  file-minified",
    "pathDepth: 3 times",
    "910 functions",
  ]) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain("solveRounds");
});

describe("the summary", () => {
  test("counts findings by severity, and says what was scanned, in what time, and what was not seen", () => {
    expect(wordSummary(inputOf(full, 2), { milliseconds: 1260 })).toBe(
      [
        "2 findings: 1 error, 1 warning. 1 finding suppressed.",
        "Scanned 1,234 files with 45,678 lines in 1.3 s.",
        "Not seen: 1 file skipped (minified); a part of 1 file (see the problems); " +
          "1 call that personal data flows into and that could not be followed; " +
          "where in the world 1 call goes that sends personal data.",
        "2 findings of lower confidence left out; show them with --min-confidence low.",
      ].join("\n"),
    );
  });

  test("says that there is nothing when everything was seen", () => {
    expect(wordSummary(inputOf(empty))).toBe("No findings.\nScanned 12 files with 1 line.");
  });

  test.each<[string, Partial<Report>]>([
    [
      "a file was skipped",
      { stats: { ...empty.stats, skipped: [{ file: "a.ts", reason: "file-too-large" }] } },
    ],
    ["a part of a file was not read", { problems: full.problems.slice(0, 1) }],
    [
      "a folder was not read",
      { problems: [{ code: "file-unreadable", message: "", hint: "", file: "src/secret" }] },
    ],
  ])("does not say so when %s", (_, more) => {
    const [first, , unseen] = wordSummary(inputOf({ ...empty, ...more })).split("\n");
    expect(first).toBe("No findings in what could be analysed, which is not everything.");
    expect(unseen).toMatch(/^Not seen: /);
  });

  test("does not claim anything about an empty folder", () => {
    const nothing = { ...empty, stats: { ...empty.stats, files: 0, lines: 0 } };
    expect(wordSummary(inputOf(nothing))).toMatch(/^Nothing was scanned/);
  });
});
