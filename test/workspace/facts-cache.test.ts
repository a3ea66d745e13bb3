import { readdirSync, readFileSync, statSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { factsOf } from "../../src/engine/index.ts";
import type { CachePlace } from "../../src/workspace/cache/cache-place.ts";
import { openFactsCache } from "../../src/workspace/cache/facts-cache.ts";
import { openPack, packBytes } from "../../src/workspace/cache/pack.ts";
import { trimCache } from "../../src/workspace/cache/trim-cache.ts";
import { fixtures, workspaceOf } from "../support/fixture-workspace.ts";
import { makeFolder } from "./make-folder.ts";

const texts = ["export const a = 1;", "export const b = (x) => x.email;", "export class C { #d = -0.5 }"];
const place = (): CachePlace => ({ folder: join(makeFolder({}), "cache"), workspace: "w", build: "b" });

async function fill(where: CachePlace): Promise<void> {
  const cache = await openFactsCache(where);
  texts.forEach((text, index) => {
    cache.put(`${index}.js`, text, factsOf(`${index}.js`, text));
  });
  await cache.save();
}

const packsIn = ({ folder }: CachePlace) => readdirSync(folder).map((name) => join(folder, name));

test("facts come back as they were, for every fixture", async () => {
  const { texts } = workspaceOf(fixtures.map((_, index) => index));
  const facts = new Map([...texts].map(([file, text]) => [file, factsOf(file, text)]));
  const pack = openPack(Buffer.concat(await packBytes(facts)));
  expect(pack.keys).toEqual([...facts.keys()]);
  pack.keys.forEach((file, index) => {
    expect(pack.value(index)).toStrictEqual(facts.get(file));
  });
});

test("all plain data comes back, and what is none is left out", async () => {
  const values = new Map<string, unknown>([
    ["numbers", [0, -0, 1, -1, 0.1, -1e300, 2 ** 28, 2 ** 53, Number.NaN, Number.NEGATIVE_INFINITY]],
    ["texts", ["", "é", "\u2028", "\ud800", "x".repeat(70_000)]],
    [
      "others",
      [
        undefined,
        null,
        true,
        false,
        {},
        [],
        { a: undefined },
        {
          "": [
            { a: 1, b: 2 },
            { b: 1, a: 2 },
          ],
        },
      ],
    ],
    ["a function", { f: () => {} }],
    ["a key that assignment does not make", JSON.parse('{"__proto__": 1}')],
    ["last", "after what was left out"],
  ]);
  const pack = openPack(Buffer.concat(await packBytes(values)));
  expect(pack.keys).toEqual(["numbers", "texts", "others", "last"]);
  pack.keys.forEach((key, index) => {
    expect(pack.value(index)).toStrictEqual(values.get(key));
  });
});

test("another process has what was saved; another text, name or version has nothing", async () => {
  const where = place();
  await fill(where);
  const [text = ""] = texts;
  const cache = await openFactsCache(where);
  expect(cache.get("0.js", text)).toStrictEqual(factsOf("0.js", text));
  expect(cache.has("0.js", `${text} `)).toBe(false);
  expect(cache.has("x.js", text)).toBe(false);
  expect((await openFactsCache({ ...where, build: "c" })).has("0.js", text)).toBe(false);
});

test.each([
  ["cut off", (path: string) => truncateSync(path, statSync(path).size - 1)],
  ["emptied", (path: string) => truncateSync(path, 0)],
  ["overwritten", (path: string) => writeFileSync(path, "\xff".repeat(2000))],
  ["changed in one bit", flipBit],
])("a pack that was %s counts as none, and is written anew", async (_, damage) => {
  const where = place();
  await fill(where);
  for (const path of packsIn(where)) damage(path);
  expect((await openFactsCache(where)).has("0.js", texts[0] ?? "")).toBe(false);
  await fill(where);
  expect((await openFactsCache(where)).has("0.js", texts[0] ?? "")).toBe(true);
});

function flipBit(path: string): void {
  const bytes = readFileSync(path);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 4;
  writeFileSync(path, bytes);
}

test("many saves of a few files end in few packs, and nothing is lost", async () => {
  const where = place();
  await fill(where);
  for (let round = 0; round < 30; round++) {
    const cache = await openFactsCache(where);
    texts.forEach((text, index) => {
      cache.get(`${index}.js`, text);
    });
    cache.put("new.js", `${round}`, factsOf("new.js", `${round}`));
    await cache.save();
  }
  expect(packsIn(where).length).toBeLessThan(10);
  const cache = await openFactsCache(where);
  expect(texts.every((text, index) => cache.has(`${index}.js`, text))).toBe(true);
  expect(cache.has("new.js", "29")).toBe(true);
});

test("two that save at once lose nothing", async () => {
  const where = place();
  await Promise.all([fill(where), fill(where), fill(where)]);
  const cache = await openFactsCache(where);
  expect(texts.every((text, index) => cache.get(`${index}.js`, text))).toBe(true);
});

test("a folder that cannot be made is no error", async () => {
  const root = makeFolder({ file: "" });
  const cache = await openFactsCache({ folder: join(root, "file", "cache"), workspace: "w", build: "b" });
  cache.put("0.js", "", factsOf("0.js", ""));
  await cache.save();
  expect(cache.has("0.js", "")).toBe(false);
});

test("what was not used for longest goes first, and what a dead process left behind", async () => {
  const folder = makeFolder({ old: "12345", new: "12345", "half.tmp": "" });
  utimesSync(join(folder, "old"), 1, 1);
  utimesSync(join(folder, "half.tmp"), 1, 1);
  await trimCache(folder, 8);
  expect(readdirSync(folder)).toEqual(["new"]);
});
