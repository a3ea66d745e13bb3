import { describe, expect, test } from "vitest";
import type { Directive } from "../../../src/engine/extract/facts.ts";
import { at, flow, reportOf } from "./report-of.ts";

const onLine = (line: number, more: Partial<Directive> = {}): Directive => ({
  kind: "ignore-next-line",
  rules: ["pii-in-log"],
  range: { start: { line: line - 1, character: 0 }, end: { line: line - 1, character: 10 } },
  line,
  reason: "agreed",
  ...more,
});
const { line: _, ...wholeFile } = onLine(1, { kind: "ignore-file" });
const codes = (report: ReturnType<typeof reportOf>) => report.problems.map(({ code }) => code);

describe("a directive", () => {
  test("suppresses what stands on the line that it speaks of, and the finding is kept", () => {
    const report = reportOf([flow({ line: 5 }), flow({ line: 6 })], { directives: [onLine(5)] });
    expect(report.findings.map(({ suppressed }) => suppressed)).toEqual([
      { by: "directive", reason: "agreed" },
      undefined,
    ]);
    expect(codes(report)).toEqual([]);
  });

  test("may stand above a call whose argument is lines below", () => {
    const long = flow({ call: at(5, 0, 100), argument: at(8) });
    expect(reportOf([long], { directives: [onLine(5)] }).findings[0]?.suppressed).toBeDefined();
    expect(reportOf([long], { directives: [onLine(8)] }).findings[0]?.suppressed).toBeDefined();
  });

  test("speaks of its own rules only, and of all when it names none", () => {
    const exported = flow({ kind: "export", line: 5 });
    expect(reportOf([exported], { directives: [onLine(5)] }).findings[0]?.suppressed).toBeUndefined();
    expect(
      reportOf([exported], { directives: [onLine(5, { rules: [] })] }).findings[0]?.suppressed,
    ).toBeDefined();
  });

  test("for a file suppresses all of it and nothing of another", () => {
    const report = reportOf([flow({ line: 5 }), flow({ line: 5, file: "b.ts" })], {
      directives: [wholeFile],
    });
    expect(report.findings.map(({ suppressed }) => suppressed?.by)).toEqual(["directive", undefined]);
  });

  test("holds on its last day, and no longer", () => {
    const directives = [onLine(5, { until: "2026-11-24" })];
    const held = reportOf([flow()], { directives });
    expect(held.findings[0]?.suppressed).toEqual({ by: "directive", reason: "agreed", until: "2026-11-24" });
    const past = reportOf([flow()], { directives, today: "2026-11-25" });
    expect(past.findings[0]?.suppressed).toBeUndefined();
    expect(past.problems).toMatchObject([
      { code: "directive-expired", file: "a.ts", range: { start: { line: 4 } } },
    ]);
  });

  test("that suppresses nothing is a problem", () => {
    expect(codes(reportOf([flow({ line: 5 })], { directives: [onLine(6)] }))).toEqual(["directive-unused"]);
  });

  test("is not called unused while its file is half-typed", () => {
    const broken = { code: "syntax-error", message: "", hint: "", file: "a.ts" } as const;
    expect(codes(reportOf([], { directives: [onLine(6)], fileProblems: [broken] }))).toEqual([
      "syntax-error",
    ]);
  });

  test("is not called unused because the policy turned the rule off", () => {
    const report = reportOf([flow({ line: 5 })], {
      directives: [onLine(5)],
      policy: { rules: { log: "off" } },
    });
    expect(report).toMatchObject({ findings: [], problems: [] });
  });

  test("for a rule that does not exist is a problem, and suppresses nothing", () => {
    const report = reportOf([flow()], { directives: [onLine(5, { rules: ["pii-in-logs"] })] });
    expect(report.findings[0]?.suppressed).toBeUndefined();
    expect(report.problems).toMatchObject([
      { code: "directive-invalid", hint: expect.stringContaining("pii-in-log,") },
    ]);
  });
});

describe("an approval", () => {
  const id = reportOf([flow()]).findings[0]?.id ?? "";
  const approved = (approval: object, today = "2026-11-24") =>
    reportOf([flow()], { policy: { approvals: [{ finding: id, reason: "DPA 114", ...approval }] }, today })
      .findings[0]?.suppressed;

  test("suppresses by the finding's id, with its reason", () => {
    expect(approved({ by: "dpo", expires: "2027-01-01" })).toEqual({
      by: "approval",
      reason: "DPA 114 (approved by dpo)",
      until: "2027-01-01",
    });
    expect(approved({ finding: "0000000000000000" })).toBeUndefined();
  });

  test("holds on its last day, and no longer", () => {
    expect(approved({ expires: "2026-11-24" })).toBeDefined();
    expect(approved({ expires: "2026-11-23" })).toBeUndefined();
  });
});

describe("an official channel", () => {
  const policy = { channels: [{ name: "gate", call: "@corp/gate#share", approvedBy: "privacy-board" }] };

  test("is the reason, with who approved it", () => {
    expect(reportOf([flow({ channel: "gate" })], { policy }).findings[0]?.suppressed).toEqual({
      by: "channel",
      reason: "Official channel gate, approved by privacy-board",
    });
  });

  test("does not cover the data that bypasses it at the same call", () => {
    const { findings } = reportOf([flow({ channel: "gate" }), flow({ dataType: "contact.phone" })], {
      policy,
    });
    expect(
      findings.map(({ suppressed, data }) => [suppressed?.by, data.map(({ dataType }) => dataType)]),
    ).toEqual(
      expect.arrayContaining([
        ["channel", ["contact.email"]],
        [undefined, ["contact.phone"]],
      ]),
    );
    expect(findings).toHaveLength(2);
  });
});

test("problems of the host, the files and the directives come in the order of the text", () => {
  const problem = (file: string | undefined, line: number) =>
    ({
      code: "syntax-error",
      message: String(line),
      hint: "",
      ...(file === undefined
        ? {}
        : { file, range: { start: { line, character: 0 }, end: { line, character: 1 } } }),
    }) as const;
  const report = reportOf([], {
    problems: [problem("b.ts", 1), problem(undefined, 0), problem("a.ts", 9)],
    fileProblems: [problem("a.ts", 2)],
  });
  expect(report.problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
    "undefined 0",
    "a.ts 2",
    "a.ts 9",
    "b.ts 1",
  ]);
});
