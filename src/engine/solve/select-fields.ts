import { relationsOf, rowSelection } from "../base/generated-names.ts";
import type { TypeRef } from "../extract/index.ts";
import type { LocatedType } from "../link/index.ts";
import type { Atom } from "./atom.ts";
import { isDenied } from "./choose-fields.ts";
import { loadPath } from "./evaluate-load.ts";
import { empty, join, joinAll, load, ofAtom, type Shape, store } from "./shape.ts";
import type { Solver } from "./solver.ts";
import { shapeOfType } from "./type-shape.ts";

type Row = Extract<Atom, { kind: "type" }>;

/** Whether a function of generated declarations takes which columns and relations to give as its first argument. */
export function selectsFields([first]: readonly TypeRef[]): boolean {
  return first?.kind === "name" && first.name === rowSelection;
}

/** Rows with the columns and relations that `{ select, include, omit }` asks for. Without it: all columns, no relation. */
export function selectFields(solver: Solver, rows: Shape, selection: Shape): Shape {
  const parts: Shape[] = [];
  for (const { atom } of rows.atoms.values())
    parts.push(atom.kind === "type" ? selectOf(solver, atom, selection) : ofAtom(atom));
  for (const [key, field] of rows.fields ?? [])
    parts.push(store(empty, key, key === "*" ? selectFields(solver, field, selection) : field));
  return joinAll(parts);
}

function selectOf(solver: Solver, row: Row, selection: Shape): Shape {
  const columns = solver.program.membersOf(row.type.file, row.type.type);
  if (!columns) return ofAtom(row);
  const select = load(selection, "select");
  if (isGiven(select)) return fieldsOf(solver, row, wantedIn(select));
  const include = fieldsOf(solver, row, wantedIn(load(selection, "include")));
  const omitted = new Set(wantedIn(load(selection, "omit")).map(([key]) => key));
  if (omitted.size === 0) return join(ofAtom(row), include);
  const kept = [...columns.keys()].filter((key) => !omitted.has(key)).map((key) => [key, empty] as const);
  return join(fieldsOf(solver, row, kept), include);
}

/** Whether something was passed at all, known or not. */
function isGiven({ atoms, fields }: Shape): boolean {
  return fields !== undefined || atoms.size > 0;
}

/** The keys that are listed, with what is asked of each. */
function wantedIn(selection: Shape): (readonly [string, Shape])[] {
  return [...(selection.fields ?? [])].filter(([key, asked]) => !key.startsWith("@@") && !isDenied(asked));
}

function fieldsOf(solver: Solver, row: Row, wanted: readonly (readonly [string, Shape])[]): Shape {
  return wanted.reduce((shape, [key, asked]) => store(shape, key, fieldOf(solver, row, key, asked)), empty);
}

function fieldOf(solver: Solver, row: Row, key: string, asked: Shape): Shape {
  const relation = relationType(solver, row, key);
  if (!relation) return loadPath(solver, ofAtom(row), [key]);
  const unless = row.unless && { root: row.unless.root, path: [...row.unless.path, key] };
  const context = { owner: `${row.owner}.${key}`, site: row.site, unless, depth: row.depth + 1 };
  return selectFields(solver, shapeOfType(solver, relation, context), asked);
}

function relationType({ program }: Solver, { type }: Row, key: string): LocatedType | undefined {
  if (type.type.kind !== "name") return undefined;
  const relations = { kind: "name" as const, name: relationsOf(type.type.name), args: [] };
  return program.memberType(type.file, relations, key);
}
