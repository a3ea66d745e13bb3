import { describe, expect, it } from "vitest";
import type { Finding, Location } from "../../src/engine/index.ts";
import { matchFindings } from "./match-findings.ts";
import { parseMarkedFile } from "./parse-marked-file.ts";

const code = "  log.info({ mail: user.email });";
const carets = "  //               ^^^^^^^^^^";

function fileWith(...lines: string[]) {
  return parseMarkedFile("a.ts", ["// Why.", code, ...lines].join("\n"));
}

function at(text: string, line = 1): Location {
  const start = code.indexOf(text);
  return { file: "a.ts", start: { line, character: start }, end: { line, character: start + text.length } };
}

function findingOf(dataTypes: readonly string[], more: Partial<Finding> = {}): Finding {
  const data = dataTypes.map((dataType) => ({
    dataType,
    title: dataType,
    confidence: "high" as const,
    because: "it says so",
    trace: [{ location: at("user.email"), text: "here" }],
  }));
  return {
    id: "1",
    rule: "pii-in-log",
    severity: "warning",
    confidence: "high",
    location: at("user.email"),
    message: "E-mail address is written to a log.",
    sinkKind: "log",
    sink: "log.info",
    bulk: false,
    data,
    ...more,
  };
}

describe("reading markers", () => {
  it("reads rule, data types, labels, facts and why", () => {
    const { markers, mistakes } = fileWith(
      `${carets} pii-in-log contact.phone contact.email <- #1 #b confidence=high -- as bound`,
    );
    expect(mistakes).toEqual([]);
    expect(markers).toEqual([
      {
        file: "a.ts",
        line: 1,
        start: 19,
        end: 29,
        rule: "pii-in-log",
        dataTypes: ["contact.email", "contact.phone"],
        from: ["1", "b"],
        facts: { confidence: "high" },
        why: "as bound",
      },
    ]);
  });

  it("puts several markers under one line of code", () => {
    const { markers, labels } = fileWith(
      `${carets} pii-in-log contact.email`,
      `${carets} source#1 contact.email`,
      `${carets} MISSING pii-in-export contact.email -- not modelled`,
    );
    expect(markers.map(({ line, rule, known }) => [line, rule, known])).toEqual([
      [1, "pii-in-log", undefined],
      [1, "pii-in-export", "missing"],
    ]);
    expect(labels).toEqual([
      { file: "a.ts", line: 1, start: 19, end: 29, label: "1", dataType: "contact.email" },
    ]);
  });

  it("reads markers inside JSX", () => {
    const { markers, mistakes } = fileWith("  {/*              ^^^^^^^^^^ pii-in-log contact.email */}");
    expect(mistakes).toEqual([]);
    expect(markers[0]).toMatchObject({ start: 19, end: 29, dataTypes: ["contact.email"] });
  });

  it("reads the reason and the options", () => {
    const text = "// Why it exists.\n// options: min-confidence=low problems=syntax-error\nlog();";
    const file = parseMarkedFile("a.ts", text);
    expect(file.reason).toBe("Why it exists.");
    expect(file.options).toEqual({ minConfidence: "low", problems: ["syntax-error"] });
  });

  it("has no reason when code comes first", () => {
    expect(parseMarkedFile("a.ts", "log(); // not this").reason).toBeUndefined();
  });

  it.each([
    [`${carets}`, "nothing follows the carets"],
    [`${carets} email`, '"email" is not a rule id'],
    [`${carets} pii-in-log`, "a data type such as contact.email must follow pii-in-log"],
    [`${carets} pii-in-log email`, '"email" is not a data type'],
    [`${carets} pii-in-log contact.email <-`, "a #label must follow <-"],
    [`${carets} pii-in-log contact.email <- 1`, '"1" is not a #label'],
    [`${carets} pii-in-log contact.email color=red`, '"color" cannot be asserted'],
    [`${carets} pii-in-log contact.email --`, "nothing follows --"],
    [`${carets} MISSING pii-in-log contact.email`, "a MISSING marker must say why"],
    [`${carets} SPURIOUS pii-in-log contact.email`, "a SPURIOUS marker must say why"],
    [`${carets} source#`, '"source#" is not a label'],
    [`${carets} source#1 email`, '"email" is not a data type'],
    [`${carets} source#1 contact.email more`, "one word too many"],
    [`${carets}^^^^^ pii-in-log contact.email`, "the carets reach past the code"],
  ])("refuses %s", (line, mistake) => {
    const { mistakes } = fileWith(line);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain("a.ts:3: ");
    expect(mistakes[0]).toContain(mistake);
  });

  it("refuses a marker with no code above, and an unknown option", () => {
    expect(parseMarkedFile("a.ts", "// ^^ pii-in-log contact.email").mistakes[0]).toContain("under a line");
    expect(parseMarkedFile("a.ts", "// options: fast=yes").mistakes[0]).toContain(
      '"fast=yes" is not an option',
    );
  });
});

describe("comparing findings with markers", () => {
  const marked = (words: string) => [fileWith(`${carets} ${words}`)];
  const email = findingOf(["contact.email"]);

  it("accepts a finding at its marker", () => {
    expect(matchFindings(marked("pii-in-log contact.email"), [email])).toEqual([]);
  });

  it("shows the code, what was expected and what was found", () => {
    const [text] = matchFindings(marked("pii-in-log contact.email"), []);
    expect(text).toBe(
      [
        "a.ts:2",
        `  | ${code}`,
        "  |                    ^^^^^^^^^^",
        "  expected pii-in-log contact.email",
        "  found nothing",
      ].join("\n"),
    );
  });

  it("refuses a finding without a marker", () => {
    const mismatches = matchFindings([fileWith()], [email]);
    expect(mismatches).toHaveLength(1);
    expect(mismatches[0]).toContain("expected nothing\n  found pii-in-log contact.email (high)");
  });

  it("refuses another place on the same line, once for each side", () => {
    const moved = findingOf(["contact.email"], { location: at("user") });
    const mismatches = matchFindings(marked("pii-in-log contact.email"), [moved]);
    expect(mismatches).toHaveLength(2);
    expect(mismatches[0]).toContain("at columns 20 to 24");
  });

  it("refuses another rule, another data type, one too many and one too few", () => {
    const wrong = (words: string, finding: Finding) => matchFindings(marked(words), [finding]).length;
    expect(wrong("pii-in-export contact.email", email)).toBe(2);
    expect(wrong("pii-in-log contact.phone", email)).toBe(2);
    expect(wrong("pii-in-log contact.email", findingOf(["contact.email", "contact.phone"]))).toBe(1);
    expect(wrong("pii-in-log contact.email contact.phone", email)).toBe(1);
  });

  it("refuses a second finding of the same rule at the same place", () => {
    expect(matchFindings(marked("pii-in-log contact.email"), [email, { ...email, id: "2" }])).toHaveLength(1);
  });

  it("marks a finding over several lines on its first line", () => {
    const location = {
      ...at("user.email"),
      start: { line: 1, character: 11 },
      end: { line: 4, character: 1 },
    };
    const files = [fileWith("  //       ^^^^^^^^^^^^^^^^^^^^^^ pii-in-log contact.email")];
    expect(matchFindings(files, [findingOf(["contact.email"], { location })])).toEqual([]);
  });

  it.each([
    ["confidence", "confidence=high", "confidence=low"],
    ["severity", "severity=warning", "severity=error"],
    ["kind", "kind=log", "kind=export"],
    ["bulk", "bulk=false", "bulk=true"],
    ["place", "place=CN", "place=US"],
  ])("compares %s", (_name, right, wrong) => {
    const places = [
      { jurisdiction: "CN", written: "cn-north-1", because: "region", location: at("log"), trace: [] },
    ];
    const finding = findingOf(["contact.email"], { places });
    expect(matchFindings(marked(`pii-in-log contact.email ${right}`), [finding])).toEqual([]);
    expect(matchFindings(marked(`pii-in-log contact.email ${wrong}`), [finding])).toHaveLength(1);
  });

  it("takes a suppressed finding only where the marker says so", () => {
    const suppressed = findingOf(["contact.email"], { suppressed: { by: "channel", reason: "gateway" } });
    expect(matchFindings(marked("pii-in-log contact.email suppressed=channel"), [suppressed])).toEqual([]);
    expect(matchFindings(marked("pii-in-log contact.email"), [suppressed])).toHaveLength(1);
    expect(matchFindings(marked("pii-in-log contact.email suppressed=channel"), [email])).toHaveLength(1);
  });

  it("checks that the trace starts at the label", () => {
    const files = (source: string) => [fileWith(`${carets} pii-in-log contact.email <- #1`, source)];
    expect(matchFindings(files(`${carets} source#1 contact.email`), [email])).toEqual([]);
    const elsewhere = matchFindings(files("  // ^^^ source#1 contact.email"), [email]);
    expect(elsewhere[0]).toContain("traces from a.ts:2:20, not from a.ts:2:6");
    expect(matchFindings(files(`${carets} source#1 contact.phone`), [email])).toHaveLength(1);
  });
});

describe("known misses and known false alarms", () => {
  const missing = "MISSING pii-in-log contact.email -- not yet";
  const spurious = "SPURIOUS pii-in-log contact.email -- not yet";
  const marked = (...words: string[]) => [fileWith(...words.map((each) => `${carets} ${each}`))];

  it("lets a MISSING finding be missing, and fails when it is fixed", () => {
    expect(matchFindings(marked(missing), [])).toEqual([]);
    const fixed = matchFindings(marked(missing), [findingOf(["contact.email"])]);
    expect(fixed).toHaveLength(1);
    expect(fixed[0]).toContain("remove MISSING");
  });

  it("lets a SPURIOUS finding be there, and fails when it is fixed", () => {
    expect(matchFindings(marked(spurious), [findingOf(["contact.email"])])).toEqual([]);
    const fixed = matchFindings(marked(spurious), []);
    expect(fixed).toHaveLength(1);
    expect(fixed[0]).toContain("remove SPURIOUS");
  });

  it("knows a data type that is missing from a finding that is there", () => {
    const files = marked("pii-in-log contact.phone", missing);
    expect(matchFindings(files, [findingOf(["contact.phone"])])).toEqual([]);
    expect(matchFindings(files, [findingOf(["contact.phone", "contact.email"])])[0]).toContain(
      "remove MISSING",
    );
  });

  it("knows a data type too many in a finding that is right otherwise", () => {
    const files = marked("pii-in-log contact.phone", spurious);
    expect(matchFindings(files, [findingOf(["contact.phone", "contact.email"])])).toEqual([]);
    expect(matchFindings(files, [findingOf(["contact.phone"])])).toHaveLength(1);
  });

  it("still refuses another data type at the place of a MISSING marker", () => {
    expect(matchFindings(marked(missing), [findingOf(["contact.phone"])])).toHaveLength(1);
  });
});
