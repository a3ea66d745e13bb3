import { setImmediate } from "node:timers/promises";
import { ValueDecoder } from "./decode-values.ts";
import { ValueEncoder } from "./encode-values.ts";
import type { Packed } from "./packed.ts";

/** Many values under their keys, in one file: thousands of small ones take longer to open than to read. */
export interface Pack {
  readonly keys: readonly string[];
  /** The value with this number. Throws when the bytes are none that `packBytes` wrote. */
  value(index: number): unknown;
}

type Header = Pick<Packed, "texts" | "keyLists" | "ends"> & { readonly keys: readonly string[] };

/** Longest stretch, in milliseconds, in which nothing else is done. */
const breath = 15;

/** Values that are no plain data are left out. */
export async function packBytes(values: Iterable<readonly [string, unknown]>): Promise<Uint8Array[]> {
  const encoder = new ValueEncoder();
  const keys: string[] = [];
  let breathed = performance.now();
  for (const [key, value] of values) {
    if (performance.now() - breathed > breath) {
      await setImmediate();
      breathed = performance.now();
    }
    try {
      encoder.add(value);
      keys.push(key);
    } catch {
      // Then it is computed anew each time.
    }
  }
  const { texts, keyLists, ends, bytes } = encoder.finish();
  const header = Buffer.from(JSON.stringify({ keys, texts, keyLists, ends } satisfies Header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(header.length);
  return [length, header, bytes];
}

export function openPack(content: Buffer): Pack {
  const start = 4 + content.readUInt32LE(0);
  const { keys, ...tables }: Header = JSON.parse(content.toString("utf8", 4, start));
  const decoder = new ValueDecoder({ ...tables, bytes: content.subarray(start) });
  return { keys, value: (index) => decoder.decode(index) };
}
