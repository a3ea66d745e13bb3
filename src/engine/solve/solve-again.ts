import type { FileId } from "../base/location.ts";
import type { FunctionNode } from "../link/index.ts";
import type { Flow } from "./flow.ts";
import { keepShortest } from "./keep-shortest.ts";
import type { Settled } from "./settled.ts";
import { flowsOf } from "./sink-hits.ts";
import { SolveWork, type solveProgram } from "./solve-program.ts";

/** Of a function that is used everywhere, so many callers are looked at before all are: the first answer must not wait. */
const mostCallers = 300;

/** What was found so far of some files; `whole`: no caller was left out. */
export interface FirstFlows {
  readonly flows: readonly Flow[];
  readonly whole: boolean;
}

/**
 * The flows of some files, as if all other functions did what they were found to do before: only callers to whom these
 * files' functions now tell something else are solved again, and theirs. What other files read of these files' variables
 * is not looked into. Functions and classes must have the ids that they had.
 */
export function* solveAgain(
  settled: Settled,
  files: ReadonlySet<FileId>,
  ...[program, catalog, policy, environment = []]: Parameters<typeof solveProgram>
): Generator<{ done: number; total: number }, FirstFlows, void> {
  const nodes = program.functions.filter(({ file }) => files.has(file));
  const work = new SolveWork(program, catalog, policy, environment, { settled, files });
  const total = nodes.length;
  let done = 0;
  for (const { id } of nodes) {
    work.demand(id);
    yield { done: ++done, total };
  }
  work.assumeCalls();
  let callers = 0;
  while (callers < mostCallers && work.again()) {
    callers++;
    yield { done, total };
  }
  const flows = new Map<string, Flow>();
  for (const id of work.evaluated()) {
    const node = program.functions[id] as FunctionNode;
    for (const { evaluation, conditions } of work.outcomesOf(node))
      for (const hit of evaluation.hits.values())
        for (const flow of flowsOf(work.solver, hit, conditions)) keepShortest(flows, flow);
    yield { done, total };
  }
  return { flows: [...flows.values()], whole: callers < mostCallers };
}
