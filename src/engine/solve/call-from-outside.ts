import type { FunctionNode } from "../link/index.ts";
import { applySummary, rootCall } from "./apply-summary.ts";
import { type Atom, openAtom, symAtom } from "./atom.ts";
import { evaluateParam } from "./evaluate-ports.ts";
import { startEvaluation } from "./evaluation.ts";
import { hasAtom, load, ofAtom, type Shape } from "./shape.ts";
import type { CallSite, Evaluation, Solver } from "./solver.ts";

/*
 * Calls that no code of the program makes, but something outside may: of functions that nobody calls, and of what a module
 * exports.
 */

/** Of a function that nobody calls: nothing is known of its callers. */
export function callFromNowhere(solver: Solver, node: FunctionNode): Evaluation {
  const driver = startEvaluation(solver, node);
  const open = ofAtom(openAtom);
  applySummary(driver, node, {
    ...siteIn(node),
    callee: ofAtom(functionAtom(node.id)),
    self: solver.selfOf(node),
    args: node.facts.params.map(() => open),
  });
  return driver;
}

/** A framework calls what decorators have put into a method's place, with what the method itself expects. */
export function callDecorated(solver: Solver, node: FunctionNode, callee: Shape): Evaluation {
  const driver = startEvaluation(solver, node);
  const { params, values } = node.facts;
  solver.calls.callShape(driver, {
    ...siteIn(node),
    callee,
    self: solver.selfOf(node),
    args: params.map((_, index) => {
      const value = values.findIndex((each) => each.op === "param" && each.index === index);
      return evaluateParam(driver, index, value);
    }),
    argSites: params.map(({ span }) => ({ file: node.file, ...span })),
  });
  return driver;
}

/** A function that a module exports, with what it remembers: what a wrapper gave (`export const GET = withAuth(…)`). */
export interface Exported {
  readonly node: FunctionNode;
  readonly callee: Shape;
  readonly self: Shape | undefined;
}

/** Objects in objects, in which functions are looked for. */
const deepestObject = 2;

/** The functions that only their maker knows all about: closures, and methods of objects. */
export function exportedBy(solver: Solver, file: string): Exported[] {
  const found = new Map<string, Exported>();
  const add = (id: number, callee: Shape, self: Shape | undefined, place: string) => {
    const node = solver.program.functions[id];
    if (node) found.set(`${place} ${id}`, { node, callee, self });
  };
  const visit = (shape: Shape, self: Shape | undefined, place: string, depth: number) => {
    for (const { atom } of shape.atoms.values()) {
      if (atom.kind === "function" && remembers(shape))
        add(
          atom.id,
          { atoms: new Map([[atom.key, { atom, trail: undefined }]]), fields: shape.fields },
          self,
          place,
        );
      if (atom.kind === "instance" && atom.exact && holdsMore(shape))
        for (const id of methodsOf(solver, atom.id)) add(id, ofAtom(functionAtom(id)), shape, place);
    }
    if (depth === deepestObject) return;
    for (const [key, field] of shape.fields ?? [])
      if (!key.startsWith("@@")) visit(field, shape, `${place}.${key}`, depth + 1);
  };
  for (const name of solver.program.exportedNames(file)) {
    const target = solver.program.exportTarget(file, name);
    if (target?.kind === "cell" && target.file === file)
      visit(solver.moduleCell(file, target.name), undefined, name, 0);
  }
  visit(load(solver.moduleCell(file, "#exports"), "default"), undefined, "default", 0);
  visit(solver.moduleCell(file, "#exports"), undefined, "", 0);
  return [...found.values()];
}

/** `known`: code of the program calls the function too, and what it is passed there decides what parameters hold. */
export function callExported(solver: Solver, { node, callee, self }: Exported, known: boolean): Evaluation {
  const driver = startEvaluation(solver, node);
  solver.calls.callShape(driver, {
    ...siteIn(node),
    callee,
    self,
    args: node.facts.params.map((_, index) => ofAtom(known ? symAtom(`p${index}`, [], false) : openAtom)),
  });
  return driver;
}

function siteIn(node: FunctionNode): Omit<CallSite, "callee" | "self" | "args"> {
  return {
    id: -1,
    call: { file: node.file, ...node.facts.span },
    argSites: [],
    name: node.facts.name,
    root: rootCall,
  };
}

function functionAtom(id: number): Atom {
  return { kind: "function", key: `f ${id}`, id };
}

function remembers({ fields }: Shape): boolean {
  for (const [key, field] of fields ?? [])
    if (key.startsWith("@@c:") && (holdsMore(field) || hasAtom(field, isTold))) return true;
  return false;
}

/** What was put into an object when it was made. */
function holdsMore({ fields }: Shape): boolean {
  for (const [key, field] of fields ?? [])
    if (!key.startsWith("@@") && (hasAtom(field, isTold) || holdsMore(field))) return true;
  return false;
}

function isTold({ kind }: Atom): boolean {
  return kind === "function" || kind === "source" || kind === "type" || kind === "instance" || kind === "api";
}

function methodsOf(solver: Solver, id: number): number[] {
  const { file, facts } = solver.classOf(id);
  return facts.members.flatMap((each) =>
    each.kind === "method" && !each.static && each.function !== undefined
      ? [solver.program.functionId(file, each.function)]
      : [],
  );
}
