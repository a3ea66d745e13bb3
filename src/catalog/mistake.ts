/** Keys and indexes from the root of a JSON value to a place inside it. */
export type JsonPath = readonly (string | number)[];

/** Something wrong inside a JSON value, before it is known where that stands in a text. */
export interface Mistake {
  readonly path: JsonPath;
  /** The mistake is the last key of `path` itself (an unknown key), not the value under it. */
  readonly atKey?: boolean;
  /** One sentence, without the file's name. */
  readonly message: string;
  readonly hint: string;
}

/** `sinks[2].path`, or `the file` for the root. */
export function describePath(path: JsonPath): string {
  if (path.length === 0) return "the file";
  return path
    .map((part, index) =>
      typeof part === "number"
        ? `[${part}]`
        : /^[A-Za-z_$][\w$-]*$/.test(part)
          ? `${index > 0 ? "." : ""}${part}`
          : `["${part}"]`,
    )
    .join("");
}
