import type { TypeRef } from "../extract/index.ts";
import { openAtom } from "./atom.ts";
import { loadPath } from "./evaluate-load.ts";
import type { Site } from "./flow.ts";
import { empty, join, joinAll, ofAtom, type Shape, store } from "./shape.ts";
import type { Solver } from "./solver.ts";
import { type SqlColumn, type SqlRow, sqlRow } from "./sql-columns.ts";
import { shapeOfType } from "./type-shape.ts";

/** What a database gives for texts of SQL, or for names of columns of a table: rows of a type that has the table's name. */
export function columnsOf(solver: Solver, texts: Shape, table: string, site: Site, owner: string): Shape {
  const rows: Shape[] = [];
  for (const { atom } of texts.atoms.values())
    rows.push(
      atom.kind === "constant"
        ? shapeOfRow(solver, sqlRow(atom.value, table), site, owner)
        : ofAtom(openAtom),
    );
  for (const [key, item] of texts.fields ?? [])
    if (!key.startsWith("@@")) rows.push(columnsOf(solver, item, table, site, owner));
  return joinAll(rows);
}

function shapeOfRow(solver: Solver, { columns, all }: SqlRow, site: Site, owner: string): Shape {
  const context = { owner, site, unless: undefined, depth: 0 };
  let row = empty;
  for (const table of new Set(columns.map((each) => each.table))) {
    const own = columns.filter((each) => each.table === table);
    const held = shapeOfType(solver, { file: site.file, type: tableType(own, table, site) }, context);
    for (const { column, as } of own) row = store(row, as, loadPath(solver, held, [column ?? as]));
  }
  // Of a table of which all is given, only its name says what that may be.
  const wholes = all.map((table) => {
    const type = { kind: "name" as const, name: table.replace(/s$/i, ""), args: [], from: unwritten };
    return shapeOfType(solver, { file: site.file, type }, context);
  });
  return join(row, joinAll(wholes));
}

/** A module that no file is: the name of a table is no name of the program's. */
const unwritten = "#table";

function tableType(columns: readonly SqlColumn[], table: string, { start, end }: Site): TypeRef {
  const members = columns.map(({ column, as, counts }) => ({
    name: column ?? as,
    type: counts ? ({ kind: "keyword", name: "number" } as const) : ({ kind: "other" } as const),
    optional: false,
    span: { start, end },
  }));
  return { kind: "object", members, label: table };
}
