/** What a sanitizer made a value safe for; absent lists mean "all". */
export interface Safety {
  readonly key: string;
  readonly rows: readonly {
    readonly data: readonly string[] | undefined;
    readonly protects: readonly string[] | undefined;
    /** Safe where it stays, and still personal data at a border. */
    readonly pseudonym?: boolean | undefined;
  }[];
}
