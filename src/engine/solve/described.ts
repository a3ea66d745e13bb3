import type { ConstantTree, ValueId } from "../extract/index.ts";
import { type Atom, openAtom, sourceAtom } from "./atom.ts";
import { constantAtom } from "./constant-atom.ts";
import { cellKey, nameOf, siteOf } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { rowField } from "./key-words.ts";
import { empty, join, joinAll, ofAtom, type Shape, store, withFields } from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";
import { shapeOfType, typeName } from "./type-shape.ts";

/** Objects of columns in objects of columns. */
const deepest = 4;

/** A call that makes a schema: the result keeps what that describes, as a declared type would. */
export function withDescribed(evaluation: Evaluation, id: ValueId, result: Shape, self?: Shape): Shape {
  const { solver, node } = evaluation;
  const described = solver.program.described(node.file, node.facts, id);
  if (!described) return result;
  const { type, receiver } = described;
  const context = {
    owner: nameOf(evaluation, id),
    site: siteOf(evaluation, id),
    unless: undefined,
    depth: 0,
  };
  const row = shapeOfType(solver, { file: node.file, type }, context);
  if (receiver && self) describeClasses(evaluation, self, row);
  return store(result, rowField, row);
}

/** `User.init({ … })`: what describes a class stands with the class, wherever that was written. */
function describeClasses(evaluation: Evaluation, classes: Shape, row: Shape): void {
  for (const { atom } of classes.atoms.values()) {
    if (atom.kind !== "class") continue;
    const { file, facts } = evaluation.solver.classOf(atom.id);
    if (facts.name === "") continue;
    const described = store(ofAtom(atom), rowField, row);
    evaluation.solver.writeCell(evaluation, file, cellKey(file, 0, facts.name), described);
  }
}

/**
 * What a schema describes, read at a place: a row of a table, a document of a collection, an object of a class. Of an object
 * of columns, an object of what they hold; of what is no schema, anything.
 */
export function rowOf(solver: Solver, schema: Shape, site: Site, owner: string, depth = 0): Shape {
  const row = schema.fields?.get(rowField);
  const parts = row ? [readAt(solver, row, site, owner)] : [];
  for (const { atom } of schema.atoms.values()) {
    if (atom.kind === "class") parts.push(instanceRow(solver, atom.id, site, owner));
    if (atom.kind === "instance" && !row) parts.push(...inheritedRow(solver, atom.id, site, owner));
  }
  if (row || depth > deepest) return joinAll(parts);
  const columns = new Map<string, Shape>();
  for (const [key, each] of schema.fields ?? [])
    if (!key.startsWith("@@")) columns.set(key, rowOf(solver, each, site, `${owner}.${key}`, depth + 1));
  if (columns.size === 0) return parts.length > 0 ? joinAll(parts) : ofAtom(openAtom);
  return join(joinAll(parts), withFields(empty, columns));
}

function instanceRow(solver: Solver, id: number, site: Site, owner: string): Shape {
  const { file, facts } = solver.classOf(id);
  if (facts.name === "") return ofAtom(openAtom);
  const type = { kind: "name" as const, name: facts.name, args: [] };
  return withoutUnread(
    solver,
    shapeOfType(solver, { file, type }, { owner, site, unless: undefined, depth: 0 }),
  );
}

/** `class Users extends Repository<User>`: what the type arguments of the package's class say. */
function inheritedRow(solver: Solver, id: number, site: Site, owner: string): Shape[] {
  const line = solver.lineage.line(solver.classOf(id));
  const last = line.at(-1);
  const superclass = last?.facts.superclass;
  if (!last || superclass?.kind !== "name" || superclass.args.length === 0) return [];
  const type = { file: last.file, type: superclass };
  const made = shapeOfType(solver, type, { owner, site, unless: undefined, depth: 0 });
  const row = made.fields?.get(rowField);
  return row ? [withoutUnread(solver, row)] : [];
}

/** Data enters where rows are read, and not where their schema is written. */
function readAt(solver: Solver, row: Shape, site: Site, owner: string): Shape {
  const atoms = [...row.atoms.values()].map(({ atom }) => ofAtom(atomAt(atom, site, owner)));
  const fields = [...(row.fields ?? [])].map(
    ([key, each]) => [key, readAt(solver, each, site, owner)] as const,
  );
  return withoutUnread(solver, join(joinAll(atoms), withFields(empty, new Map(fields))));
}

/** `@Column({ select: false })`: a row does not have what is read only where it is asked for. */
function withoutUnread(solver: Solver, row: Shape): Shape {
  let read = row;
  for (const { atom } of row.atoms.values()) {
    if (atom.kind !== "instance") continue;
    for (const { facts } of solver.lineage.line(solver.classOf(atom.id)))
      for (const { name, decorators } of facts.members)
        if (decorators.some(({ args }) => args.some(isUnread))) read = store(read, name, empty);
  }
  return read;
}

function isUnread(option: ConstantTree): boolean {
  return (
    typeof option === "object" && option !== null && "fields" in option && option.fields.select === false
  );
}

function atomAt(atom: Atom, site: Site, owner: string): Atom {
  if (atom.kind === "type") return { ...atom, site, owner };
  if (atom.kind !== "source") return atom;
  return sourceAtom({ ...atom.source, site }, atom.record, atom.unless, atom.safe);
}

/** What a schema calls its rows, as a text. */
export function rowName(schema: Shape, site: Site): Shape {
  const names: Shape[] = [];
  for (const { atom } of schema.fields?.get(rowField)?.atoms.values() ?? [])
    if (atom.kind === "type" && typeName(atom.type.type) !== "")
      names.push(ofAtom(constantAtom(typeName(atom.type.type), site)));
  return joinAll(names);
}
