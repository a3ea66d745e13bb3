import type { Atom } from "./atom.ts";
import { cellKey, noteRead } from "./evaluation.ts";
import { empty, isEmpty, isFunction, join, ofAtom, type Shape, someAtom, withFields } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/**
 * What one function writes and another reads later: hooks, contexts, stores. A cell stands for all values that one call
 * in the code made; functions that read or write it are atoms, and travel as other functions do.
 */
export type StateAtom = Extract<Atom, { kind: "state" }>;
export type Cell = StateAtom["cell"];
type Does = StateAtom["does"];

/** The tree of all slices: a program has one. */
export const rootCell: Cell = { file: "", owner: 0, name: "#root" };

export function ability(cell: Cell, does: Does, reducer?: Shape): Shape {
  const atom: Atom = { kind: "state", key: `w ${does} ${cell.file} ${cell.owner} ${cell.name}`, cell, does };
  return reducer ? withFields(ofAtom(atom), new Map([["@@reducer", reducer]])) : ofAtom(atom);
}

export function cellOf(evaluation: Evaluation, site: CallSite): Cell {
  const { file, start } = site.call;
  const owner = file === evaluation.node.file ? evaluation.node.facts.index : 0;
  return { file, owner, name: `#state${start}` };
}

export function readState(evaluation: Evaluation, cell: Cell): Shape {
  const { solver, node } = evaluation;
  const shared = solver.moduleCell(cell.file, cell.name);
  if (cell.owner === 0 || cell.file !== node.file || cell.owner !== node.facts.index) return shared;
  const key = cellKey(cell.file, cell.owner, cell.name);
  const own = evaluation.ownCells.get(key) ?? empty;
  noteRead(evaluation, key, own);
  return join(own, shared);
}

/** What its own function writes stays in that function's terms; what others write is the same for all. */
export function writeState(evaluation: Evaluation, cell: Cell, value: Shape): void {
  const { node, solver } = evaluation;
  const own = cell.file === node.file && cell.owner === node.facts.index;
  solver.writeCell(evaluation, cell.file, cellKey(cell.file, own ? cell.owner : 0, cell.name), value);
}

/** A first value, or what a function that makes it returns. */
export function madeBy(
  evaluation: Evaluation,
  site: CallSite,
  given: Shape,
  params: readonly Shape[],
): Shape {
  if (!someAtom(given, (atom) => atom.kind === "function")) return given;
  return evaluation.solver.calls.callBack(evaluation, site, given, params, 0);
}

/** Slices stand in a tree by what reads them. */
export function valuesOf(evaluation: Evaluation, tree: Shape, depth: number): Shape {
  let read = empty;
  for (const { atom } of tree.atoms.values())
    if (atom.kind === "state" && atom.does === "get") read = join(read, readState(evaluation, atom.cell));
  if (!tree.fields || depth > 3) return read;
  const fields = new Map(
    [...tree.fields].map(([key, value]) => [key, valuesOf(evaluation, value, depth + 1)]),
  );
  return join(read, withFields(empty, fields));
}

/** The next state is what the reducer returns, or what it made of the one that it was given. */
export function reduce(
  evaluation: Evaluation,
  site: CallSite,
  cell: Cell,
  reducer: Shape,
  action: Shape,
): void {
  if (isEmpty(reducer)) return;
  const { next, left } = changeOf(evaluation, site, reducer, readState(evaluation, cell), action);
  writeState(evaluation, cell, join(next, left));
}

/** What a function that gets a state returns, and what it leaves the state as. */
export function changeOf(
  evaluation: Evaluation,
  site: CallSite,
  callee: Shape,
  before: Shape,
  given: Shape,
): { readonly next: Shape; readonly left: Shape } {
  const id = evaluation.nextApart--;
  const next = evaluation.solver.calls.callShape(evaluation, {
    id,
    call: site.call,
    callee,
    self: undefined,
    args: [before, given],
    argSites: [undefined, site.argSites[1] ?? site.argSites[0]],
    name: site.name,
    root: `${site.root}~0`,
  });
  const left = evaluation.after.get(id)?.get(0) ?? empty;
  evaluation.after.delete(id);
  return { next, left };
}

/** The states that an object's fields are. */
export function heldCells(object: Shape): Cell[] {
  const cells: Cell[] = [];
  for (const { atom } of object.atoms.values())
    if (atom.kind === "state" && atom.does === "held") cells.push(atom.cell);
  return cells;
}

/** An object has changed: where its fields are a state, others find there what was written. */
export function writeHeld(evaluation: Evaluation, object: Shape): void {
  for (const cell of heldCells(object)) {
    const fields = [...(object.fields ?? [])].filter(
      ([key, value]) => !key.startsWith("@@") && !isFunction(value),
    );
    writeState(evaluation, cell, withFields(empty, new Map(fields)));
  }
}
