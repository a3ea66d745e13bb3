/** Plain data as `ValueEncoder` wrote it: tables that all values share, and the bytes of each value after another. */
export interface Packed {
  readonly texts: readonly string[];
  readonly keyLists: readonly (readonly string[])[];
  /** Where in `bytes` each value ends. */
  readonly ends: readonly number[];
  readonly bytes: Uint8Array;
}

/** The lowest three bits of a word say what the others mean. */
export const tags = { constant: 0, text: 1, integer: 2, negative: 3, list: 4, object: 5 } as const;

export const constantWords = { undefined: 0, null: 1, true: 2, false: 3, number: 4 } as const;
