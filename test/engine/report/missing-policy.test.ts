import { expect, test } from "vitest";
import type { MadeAt } from "../../../src/engine/solve/flow.ts";
import { at, place, reportOf } from "./report-of.ts";

const client = (...places: string[]): MadeAt => ({
  site: at(2),
  name: "S3Client",
  library: "@aws-sdk/client-s3",
  places: places.map((id) => place(id)),
  unknown: places.length === 0,
});
const told = (clients: readonly MadeAt[], policy = {}) =>
  reportOf([], { clients, policy })
    .problems.filter(({ code }) => code === "policy-missing")
    .map(({ message }) => message);

test("without a policy, clients in two jurisdictions are told of, once", () => {
  expect(told([client("CN"), client("US"), client("US")])).toEqual([
    "Clients of this workspace stand in China and the United States, and no policy says whose data may go where.",
  ]);
});

test("one client that may stand in either place is told of too", () => {
  expect(told([client("CN", "US")])).toHaveLength(1);
});

test("one jurisdiction, or one within the other, is no border", () => {
  expect(told([client("US"), client("US")])).toEqual([]);
  expect(told([client("DE"), client("EU")])).toEqual([]);
});

test("clients of unknown place say nothing", () => {
  expect(told([client(), client("US")])).toEqual([]);
});

test("a policy that speaks of borders has seen them", () => {
  expect(told([client("CN"), client("US")], { residency: { default: "US", paths: {} } })).toEqual([]);
  expect(told([client("CN"), client("US")], { presets: ["eu-chapter-v"] })).toEqual([]);
});
