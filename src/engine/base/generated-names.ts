// Names in the declarations that `discover` writes for a schema, by which `solve` knows what they say.

/** The type of an argument that says which columns and relations of a row a method gives: `{ select, include, omit }`. */
export const rowSelection = "Row$Selection";

/** The type that holds the relations of a row: they are there only where they are selected or included. */
export function relationsOf(row: string): string {
  return `${row}$relations`;
}
