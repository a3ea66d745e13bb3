import { type Atom, openAtom, symAtom } from "./atom.ts";
import { noteRead } from "./evaluation.ts";
import { empty, hasAtom, join, ofAtom, type Shape } from "./shape.ts";
import { addToSlot, rejectedSlot } from "./slots.ts";
import type { CallSite, Evaluation } from "./solver.ts";

type Settle = Extract<Atom, { kind: "settle" }>;

/** Calls that lead from the function that made a cell to the one at hand; farther away, all cells of one place are one. */
const deepestCell = 3;

/**
 * A function that writes an argument to a cell which is made where it is made: `resolve` of a promise. Whoever gets it may
 * call it: in the function that made it, in a callback, in a caller that it was returned to (there each call made a cell
 * of its own), or anywhere in the program, when it was kept in a module's variable.
 */
export function settleAtom(evaluation: Evaluation, cell: string, argument: number): Atom {
  const { node } = evaluation;
  const home = homeOf(evaluation, cell);
  return withKey({ kind: "settle", key: "", owner: node.id, cell, home: `m:${node.file}:${home}`, argument });
}

function homeOf(evaluation: Evaluation, cell: string): string {
  return `@${evaluation.node.facts.index}/${cell}`;
}

function withKey(atom: Settle): Settle {
  return { ...atom, key: `w ${atom.owner} ${atom.cell} ${atom.argument} ${atom.home}` };
}

export function isSettle(callee: Shape): boolean {
  return hasAtom(callee, (atom) => atom.kind === "settle");
}

export function callSettle(evaluation: Evaluation, site: CallSite, atom: Settle): Shape {
  const value = site.args[atom.argument] ?? empty;
  if (atom.owner === evaluation.node.id) writeOwn(evaluation, atom.cell, value);
  else evaluation.solver.writeCell(evaluation, evaluation.node.file, atom.home, value);
  return empty;
}

function writeOwn(evaluation: Evaluation, cell: string, value: Shape): void {
  const known = evaluation.ownCells.get(cell);
  evaluation.ownCells.set(cell, known ? join(known, value) : value);
}

/** What has been written to a cell of this function so far: when more is, another pass is due. */
export function written(evaluation: Evaluation, cell: string): Shape | undefined {
  const content = evaluation.ownCells.get(cell);
  noteRead(evaluation, cell, content ?? empty);
  return content;
}

/** What has been written to a cell; while nobody has, whoever gets the function may. */
export function readSettled(evaluation: Evaluation, cell: string): Shape {
  const { solver, node } = evaluation;
  const elsewhere = solver.moduleCell(node.file, homeOf(evaluation, cell));
  const known = written(evaluation, cell);
  return join(known ?? join(ofAtom(openAtom), ofAtom(symAtom(`n${cell}`, [], false))), elsewhere);
}

/** A promise that is resolved and rejected through the two cells. */
export function promiseOf(evaluation: Evaluation, cell: string): Shape {
  const { solver, node } = evaluation;
  const rejected = `${cell}!`;
  const reason = join(
    written(evaluation, rejected) ?? ofAtom(symAtom(`n${rejected}`, [], false)),
    solver.moduleCell(node.file, homeOf(evaluation, rejected)),
  );
  return addToSlot(readSettled(evaluation, cell), rejectedSlot, reason);
}

/** A cell of a callee, in the caller's terms: each call makes one of its own. */
export function movedCell(evaluation: Evaluation, site: CallSite, cell: string): Shape {
  const moved = `${site.root}/${cell}`;
  const known = written(evaluation, moved);
  if (known) return known;
  return moved.split("/").length > deepestCell ? empty : ofAtom(symAtom(`n${moved}`, [], false));
}

export function movedSettle(evaluation: Evaluation, site: CallSite, callee: number, atom: Settle): Atom {
  const cell = `${site.root}/${atom.cell}`;
  if (atom.owner !== callee || cell.split("/").length > deepestCell) return atom;
  return withKey({ ...atom, owner: evaluation.node.id, cell });
}
