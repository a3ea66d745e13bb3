import { expect, test } from "vitest";
import { analyzeTexts } from "../../support/analyze-texts.ts";

const gapsOf = (text: string) =>
  analyzeTexts({ "a.ts": text }).gaps.map(({ callee, library, dataTypes, sources }) => ({
    callee,
    library,
    dataTypes,
    sources,
  }));

const user = "interface User { email: string; phone: string; plan: string }\n";

test("a gap tells the package, the data types and how many sources reach it", () => {
  const text = `${user}import { ship } from "carrier";
    export function send(user: User) { ship({ to: user.email, text: user.phone }); }`;
  expect(gapsOf(text)).toEqual([
    { callee: "ship", library: "carrier", dataTypes: ["contact.email", "contact.phone"], sources: 2 },
  ]);
});

test("what a package returns is of that package, through clients and chains", () => {
  const text = `${user}import Carrier from "carrier";
    const client = new Carrier({ key: "k" }).region("x");
    export function send(user: User) { client.parcels.send(user.email); }`;
  expect(gapsOf(text)).toEqual([
    { callee: "client.parcels.send", library: "carrier", dataTypes: ["contact.email"], sources: 1 },
  ]);
});

test("whole objects of a declared type reach a gap with their fields", () => {
  const text = `${user}import { ship } from "carrier";
    export function send(user: User) { ship(user); }`;
  expect(gapsOf(text)).toMatchObject([{ dataTypes: ["contact.email", "contact.phone"], sources: 2 }]);
});

test("a call that gets no personal data is no gap", () => {
  const text = `${user}import { ship } from "carrier";
    export function send(user: User) { ship(user.plan); }`;
  expect(gapsOf(text)).toEqual([]);
});

test("calls on a parameter of a function that nobody calls are gaps too", () => {
  const text = `${user}export function send(user: User, post: (text: string) => void) { post(user.email); }`;
  expect(gapsOf(text)).toMatchObject([{ callee: "post", library: undefined, sources: 1 }]);
});
