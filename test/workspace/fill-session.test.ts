import { expect, test } from "vitest";
import type { Session } from "../../src/engine/index.ts";
import { fillSession, readText } from "../../src/workspace/index.ts";
import { makeFolder } from "./make-folder.ts";

/** Remembers what it is told, and nothing else. */
function recorder(missing: readonly string[]) {
  const told: string[] = [];
  const session = {
    missingTexts: () => missing,
    setText: (file: string, text: string) => told.push(`${file}=${text}`),
    setUnreadable: (file: string, reason: string) => told.push(`${file} unreadable: ${reason}`),
  } as unknown as Session;
  return { session, told };
}

test("hands over every text in the session's order, and tells how far it is", async () => {
  const names = Array.from({ length: 40 }, (_, i) => `f${i}.ts`);
  const root = makeFolder(Object.fromEntries(names.map((name) => [name, name.toUpperCase()])));
  const { session, told } = recorder(names);
  const progress: string[] = [];
  await fillSession(session, root, { onProgress: (done, total) => progress.push(`${done}/${total}`) });
  expect(told).toEqual(names.map((name) => `${name}=${name.toUpperCase()}`));
  expect(progress.at(0)).toBe("1/40");
  expect(progress.at(-1)).toBe("40/40");
});

test("a file that cannot be read is named with the reason, and the others are read", async () => {
  const root = makeFolder({ "a.ts": "a", "folder.ts/x": "", "loop.ts": "-> loop.ts" });
  const { session, told } = recorder(["gone.ts", "folder.ts", "loop.ts", "a.ts"]);
  await fillSession(session, root);
  expect(told).toEqual([
    "gone.ts unreadable: it does not exist, or is a link to a file that does not exist",
    "folder.ts unreadable: it is a folder",
    "loop.ts unreadable: it is a link that leads back to itself",
    "a.ts=a",
  ]);
});

test("stops on abort", async () => {
  const { session, told } = recorder(["a.ts"]);
  await expect(
    fillSession(session, makeFolder({ "a.ts": "" }), { signal: AbortSignal.abort() }),
  ).rejects.toThrow();
  expect(told).toEqual([]);
});

test.each([
  ["UTF-8", Buffer.from("é\r\n")],
  ["UTF-8 with a byte order mark", Buffer.from("\uFEFFé\r\n")],
  ["UTF-16 with a byte order mark", Buffer.from("\uFEFFé\r\n", "utf16le")],
])("reads %s, without the mark and with its line ends", async (_, bytes) => {
  expect(await readText(`${makeFolder({ "a.ts": bytes })}/a.ts`)).toBe("é\r\n");
});
