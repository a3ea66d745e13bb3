import { constantWords, type Packed, tags } from "./packed.ts";

/** An object's keys, in order: objects of the same kind share one. */
interface KeyList {
  /** Its place in the table; -1 while no object has just these keys. */
  id: number;
  readonly keys: readonly string[];
  readonly next: Map<string, KeyList>;
}

/**
 * Writes plain data (what JSON can say, and `undefined`) as bytes that refer to shared tables of texts and of key lists:
 * facts repeat the same few thousand names and the same few dozen kinds of object.
 */
export class ValueEncoder {
  private readonly texts = new Map<string, number>();
  private readonly keyLists: KeyList[] = [];
  private readonly root: KeyList = { id: -1, keys: [], next: new Map() };
  private bytes = new Uint8Array(1 << 16);
  private length = 0;
  private readonly ends: number[] = [];

  /** Adds one value; its number is how many were added before it. Throws, and adds nothing, when it is no plain data. */
  add(value: unknown): void {
    const start = this.length;
    try {
      this.write(value);
    } catch (error) {
      this.length = start;
      throw error;
    }
    this.ends.push(this.length);
  }

  finish(): Packed {
    return {
      texts: [...this.texts.keys()],
      keyLists: this.keyLists.map(({ keys }) => keys),
      ends: this.ends,
      bytes: this.bytes.subarray(0, this.length),
    };
  }

  private write(value: unknown): void {
    if (typeof value === "string") this.word(this.textId(value), tags.text);
    else if (typeof value === "number") this.writeNumber(value);
    else if (value === undefined) this.word(constantWords.undefined, tags.constant);
    else if (value === null) this.word(constantWords.null, tags.constant);
    else if (typeof value === "boolean")
      this.word(value ? constantWords.true : constantWords.false, tags.constant);
    else if (Array.isArray(value)) {
      this.word(value.length, tags.list);
      for (const item of value) this.write(item);
    } else if (typeof value === "object") this.writeObject(value as Record<string, unknown>);
    else throw new TypeError(`no plain data: ${typeof value}`);
  }

  private writeNumber(value: number): void {
    if (!Number.isInteger(value) || Math.abs(value) >= 2 ** 28 || Object.is(value, -0)) {
      // Rare: as the text that gives the very same number again.
      this.word(constantWords.number, tags.constant);
      this.word(this.textId(Object.is(value, -0) ? "-0" : String(value)), tags.text);
    } else if (value < 0) this.word(-value, tags.negative);
    else this.word(value, tags.integer);
  }

  private writeObject(value: Record<string, unknown>): void {
    const keys = Object.keys(value);
    let list = this.root;
    for (const key of keys) list = this.step(list, key);
    this.word(this.idOf(list), tags.object);
    for (const key of keys) this.write(value[key]);
  }

  private step(list: KeyList, key: string): KeyList {
    if (key === "__proto__") throw new TypeError("an object of this key cannot be made again by assignment");
    let next = list.next.get(key);
    if (!next) {
      next = { id: -1, keys: [...list.keys, key], next: new Map() };
      list.next.set(key, next);
    }
    return next;
  }

  private idOf(list: KeyList): number {
    if (list.id < 0) list.id = this.keyLists.push(list) - 1;
    return list.id;
  }

  private textId(text: string): number {
    let id = this.texts.get(text);
    if (id === undefined) {
      id = this.texts.size;
      this.texts.set(text, id);
    }
    return id;
  }

  private word(value: number, tag: number): void {
    if (this.length + 5 > this.bytes.length) {
      const larger = new Uint8Array(this.bytes.length * 2);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    let rest = value * 8 + tag;
    while (rest > 127) {
      this.bytes[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }
}
