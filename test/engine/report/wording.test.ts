import { describe, expect, test } from "vitest";
import type { Step } from "../../../src/engine/solve/flow.ts";
import { at, type FlowOptions, flow, place, reportOf } from "./report-of.ts";

const messageOf = (...options: FlowOptions[]) => reportOf(options.map(flow)).findings[0]?.message;

describe("the message", () => {
  test("says what goes where, and through which call", () => {
    expect(messageOf({})).toBe("E-mail address is written to a log by `logger.info`.");
  });

  test("joins data types as a sentence does, and keeps acronyms", () => {
    expect(messageOf({}, { dataType: "contact.phone" }, { dataType: "network.ip-address" })).toBe(
      "E-mail address, phone number and IP address are written to a log by `logger.info`.",
    );
  });

  test("counts what would make it too long", () => {
    const types = [
      "contact.email",
      "contact.phone",
      "network.ip-address",
      "identity.birth-date",
      "health.diagnosis",
    ];
    expect(messageOf(...types.map((dataType) => ({ dataType })))).toContain(
      "E-mail address, phone number, diagnosis and 2 more are",
    );
  });

  test("says when it is the data of many", () => {
    expect(messageOf({ bulk: true })).toBe(
      "E-mail address of many people at once is written to a log by `logger.info`.",
    );
  });

  test("words a kind that the catalog does not have as its branch", () => {
    expect(messageOf({ kind: "log.audit" })).toContain("written to a log");
  });

  test("names residency and place at a border", () => {
    const options = { kind: "export.object-store", sink: "S3.send", places: [place("CN")], residency: "US" };
    const messages = (more: FlowOptions) =>
      reportOf([flow({ ...options, ...more })], { policy: { presets: ["us-countries-of-concern"] } })
        .findings.filter(({ rule }) => rule === "pii-cross-region")
        .map(({ message }) => message);
    expect(messages({})).toEqual([
      "E-mail address of people in the United States is uploaded to an object store in China by `S3.send`.",
    ]);
    expect(messages({ bulk: true })[0]).toMatch(/^E-mail address of many people in the United States is /);
  });

  test("keeps code on one line, short, and inside its quotes", () => {
    const message = messageOf({ sink: `a\n  .b\`${"c".repeat(80)}$&` });
    expect(message).toMatch(/by `a \.b'c+…`\.$/);
    expect(message?.length).toBeLessThan(120);
  });
});

describe("a trace", () => {
  const texts = (steps: readonly Step[]) =>
    reportOf([flow({ steps })]).findings[0]?.data[0]?.trace.map(({ text }) => text);

  test("is worded step by step", () => {
    const kinds = ["passed", "returned", "stored", "captured", "thrown", "caught", "through"] as const;
    expect(
      texts([
        { kind: "source", site: at(2), name: "user.email" },
        ...kinds.map((kind, index) => ({
          kind,
          site: at(3 + index),
          name: "n",
          ...(kind === "passed" ? { as: "u" } : {}),
        })),
        { kind: "sink", site: at(20), name: "logger.info" },
      ]),
    ).toEqual([
      "e-mail address comes from `user.email`",
      "passed to `n` as `u`",
      "returned by `n`",
      "stored in field `n`",
      "captured by `n`",
      "thrown",
      "caught as `n`",
      "passed through `n`",
      "written to a log by `logger.info`",
    ]);
  });

  test("tells functions without a name, and elements without a key, by what they are", () => {
    expect(
      texts([
        { kind: "passed", site: at(1), name: "", as: "" },
        { kind: "returned", site: at(2), name: "" },
        { kind: "stored", site: at(3), name: "*" },
        { kind: "captured", site: at(4), name: "" },
        { kind: "caught", site: at(5), name: "" },
        { kind: "through", site: at(6), name: "" },
      ]),
    ).toEqual([
      "passed to a function",
      "returned by a function",
      "stored as an element",
      "captured by an inner function",
      "caught",
      "passed through a call",
    ]);
  });

  test("tells hops at one place as one, and the same hop once", () => {
    expect(
      texts([
        { kind: "source", site: at(2), name: "user.email" },
        { kind: "passed", site: at(2), name: "toRow", as: "u" },
        { kind: "returned", site: at(3), name: "toRow" },
        { kind: "returned", site: at(3), name: "toRow" },
        { kind: "sink", site: at(4), name: "logger.info" },
      ]),
    ).toEqual([
      "e-mail address comes from `user.email`, passed to `toRow` as `u`",
      "returned by `toRow`",
      "written to a log by `logger.info`",
    ]);
  });

  test("loses its middle when it is very long, and says so", () => {
    const steps: Step[] = Array.from({ length: 100 }, (_, i) => ({
      kind: "returned",
      site: at(i),
      name: `f${i}`,
    }));
    const shown = texts(steps) ?? [];
    expect(shown).toHaveLength(40);
    expect([shown[0], shown[19], shown[20], shown[39]]).toEqual([
      "returned by `f0`",
      "returned by `f19`",
      "60 steps later: returned by `f80`",
      "returned by `f99`",
    ]);
  });
});

describe("gaps", () => {
  test("are told once per call and reason, in words", () => {
    const site = at(3, 2, 4);
    const { gaps } = reportOf([], {
      gaps: [
        { site, callee: "ship", reason: "unresolved", dataTypes: ["contact.phone"], sources: 1 },
        { site, callee: "ship", reason: "unresolved", dataTypes: ["contact.email"], sources: 2 },
        {
          site: at(1),
          callee: "send",
          library: "carrier",
          reason: "no-model",
          dataTypes: ["contact.email"],
          sources: 2,
        },
        { site: at(9), callee: "s3.send", reason: "place-unknown", dataTypes: ["contact.email"], sources: 2 },
      ],
    });
    expect(gaps.map(({ text }) => text)).toEqual([
      "`send` receives e-mail address, and no model says what the package carrier does with it.",
      "`ship` receives e-mail address and phone number, and it could not be told which code this calls.",
      "`s3.send` receives e-mail address, and it could not be told where in the world that goes.",
    ]);
    expect(gaps.map(({ sources }) => sources)).toEqual([2, 3, 2]);
    expect(gaps[1]?.location).toEqual({
      file: "a.ts",
      start: { line: 3, character: 2 },
      end: { line: 3, character: 6 },
    });
  });
});
