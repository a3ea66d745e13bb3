/** What a statement gives back: its columns, each of a table where that is told, and the tables of which it gives all. */
export interface SqlRow {
  readonly columns: readonly SqlColumn[];
  /** Tables of which all columns are given, by their names. */
  readonly all: readonly string[];
}

export interface SqlColumn {
  readonly table: string;
  /** What stands in the table; absent: a value that was computed. */
  readonly column: string | undefined;
  readonly as: string;
  /** It counts, or measures. */
  readonly counts: boolean;
}

const statements = /^(?:select|with|insert|update|delete|replace)\b/i;
const counting = /^(?:count|sum|avg|length|char_length|exists|row_number|rank|extract|date_part)\(/i;

/** Whether a text is a statement that may give rows. */
export function isStatement(text: string): boolean {
  return statements.test(text.trimStart());
}

/** The row of a statement in SQL, or of a list of columns of a table. */
export function sqlRow(text: string, table = ""): SqlRow {
  const plain = plainText(text);
  if (!isStatement(plain)) return rowOf(plain, new Map([["", table]]));
  const [, returned] = /\breturning (.+)$/i.exec(plain) ?? [];
  const [, target = table] = /^(?:insert into|replace into|update|delete from) ([^\s(]+)/i.exec(plain) ?? [];
  if (returned !== undefined) return rowOf(returned, new Map([["", lastName(target)]]));
  const [, list = "", rest = ""] =
    /\bselect (?:distinct (?:on \(\) ?)?|all )?(.+?)(?: from (.+))?$/i.exec(plain) ?? [];
  return rowOf(list, tablesOf(rest, table));
}

/** Without comments, and without what stands in brackets: `count(id) as n` is `count() as n`. */
function plainText(text: string): string {
  let plain = text
    .replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ")
    .replace(/\s+/g, " ")
    .trim();
  for (let before = ""; before !== plain; ) {
    before = plain;
    plain = plain.replace(/\([^()]+\)/g, "()");
  }
  return plain;
}

/** By the name under which columns are written: the tables after `from` and `join`. */
function tablesOf(text: string, otherwise: string): ReadonlyMap<string, string> {
  const tables = new Map<string, string>();
  const written = `, ${text}`.matchAll(
    /(?:,|\bjoin) ([\w."`[\]]+)(?: as)?(?: (?!on\b|using\b|where\b|order\b|group\b|limit\b|left\b|right\b|inner\b|full\b|cross\b|join\b|natural\b)["`]?(\w+)["`]?)?/gi,
  );
  for (const [, name = "", alias] of written) {
    const table = lastName(name);
    if (!tables.has("")) tables.set("", table);
    tables.set(alias ?? table, table);
  }
  if (!tables.has("")) tables.set("", otherwise);
  return tables;
}

function rowOf(list: string, tables: ReadonlyMap<string, string>): SqlRow {
  const columns: SqlColumn[] = [];
  const all: string[] = [];
  for (const written of list.split(",")) {
    const item = written.replace(/::[\w[\]]+/g, "").trim();
    const [, expression = item, alias] = /^(.+?)(?: as| ) ?["`]?(\w+)["`]?$/i.exec(item) ?? [];
    const [, owner = "", name] = /^(?:["`]?(\w+)["`]?\.)*["`[]?(\w+|\*)["`\]]?$/.exec(expression) ?? [];
    const table = tables.get(owner) ?? owner;
    if (name === "*") all.push(...(owner === "" ? [...new Set(tables.values())] : [table]));
    else if (name !== undefined || alias !== undefined)
      columns.push({ table, column: name, as: alias ?? name ?? "", counts: counting.test(expression) });
  }
  return { columns, all };
}

function lastName(name: string): string {
  return (
    name
      .replace(/["`[\]]/g, "")
      .split(".")
      .at(-1) ?? ""
  );
}
