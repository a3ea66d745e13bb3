import { describe, expect, test } from "vitest";
import type { Policy } from "../../../src/engine/base/policy.ts";
import { type FlowOptions, flow, place, reportOf } from "./report-of.ts";

/** The border findings of one flow to one place: severity and places. */
function crossings(to: string | string[], policy: Partial<Policy>, options: FlowOptions = {}) {
  const places = [to].flat().map((each) => place(each));
  return reportOf([flow({ kind: "export.object-store", places, ...options })], { policy })
    .findings.filter(({ rule }) => rule === "pii-cross-region")
    .map(
      (finding) => `${finding.severity} ${finding.places?.map(({ jurisdiction }) => jurisdiction).join(" ")}`,
    );
}

const home = (residency: string): Partial<Policy> => ({ residency: { default: residency, paths: {} } });

describe("without a word of borders in the policy", () => {
  test("a place in a country of concern is a warning, and no other place is", () => {
    expect(crossings("CN", {})).toEqual(["warning CN"]);
    expect(crossings("US", {})).toEqual([]);
    expect(crossings("EU", {})).toEqual([]);
  });

  test("the policy may still raise it by the rule's name", () => {
    expect(crossings("CN", { rules: { "pii-cross-region": "information" } })).toEqual(["information CN"]);
    expect(crossings("CN", { rules: { "pii-cross-region": "off" } })).toEqual([]);
  });

  test("data of people who are elsewhere is not what that preset is about", () => {
    expect(crossings("CN", {}, { residency: "DE" })).toEqual([]);
  });
});

describe("transfers", () => {
  test("a residency alone forbids nothing: what no row matches is allowed", () => {
    expect(crossings("CN", home("US"))).toEqual([]);
  });

  test("the first row that matches decides, the policy's own before its presets'", () => {
    const presets = ["us-countries-of-concern"];
    expect(crossings("CN", { ...home("US"), presets })).toEqual(["error CN"]);
    expect(
      crossings("CN", { ...home("US"), presets, transfers: [{ from: "US", to: "CN", allow: true }] }),
    ).toEqual([]);
  });

  test("within one jurisdiction everything is allowed", () => {
    expect(crossings("US", { ...home("US"), transfers: [{ allow: false }] })).toEqual([]);
    expect(crossings("DE", { ...home("EU"), transfers: [{ allow: false }] })).toEqual([]);
    expect(crossings("EU", { ...home("EEA"), transfers: [{ allow: false }] })).toEqual([]);
    expect(crossings("US", { ...home("DE"), transfers: [{ allow: false }] })).toEqual(["error US"]);
  });

  test("a union holds its members, on either side, also through another union", () => {
    const policy = { ...home("DE"), presets: ["eu-chapter-v"] };
    expect(crossings("FR", policy)).toEqual([]);
    expect(crossings("EU", policy)).toEqual([]);
    expect(crossings("NO", policy)).toEqual([]);
    expect(crossings("US", policy)).toEqual(["error US"]);
  });

  test("of several places only those that are not allowed are told", () => {
    expect(crossings(["US", "CN"], { ...home("US"), presets: ["us-countries-of-concern"] })).toEqual([
      "error CN",
    ]);
  });

  test("rows may be about some data and some sinks", () => {
    const about = (row: object) => ({ ...home("US"), transfers: [{ to: "CN", allow: false, ...row }] });
    expect(crossings("CN", about({ data: ["contact"] }))).toEqual(["error CN"]);
    expect(crossings("CN", about({ data: ["health"] }))).toEqual([]);
    expect(crossings("CN", about({ sinks: ["export"] }))).toEqual(["error CN"]);
    expect(crossings("CN", about({ sinks: ["log"] }))).toEqual([]);
  });
});

describe("residency", () => {
  const presets = ["eu-chapter-v"];

  test("of the value itself is closer than the policy's", () => {
    expect(crossings("US", { ...home("US"), presets }, { residency: "DE" })).toEqual(["error US"]);
    expect(crossings("US", { ...home("DE"), presets }, { residency: "US" })).toEqual([]);
  });

  test("by path: the last glob that matches wins over the default", () => {
    const residency = { default: "US", paths: { "**": "US", "eu/**": "EU" } };
    expect(crossings("US", { residency, presets })).toEqual([]);
    expect(crossings("US", { residency, presets }, { file: "eu/c.ts" })).toEqual(["error US"]);
    const reversed = { default: "US", paths: { "./eu/**": "EU", "**": "US" } };
    expect(crossings("US", { residency: reversed, presets }, { file: "eu/c.ts" })).toEqual([]);
  });

  test("when the policy names none at all, every row is about everybody", () => {
    expect(crossings("US", { presets })).toEqual(["error US"]);
  });

  test("when it is known elsewhere but not here, only rows about everybody match", () => {
    const residency = { paths: { "eu/**": "EU" } };
    expect(crossings("US", { residency, presets })).toEqual([]);
    expect(crossings("US", { residency, transfers: [{ to: "US", allow: false }] })).toEqual(["error US"]);
  });
});

test("a sink without a place crosses no border", () => {
  expect(crossings([], { transfers: [{ allow: false }] })).toEqual([]);
});

test("a kind that is quiet at home is still judged at the border", () => {
  const policy = { ...home("US"), presets: ["us-countries-of-concern"], rules: { store: "off" } } as const;
  expect(crossings("CN", policy, { kind: "store" })).toEqual(["error CN"]);
});

describe("packages", () => {
  const packages = [
    { folder: "", name: "@corp/all", entries: [], dependencies: [] },
    { folder: "eu", name: "@corp/eu", entries: [], dependencies: [] },
  ];
  const severities = (policy: Partial<Policy>, file: string) =>
    reportOf([flow({ kind: "export.object-store", places: [place("US")], file })], { policy, packages })
      .findings.filter(({ rule }) => rule === "pii-cross-region")
      .map(({ severity }) => severity);

  test("tell whose people their code handles; the last match wins, and a path outweighs them", () => {
    const policy = {
      presets: ["eu-chapter-v"],
      residency: { paths: {}, packages: { "*": "US", "@corp/eu": "EU" } },
    };
    expect(severities(policy, "eu/c.ts")).toEqual(["error"]);
    expect(severities(policy, "a.ts")).toEqual([]);
    const outweighed = { ...policy, residency: { ...policy.residency, paths: { "eu/**": "US" } } };
    expect(severities(outweighed, "eu/c.ts")).toEqual([]);
  });

  test("are whom a transfer may be about", () => {
    const policy = { ...home("EU"), transfers: [{ packages: ["@corp/e*"], allow: true }, { allow: false }] };
    expect(severities(policy, "eu/c.ts")).toEqual([]);
    expect(severities(policy, "a.ts")).toEqual(["error"]);
  });
});

describe("messages", () => {
  const messages = (policy: Partial<Policy>, options: FlowOptions) =>
    reportOf([flow({ kind: "export.object-store", ...options })], { policy })
      .findings.filter(({ rule }) => rule === "pii-cross-region")
      .map(({ message }) => message);
  const forbidden = { ...home("EU"), transfers: [{ allow: false }] };

  test("name the channel that was bypassed, where one is declared for that pair", () => {
    const channels = [{ name: "gateway", call: "@corp/gateway#share", from: "EU", to: ["US"] }];
    const text =
      "E-mail address of people in the European Union is uploaded to an object store in the United States by `logger.info`.";
    expect(messages({ ...forbidden, channels }, { places: [place("US")] })).toEqual([
      `${text} The official channel there is \`gateway\`.`,
    ]);
    expect(
      messages({ ...forbidden, channels: [{ name: "g", call: "g#h" }] }, { places: [place("US")] }),
    ).toEqual([text]);
    expect(messages({ ...forbidden, channels }, { places: [place("CN")] })[0]).not.toContain("official");
  });

  test("say when the place is a default", () => {
    expect(messages(forbidden, { places: [place("US", { fallback: true })] })).toEqual([
      "E-mail address of people in the European Union is uploaded to an object store in the United States by `logger.info`, unless another place is configured.",
    ]);
  });

  test("of places that could not be told are there only when a transfer speaks of them", () => {
    expect(messages(forbidden, { placeUnknown: true })).toEqual([]);
    const asked = { ...home("EU"), transfers: [{ from: "EU", to: "unknown", allow: false }] };
    expect(messages(asked, { placeUnknown: true })).toEqual([
      "E-mail address of people in the European Union is uploaded to an object store in a place that could not be told by `logger.info`.",
    ]);
    expect(messages(asked, { places: [place("US")] })).toEqual([]);
  });
});

describe("what the policy allows and nothing needs", () => {
  const at = (line: number) => ({
    file: "borderline.jsonc",
    start: { line, character: 0 },
    end: { line, character: 9 },
  });
  const unused = (
    policy: Partial<Policy>,
    flows = [flow({ kind: "export.object-store", places: [place("US")] })],
  ) =>
    reportOf(flows, { policy })
      .problems.filter(({ code }) => code === "policy-unused")
      .map(({ message, range }) => `${range?.start.line} ${message}`);

  test("is told of transfers that allow, not of those that forbid", () => {
    const transfers = [
      { from: "EU", to: "US", allow: true, writtenAt: at(1) },
      { from: "EU", to: "CN", allow: true, writtenAt: at(2) },
      { from: "EU", allow: false, writtenAt: at(3) },
    ];
    expect(unused({ ...home("EU"), transfers })).toEqual(["2 No personal data takes this transfer."]);
  });

  test("is told of channels, approvals and regions", () => {
    const policy = {
      ...home("EU"),
      channels: [{ name: "gateway", call: "g#h", writtenAt: at(1) }],
      approvals: [{ finding: "b1", reason: "r", writtenAt: at(2) }],
      regions: { texas: { jurisdiction: "US", hosts: ["*.example"], writtenAt: at(3) } },
    };
    expect(unused(policy)).toEqual([
      "1 No personal data passes through the channel `gateway`.",
      "2 There is no finding `b1` any more.",
      "3 No client that personal data reaches stands in the region `texas` by its hosts or settings.",
    ]);
    const used = flow({
      kind: "export.object-store",
      channel: "gateway",
      places: [place("US", { region: "texas" })],
    });
    expect(unused({ ...policy, approvals: [] }, [used])).toEqual([]);
  });
});
