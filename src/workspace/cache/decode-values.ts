import { constantWords, type Packed, tags } from "./packed.ts";

type Make = (read: () => unknown) => object;

/** Reads what `ValueEncoder` wrote. Throws on anything else. */
export class ValueDecoder {
  private readonly packed: Packed;
  private readonly makers: Make[];
  private at = 0;
  private end = 0;
  private readonly read = (): unknown => this.value();

  constructor(packed: Packed) {
    this.packed = packed;
    this.makers = packed.keyLists.map(makerOf);
  }

  /** The value with this number. */
  decode(index: number): unknown {
    this.at = index === 0 ? 0 : (this.packed.ends[index - 1] ?? Number.NaN);
    this.end = this.packed.ends[index] ?? Number.NaN;
    const value = this.value();
    if (this.at !== this.end) throw new RangeError("damaged");
    return value;
  }

  private value(): unknown {
    const { bytes } = this.packed;
    let byte = bytes[this.at++] as number;
    let word = byte & 127;
    for (let shift = 7; byte > 127; shift += 7) {
      byte = bytes[this.at++] as number;
      word |= (byte & 127) << shift;
    }
    const rest = word >>> 3;
    switch (word & 7) {
      case tags.integer:
        return rest;
      case tags.object:
        return (this.makers[rest] as Make)(this.read);
      case tags.text:
        return this.text(rest);
      case tags.list: {
        if (rest > this.end - this.at) throw new RangeError("damaged");
        const list = new Array<unknown>(rest);
        for (let index = 0; index < rest; index++) list[index] = this.value();
        return list;
      }
      case tags.negative:
        return -rest;
      default:
        return this.constant(rest);
    }
  }

  private text(id: number): string {
    const text = this.packed.texts[id];
    if (text === undefined) throw new RangeError("damaged");
    return text;
  }

  private constant(word: number): unknown {
    switch (word) {
      case constantWords.undefined:
        return undefined;
      case constantWords.null:
        return null;
      case constantWords.true:
        return true;
      case constantWords.false:
        return false;
      case constantWords.number:
        return Number(this.value());
      default:
        throw new RangeError("damaged");
    }
  }
}

/** Filled into a copy of an object that has the keys already: to add them one by one takes a third longer. */
function makerOf(keys: readonly string[]): Make {
  const template: Record<string, unknown> = {};
  for (const key of keys) template[key] = undefined;
  return (read) => {
    const made = { ...template };
    for (const key of keys) made[key] = read();
    return made;
  };
}
