/**
 * How schemas are written: what the library's exports, and members of them, say by their `names`, and what `methods` of a
 * schema make of it. Other methods of a schema narrow or describe it.
 * `text`, `number`, `flag`, `date`, `word` (one of a few that the code knows), `unknown`: a value. `record`: fields are
 * listed. `list`, `same`: of what, or just what, an argument is the schema of. `union`: any of its arguments. `extension`:
 * with more fields. `either`: or another. `pick`, `omit`: some of its fields. `typed`: what its type argument says.
 * `library`: what it gives has the library's own members. `maker`: what it gives is what `makes` names.
 * `parse`: gives what the schema lets through.
 */
export interface SchemaRow {
  readonly as: SchemaSort;
  readonly names?: readonly string[];
  readonly methods?: readonly string[];
  /** Which argument: of a record, where its fields are listed; else of what it is. Absent: the first. */
  readonly of?: string;
  /** Of a record: where its name is written. */
  readonly label?: string;
  /** Of a record: fields may be written as objects that name their schema under this key: `{ type: String }`. */
  readonly plain?: string;
  readonly makes?: string;
  /** It is not the result that is the schema, but the receiver: `User.init({ … })`. */
  readonly describes?: "Argument[this]";
  /** The field of the result that holds what was let through. */
  readonly to?: string;
  readonly note?: string;
}

export const schemaSorts = [
  "text",
  "number",
  "flag",
  "date",
  "word",
  "unknown",
  "record",
  "list",
  "same",
  "union",
  "extension",
  "either",
  "pick",
  "omit",
  "typed",
  "library",
  "maker",
  "parse",
] as const;

export type SchemaSort = (typeof schemaSorts)[number];
