import type { Capture, FunctionFacts, ValueId } from "../extract/index.ts";
import type { FunctionNode } from "../link/index.ts";
import type { Atom } from "./atom.ts";
import { written } from "./settle.ts";
import { empty, join, ofAtom, type Shape, someAtom } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/**
 * Functions that one call made together (`const { add, all } = makeStore()`) share the variables that they captured,
 * wherever each of them goes. Each of them carries the home of these variables: the function that made them, and the
 * place there; each caller that gets them back gives them a home of its own.
 */
type Home = Extract<Atom, { kind: "home" }>;

const homeField = "@@home";

/** Calls between the function that made the closures and the one that tells its homes apart. */
const deepestHome = 3;

/** Written by a call of the function alone, or as a method of an object that keeps the variable itself. */
type Way = "alone" | "method";

/** What a closure made here carries, when it is returned together with others that share a variable which changes. */
export function homeOf({ node }: Evaluation, captures: readonly Capture[]): ReadonlyMap<string, Shape> {
  const { facts } = node;
  const shares = changes(facts, captures) && facts.returns.some((id) => returnsSharing(facts, id));
  return shares ? new Map([[homeField, ofAtom(homeAtom(node.id, ""))]]) : new Map();
}

function changes({ index }: FunctionFacts, captures: readonly Capture[]): boolean {
  return captures.some(({ cell, value }) => value === undefined && cell.owner === index);
}

/** An object or a list that is written out, with several functions that captured what changes. */
function returnsSharing(facts: FunctionFacts, id: ValueId): boolean {
  const value = facts.values[id];
  if (value?.op === "typed") return returnsSharing(facts, value.value);
  if (value?.op !== "object" && value?.op !== "array") return false;
  const parts = value.op === "object" ? value.entries : value.items;
  const sharing = parts.filter((part) => {
    const held = "value" in part ? facts.values[part.value] : undefined;
    return held?.op === "closure" && changes(facts, held.captures);
  });
  return sharing.length > 1;
}

function homeAtom(owner: number, place: string): Home {
  return { kind: "home", key: `h ${owner} ${place}`, owner, place };
}

/** A home of a callee, in the caller's terms. */
export function movedHome(evaluation: Evaluation, site: CallSite, callee: number, atom: Home): Home {
  const place = `${site.root}/${atom.place}`;
  if (atom.owner !== callee || place.split("/").length > deepestHome + 1) return atom;
  return homeAtom(evaluation.node.id, place);
}

/** What a call of a closure wrote to a variable that it captured, the others find. */
export function writeHome(
  evaluation: Evaluation,
  { callee }: CallSite,
  cell: string,
  value: Shape,
  way: Way,
): void {
  for (const { atom } of callee.fields?.get(homeField)?.atoms.values() ?? []) {
    if (atom.kind !== "home") continue;
    const name = cellName(atom, cell, way);
    if (atom.owner === evaluation.node.id)
      evaluation.ownCells.set(name, join(evaluation.ownCells.get(name) ?? empty, value));
    if (someAtom(value, isWorthKeeping))
      evaluation.solver.writeCell(
        evaluation,
        fileOf(evaluation, atom),
        `m:${fileOf(evaluation, atom)}:${name}`,
        value,
      );
  }
}

/** What others wrote to a variable that a closure captured. The object that it is a method of knows of its own methods. */
export function readHome(evaluation: Evaluation, { callee, self }: CallSite, cell: string): Shape {
  let result = empty;
  for (const { atom } of callee.fields?.get(homeField)?.atoms.values() ?? []) {
    if (atom.kind !== "home") continue;
    const ways: readonly Way[] = self && keepsCell(self, cell) ? ["alone"] : ["alone", "method"];
    for (const way of ways) {
      const name = cellName(atom, cell, way);
      const own = atom.owner === evaluation.node.id ? (written(evaluation, name) ?? empty) : empty;
      result = join(result, join(own, evaluation.solver.moduleCell(fileOf(evaluation, atom), name)));
    }
  }
  return result;
}

/** Whether what a function captured may change. */
export function sharesState(callee: Shape): boolean {
  return callee.fields?.has(homeField) === true;
}

/** Whether some method of an object captured a variable. */
function keepsCell(object: Shape, cell: string): boolean {
  for (const [key, field] of object.fields ?? [])
    if (!key.startsWith("@@") && field.fields?.has(`@@${cell}`)) return true;
  return false;
}

function cellName(atom: Home, cell: string, way: Way): string {
  return `@${atom.owner}/${atom.place}${way} ${cell}`;
}

function fileOf({ solver }: Evaluation, { owner }: Home): string {
  return (solver.program.functions[owner] as FunctionNode).file;
}

function isWorthKeeping(atom: Atom): boolean {
  return atom.kind === "source" || atom.kind === "function" || atom.kind === "instance";
}
