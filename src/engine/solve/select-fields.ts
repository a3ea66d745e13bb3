import { relationsOf, rowSelection } from "../base/generated-names.ts";
import type { TypeMember, TypeRef } from "../extract/index.ts";
import type { LocatedType } from "../link/index.ts";
import type { Atom } from "./atom.ts";
import { isDenied } from "./choose-fields.ts";
import { loadPath } from "./evaluate-load.ts";
import { askedMember } from "./exact-type.ts";
import { empty, hasAtom, join, joinAll, load, ofAtom, type Shape, store } from "./shape.ts";
import type { Solver } from "./solver.ts";
import { elementType, innerType } from "./strip-type.ts";
import { typeAtom, typeName } from "./type-shape.ts";

type Row = Extract<Atom, { kind: "type" }>;

/** Whether a function of generated declarations takes which columns and relations to give as its first argument. */
export function selectsFields([first]: readonly TypeRef[]): boolean {
  return first?.kind === "name" && first.name === rowSelection;
}

/** Whether only a caller knows what is asked for: `findUser(args) { return db.user.findFirst(args); }` */
export function isCallersSelection(selection: Shape): boolean {
  return clauses.some((key) => hasAtom(load(selection, key), ({ kind }) => kind === "sym"));
}

const clauses = ["select", "include", "omit"] as const;

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
  const type = askedOf({ solver, row }, row.type, selection);
  if (!type) return ofAtom(row);
  const made = ofAtom(typeAtom({ file: row.type.file, type }, row));
  if (type.exact) return made;
  // Some of it is not known: there may be more than these.
  const fields = type.members.reduce(
    (shape, { name }) => store(shape, name, loadPath(solver, made, [name])),
    empty,
  );
  return isGiven(load(selection, "select")) ? fields : join(ofAtom(row), fields);
}

type AskedType = Extract<TypeRef, { kind: "object" }>;

interface Asked {
  readonly solver: Solver;
  /** The row of which it is a part: there it is read. */
  readonly row: Row;
}

/** The type of a row with what is asked of it; undefined where nothing is known of the row. */
function askedOf(asked: Asked, row: LocatedType, selection: Shape): AskedType | undefined {
  const columns = asked.solver.program.membersOf(row.file, row.type);
  if (!columns) return undefined;
  const select = load(selection, "select");
  const added = wantedIn(isGiven(select) ? select : load(selection, "include"));
  const omitted = new Set(wantedIn(load(selection, "omit")).map(([key]) => key));
  const members: TypeMember[] = [];
  if (!isGiven(select))
    for (const [key, column] of columns)
      if (!omitted.has(key)) members.push(askedMember(key, column.type, column, asked.row.site));
  for (const [key, wanted] of added) members.push(...memberOf(asked, row, key, wanted));
  const label = typeName(row.type);
  return { kind: "object", members, label, ...(isKnown(selection) && { exact: true as const }) };
}

/** Whether what is asked for is written out. */
function isKnown(selection: Shape): boolean {
  return clauses.every((key) => {
    const { atoms, fields } = load(selection, key);
    return !fields?.has("*") && !hasAtom({ atoms, fields }, ({ kind }) => kind !== "constant");
  });
}

/** Whether something was passed at all, known or not. */
function isGiven({ atoms, fields }: Shape): boolean {
  return fields !== undefined || atoms.size > 0;
}

/** The keys that are listed, with what is asked of each. */
function wantedIn(selection: Shape): (readonly [string, Shape])[] {
  return [...(selection.fields ?? [])].filter(([key, asked]) => !key.startsWith("@@") && !isDenied(asked));
}

function memberOf(asked: Asked, row: LocatedType, key: string, wanted: Shape): TypeMember[] {
  const { program } = asked.solver;
  const relation = relationType(asked.solver, row, key);
  if (!relation) {
    const column = program.memberType(row.file, row.type, key);
    return column ? [askedMember(key, column.type, column, asked.row.site)] : [];
  }
  const one = innerType(asked.solver, relation);
  const element = elementType(one);
  const of = askedOf(asked, element ?? one, wanted) ?? (element ?? one).type;
  return [askedMember(key, element ? { kind: "array", of } : of, relation, asked.row.site)];
}

function relationType(
  { program }: Solver,
  { file, type }: LocatedType,
  key: string,
): LocatedType | undefined {
  if (type.kind !== "name") return undefined;
  return program.memberType(file, { kind: "name", name: relationsOf(type.name), args: [] }, key);
}
