import { expect, test } from "vitest";
import { type JsonReport, jsonReport } from "../../src/reporters/index.ts";
import { empty, full, inputOf } from "./sample-report.ts";

const read = (report = full, hidden = 0): JsonReport => JSON.parse(jsonReport(inputOf(report, hidden)));

test("names its shape and the tool, so that readers can tell what they have", () => {
  expect(read()).toMatchObject({ version: 1, tool: { name: "borderline", version: "1.2.3" } });
});

test("counts lines and columns from one, everywhere", () => {
  const { findings, problems, gaps } = read();
  const range = (line: number, column: number, length = 5) => ({
    start: { line, column },
    end: { line, column: column + length },
  });
  expect(findings[2]?.location).toEqual({ file: "src/sign up/用户 #1.ts", ...range(10, 5) });
  expect(findings[2]?.data[0]?.trace[0]?.location).toEqual({ file: "src/user.ts", ...range(3, 11) });
  expect(findings[0]?.places?.[0]?.location).toEqual({ file: "src/s3.ts", ...range(5, 9) });
  expect(problems[0]?.range).toEqual(range(3, 7, 3));
  expect(gaps[0]?.location).toEqual({ file: "src/d.ts", ...range(6, 6) });
});

test("keeps suppressed findings with their reason, and leaves out what is absent", () => {
  const [crossing, approved, plain] = read().findings;
  expect(approved?.suppressed).toEqual({
    by: "approval",
    reason: "DPA 114 (approved by dpo)",
    until: "2027-01-01",
  });
  expect(crossing).toMatchObject({ residency: "US", bulk: true });
  expect(Object.keys(plain ?? {})).not.toEqual(expect.arrayContaining(["suppressed"]));
  expect(Object.keys(plain ?? {})).not.toEqual(expect.arrayContaining(["places"]));
});

test("sums up: what counts, what is suppressed, what was left out and what was not seen", () => {
  expect(read(full, 4).summary).toEqual({
    error: 1,
    warning: 1,
    information: 0,
    suppressed: 1,
    files: 1234,
    lines: 45_678,
    skipped: { "file-minified": 1 },
    partlyAnalysed: 1,
    unreadable: 0,
    gaps: 1,
    unknownPlaces: 1,
    sawEverything: false,
    hiddenForLowConfidence: 4,
  });
  expect(read(empty).summary).toMatchObject({ error: 0, sawEverything: true });
});
