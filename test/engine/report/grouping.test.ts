import { describe, expect, test } from "vitest";
import { at, flow, reportOf } from "./report-of.ts";

describe("flows that meet at one sink call", () => {
  test("make one finding with each data type once", () => {
    const { findings } = reportOf([
      flow({ dataType: "contact.phone" }),
      flow({ dataType: "contact.email" }),
      flow({ dataType: "contact.email", confidence: "low" }),
    ]);
    expect(findings.map(({ rule, data }) => [rule, data.map(({ dataType }) => dataType)])).toEqual([
      ["pii-in-log", ["contact.email", "contact.phone"]],
    ]);
  });

  test("at two calls make two findings, in the order of the text", () => {
    const { findings } = reportOf([flow({ line: 9 }), flow({ line: 3 }), flow({ line: 20, file: "b.ts" })]);
    expect(findings.map(({ location }) => [location.file, location.start.line])).toEqual([
      ["a.ts", 3],
      ["a.ts", 9],
      ["b.ts", 20],
    ]);
  });

  test("of two traces of one data type, the surer is told, and among equals the shorter", () => {
    const longer = [
      { kind: "source", site: at(1), name: "u" },
      { kind: "passed", site: at(2), name: "f", as: "x" },
      { kind: "sink", site: at(5), name: "logger.info" },
    ] as const;
    const shorter = [longer[0], longer[2]];
    const traceOf = (flows: Parameters<typeof reportOf>[0]) =>
      reportOf(flows).findings[0]?.data[0]?.trace.length;
    expect(traceOf([flow({ steps: longer }), flow({ steps: shorter })])).toBe(2);
    expect(traceOf([flow({ steps: longer }), flow({ steps: shorter, confidence: "medium" })])).toBe(3);
  });

  test("other sinks that the call leads to are told beside the traces", () => {
    const source = { kind: "source", site: at(1), name: "u" } as const;
    const through = (line: number) =>
      flow({ steps: [source, { kind: "sink", site: at(line), name: `log${line}` }] });
    const { findings } = reportOf([through(5), through(6), through(6), flow({ dataType: "contact.phone" })]);
    expect(findings.map(({ alsoReaches }) => alsoReaches?.map(({ text }) => text))).toEqual([
      ["written to a log by `log6`"],
    ]);
  });

  test("the squiggle stands where the first of the data does", () => {
    const { findings } = reportOf([
      flow({ dataType: "contact.phone", argument: at(5, 7, 2) }),
      flow({ dataType: "contact.email", argument: at(5, 3, 2) }),
    ]);
    expect(findings[0]?.location).toEqual({
      file: "a.ts",
      start: { line: 5, character: 3 },
      end: { line: 5, character: 5 },
    });
  });

  test("the order in which flows arrive changes nothing", () => {
    const flows = [
      flow({ dataType: "contact.phone", kind: "export", sink: "send" }),
      flow({ dataType: "contact.email" }),
      flow({ dataType: "contact.email", confidence: "medium", source: at(0, 3) }),
      flow({ line: 7, dataType: "network.ip-address" }),
      flow({ line: 7, dataType: "network.ip-address", channel: "gate" }),
    ];
    expect(reportOf([...flows].reverse())).toEqual(reportOf(flows));
  });
});

describe("confidence", () => {
  test("is that of the surest data", () => {
    const { findings } = reportOf([
      flow({ dataType: "contact.email", confidence: "low" }),
      flow({ dataType: "contact.phone", confidence: "medium" }),
    ]);
    expect(findings[0]?.confidence).toBe("medium");
    expect(findings[0]?.data.map(({ confidence }) => confidence)).toEqual(["low", "medium"]);
  });

  test("is never more than that of the sink", () => {
    expect(reportOf([flow({ sinkConfidence: "low" })]).findings[0]?.confidence).toBe("low");
  });
});

describe("severity", () => {
  const severityOf = (kind: string, rules: Record<string, "error" | "warning" | "information" | "off">) =>
    reportOf([flow({ kind })], { policy: { rules } }).findings[0]?.severity;

  test("comes from the rule, unless the policy names the rule", () => {
    expect(severityOf("log", {})).toBe("warning");
    expect(severityOf("log", { "pii-in-log": "error" })).toBe("error");
    expect(severityOf("log", { "pii-in-log": "off" })).toBeUndefined();
  });

  test("of the longest sink kind in the policy wins over the rule", () => {
    const rules = { "pii-in-export": "off", export: "information", "export.object-store": "error" } as const;
    expect(severityOf("export.object-store", rules)).toBe("error");
    expect(severityOf("export.csv", rules)).toBe("information");
  });

  test("a kind that the rule leaves out is turned on by its own name, not by its branch's", () => {
    expect(severityOf("export.response", {})).toBeUndefined();
    expect(severityOf("export.response", { export: "error" })).toBeUndefined();
    expect(severityOf("export.response", { "export.response": "error" })).toBe("error");
  });
});

describe("ids", () => {
  const inFunction = (name: string, from: number) => [
    { name: "", kind: "module", span: { start: 0, end: 1200 } } as const,
    { name, kind: "function", parent: 0, span: { start: from * 12, end: (from + 20) * 12 } } as const,
  ];
  const idsOf = (lines: number[], functions = inFunction("signUp", 0)) =>
    reportOf(
      lines.map((line) => flow({ line })),
      { functions },
    ).findings.map(({ id }) => id);

  test("outlive lines that are added above", () => {
    expect(idsOf([5])).toEqual(idsOf([25], inFunction("signUp", 20)));
  });

  test("differ between equal findings of one function, by their order", () => {
    const [first, second] = idsOf([5, 6]);
    expect(first).not.toBe(second);
    expect(idsOf([3, 5, 6]).slice(0, 2)).toEqual([first, second]);
  });

  test("depend on function, sink and data types", () => {
    const ids = [
      ...idsOf([5]),
      ...idsOf([5], inFunction("signIn", 0)),
      ...[flow({ sink: "log.warn" }), flow({ dataType: "contact.phone" }), flow({ file: "b.ts" })].map(
        (one) => reportOf([one], { functions: inFunction("signUp", 0) }).findings[0]?.id,
      ),
    ];
    expect(new Set(ids).size).toBe(5);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe("data that is quiet by its own row", () => {
  const id = (kind: string) => flow({ dataType: "account.user-id", kind });
  const severityOf = (kind: string, policy: Parameters<typeof reportOf>[1] = {}) =>
    reportOf([id(kind)], policy).findings[0]?.severity;

  test("makes no finding there, and weighs what the row says elsewhere", () => {
    expect(severityOf("log")).toBeUndefined();
    expect(severityOf("log.console")).toBeUndefined();
    expect(severityOf("export.object-store")).toBe("information");
  });

  test("is left out of a finding about other data", () => {
    const { findings } = reportOf([id("log"), flow({ dataType: "contact.email" })]);
    expect(findings.map(({ data }) => data.map(({ dataType }) => dataType))).toEqual([["contact.email"]]);
  });

  test("is turned up by the policy's word for the data, not by that for the rule", () => {
    expect(severityOf("log", { policy: { rules: { "pii-in-log": "error" } } })).toBeUndefined();
    expect(severityOf("log", { policy: { data: { "account.user-id": "error" } } })).toBe("error");
    expect(severityOf("log", { policy: { data: { account: "warning" } } })).toBe("warning");
    const off = { rules: { log: "off" }, data: { account: "warning" } } as const;
    expect(severityOf("log", { policy: off })).toBeUndefined();
    expect(severityOf("export.response", { policy: { data: { account: "warning" } } })).toBeUndefined();
  });
});

test("a policy turns one sort of data off", () => {
  expect(reportOf([flow()], { policy: { data: { contact: "off" } } }).findings).toEqual([]);
});
