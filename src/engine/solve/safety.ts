/** What is left in JSON, or in a copy by keys: what accessors would give is not. */
export const withoutAccessors: Safety = {
  key: "json",
  rows: [{ data: undefined, protects: undefined, accessors: true }],
};

/** What a sanitizer made a value safe for; absent lists mean "all". */
export interface Safety {
  readonly key: string;
  readonly rows: readonly {
    readonly data: readonly string[] | undefined;
    readonly protects: readonly string[] | undefined;
    /** Safe where it stays, and still personal data at a border. */
    readonly pseudonym?: boolean | undefined;
    /** Only what the value kept behind accessors is gone. */
    readonly accessors?: boolean | undefined;
  }[];
}
