import { expect, test } from "vitest";
import { describeProgress, describeResult } from "../../src/extension/describe-scan.ts";
import type { ScanWorkspaceResult } from "../../src/protocol/index.ts";

const clean: ScanWorkspaceResult = {
  findings: 0,
  files: 0,
  scanned: 1,
  folders: 1,
  problems: [],
  cancelled: false,
};

test("progress counts files, with separators", () => {
  expect(describeProgress({ done: 1234, total: 5678, stage: "files" })).toBe("1,234 of 5,678 files");
  expect(describeProgress({ done: 5678, total: 5678, stage: "flows" })).toBe(
    "5,678 of 5,678 files, following personal data between them",
  );
});

test("a result is a sentence, in singular and plural", () => {
  expect(describeResult(clean)).toEqual({
    message: "Borderline: no findings, 1 file scanned.",
    isPartial: false,
  });
  expect(describeResult({ ...clean, findings: 1, files: 1, scanned: 2000 }).message).toBe(
    "Borderline: 1 finding in 1 file, 2,000 files scanned.",
  );
  expect(describeResult({ ...clean, findings: 12, files: 3, scanned: 4 }).message).toBe(
    "Borderline: 12 findings in 3 files, 4 files scanned.",
  );
});

test("a scan that could not see everything does not claim to be clean", () => {
  const tooLarge = { code: "file-too-large", count: 2, example: "a.js: The file is too large." };
  const result = { ...clean, problems: [tooLarge, { code: "syntax-error", count: 1, example: "b.ts: …" }] };
  expect(describeResult(result)).toEqual({
    message:
      "Borderline: no findings, 1 file scanned. Not everything could be seen. a.js: The file is too large. And 2 other problems.",
    isPartial: true,
  });
});

test("clients on both sides of a border without a policy are told of, which does not make the scan see less", () => {
  const policyMissing = "Clients of this workspace stand in China and Germany.";
  expect(describeResult({ ...clean, policyMissing })).toEqual({
    message: `Borderline: no findings, 1 file scanned. ${policyMissing}`,
    isPartial: false,
  });
});
