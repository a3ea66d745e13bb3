import type { Catalog } from "../base/catalog.ts";
import { type LimitName, limits } from "../base/limits.ts";
import type { FileId } from "../base/location.ts";
import type { Policy } from "../base/policy.ts";
import type { EnvironmentValue } from "../discover/index.ts";
import type { FunctionNode, Program } from "../link/index.ts";
import { compileModels } from "./api-graph.ts";
import { callDecorated, callExported, callFromNowhere, exportedBy } from "./call-from-outside.ts";
import { calledInCircles } from "./called-in-circles.ts";
import { isForCallers } from "./callers-hits.ts";
import { channelModels } from "./channel-models.ts";
import { createClassFields } from "./class-fields.ts";
import { createClassifier } from "./classify-name.ts";
import { createDeclaredModels } from "./declared-models.ts";
import { createDecoratedMembers } from "./decorated-members.ts";
import { createDecoratorNodes } from "./decorator-models.ts";
import { callBack, callShape, constructShape } from "./evaluate-call.ts";
import { evaluateFunction } from "./evaluate-function.ts";
import { cellKey } from "./evaluation.ts";
import type { Flow, Gap, MadeAt } from "./flow.ts";
import { createGapList } from "./gaps-of.ts";
import { keepShortest } from "./keep-shortest.ts";
import { createClientList } from "./made-clients.ts";
import { createModuleCells } from "./module-cells.ts";
import { type FunctionOutline, outlineOf } from "./outline.ts";
import { createParameterModels } from "./parameter-models.ts";
import { createPlaceTable } from "./place-table.ts";
import { createProvided } from "./provided.ts";
import { emptySummary, sameSummary } from "./same-summary.ts";
import { type Before, type Settled, summariesWithout, tellsOf } from "./settled.ts";
import { empty, join, type Shape } from "./shape.ts";
import { emptyState, type SharedState, stateWithout } from "./shared-state.ts";
import { flowsOf } from "./sink-hits.ts";
import type { Evaluation, Solver } from "./solver.ts";
import type { Summary } from "./summary.ts";
import { callUnknown } from "./unknown-code.ts";
import { type UnmatchedRow, unmatchedRows } from "./unmatched-rows.ts";
import { WorkQueue } from "./work-queue.ts";

export interface Solution {
  readonly flows: readonly Flow[];
  readonly gaps: readonly Gap[];
  readonly clients: readonly MadeAt[];
  /** By function id: what each function does. */
  readonly summaries: readonly (Summary | undefined)[];
  /** For `solveAgain`. Who keeps it keeps all summaries in memory. */
  readonly settled: Settled;
  /** How often each limit cut the analysis short, by file. */
  readonly limits: ReadonlyMap<FileId, ReadonlyMap<LimitName, number>>;
  /** Rows of users' models that nothing in the workspace matches. */
  readonly unmatched: readonly UnmatchedRow[];
  /** A function's summary in plain terms. Asking for it keeps all summaries in memory: let go of the solution. */
  outline(id: number): FunctionOutline;
}

/** Calls that wait for each other deeper than this are taken up by the work list instead. */
const deepestDemand = 60;

/**
 * Computes every function's summary: callees first, on demand; what is recursive, or changes later, through a work list
 * until nothing changes. Then the flows: where personal data, in no one's terms but its own, meets a sink.
 *
 * Yields how many functions are done, so that a host can breathe or stop.
 */
export function* solveProgram(
  program: Program,
  catalog: Catalog,
  policy: Policy,
  environment: readonly EnvironmentValue[] = [],
): Generator<{ done: number; total: number }, Solution, void> {
  const work = new SolveWork(program, catalog, policy, environment);
  const total = program.functions.length;
  let done = 0;
  for (const node of program.functions) {
    work.demand(node.id);
    if (++done % 50 === 0) yield { done, total };
  }
  for (let turns = 0; work.again(); turns++) if (turns % 20 === 0) yield { done, total };
  work.assumeCalls();
  for (let turns = 0; work.again(); turns++) if (turns % 20 === 0) yield { done, total };
  const flows = new Map<string, Flow>();
  const gaps = createGapList(work.solver);
  const clients = createClientList(work.solver);
  for (const node of program.functions) {
    for (const { evaluation, conditions } of work.outcomesOf(node)) {
      for (const hit of evaluation.hits.values())
        for (const flow of flowsOf(work.solver, hit, conditions)) keepShortest(flows, flow);
      for (const hit of evaluation.gaps.values()) gaps.add(hit);
      for (const client of evaluation.clients.values()) clients.add(client);
    }
    if (node.id % 200 === 0) yield { done, total };
  }
  work.forgetOutcomes();
  return {
    flows: [...flows.values()],
    gaps: gaps.all(),
    clients: clients.all(),
    summaries: work.summaries,
    settled: work.settled(),
    limits: work.limitsByFile(),
    unmatched: unmatchedRows(work.solver),
    outline: (id) => work.outline(id),
  };
}

/** What is kept of an evaluation: its values' shapes are the larger part of all memory. */
type Outcome = Pick<Evaluation, "hits" | "gaps" | "clients">;

export class SolveWork {
  /** By function and limit; -1 is no function in particular. */
  private readonly limitHits = new Map<number, Map<LimitName, number>>();
  readonly summaries: (Summary | undefined)[];
  private evaluations: (Outcome | undefined)[] = [];
  private readonly rounds: number[] = [];
  private readonly dependents = new Map<number, Set<number>>();
  private readonly applied: Set<number>;
  private readonly state: SharedState;
  private readonly before: Before | undefined;
  private readonly active: number[] = [];
  /** While something outside calls: that does not make a function one that the program calls. */
  private isOutside = false;
  private circles: ReadonlySet<number> | undefined;
  private readonly queue = new WorkQueue();
  private readonly program: Program;
  readonly solver: Solver;

  constructor(
    program: Program,
    catalog: Catalog,
    policy: Policy,
    environment: readonly EnvironmentValue[],
    before?: Before,
  ) {
    this.program = program;
    this.before = before;
    this.summaries = before ? summariesWithout(before, program) : [];
    this.applied = new Set(before?.settled.applied);
    this.state = before ? stateWithout(before.settled.state, before.files) : emptyState();
    const { state } = this;
    const own = [...policy.models, ...channelModels(policy)];
    const graph = before?.settled.graph ?? compileModels(catalog, own);
    const declared = createDeclaredModels(program, graph);
    const decorators = createDecoratorNodes(program, graph, declared);
    const cells = createModuleCells(program, graph, declared, {
      evaluateModule: (file) => this.demand(program.functionId(file, 0)),
      reader: () => this.active.at(-1),
      changed: (reader) => this.queue.add(reader),
      cells: state.cells,
    });
    const classFields = createClassFields(program, cells, state.sharedFields, () => this.solver);
    this.solver = {
      program,
      catalog,
      policy,
      graph,
      declared,
      decorators,
      parameters: createParameterModels(program, graph, declared, decorators, state, (id) =>
        this.queue.add(id),
      ),
      tellsMembers: graph.modules.length > 0 || graph.decorates,
      classifier: createClassifier(catalog),
      places: createPlaceTable(catalog, policy, environment),
      limits,
      typeFields: new WeakMap(),
      summaryFor: (caller, callee) => this.summaryFor(caller, callee),
      readSummary: (id) => this.read(id, this.active.at(-1) ?? id),
      moduleCell: cells.read,
      imported: cells.imported,
      namespaceField: cells.exported,
      writeCell: (evaluation, file, key, value) => writeCell(cells.write, evaluation, file, key, value),
      ...classFields,
      ...createDecoratedMembers({ program }, cells.read),
      ...createProvided(program, cells, (binder) => this.demand(binder)),
      calls: { callShape, constructShape, callUnknown, callBack },
      countLimit: (name) => this.countLimit(name),
    };
  }

  private isToldAgain(id: number, summary: Summary): boolean {
    return this.before !== undefined && this.rounds[id] === 1 && tellsOf(this.before.files, summary);
  }

  /** The functions that were evaluated, in order. */
  evaluated(): number[] {
    return this.evaluations.flatMap((outcome, id) => (outcome ? [id] : []));
  }

  /** Once the flows are known. */
  forgetOutcomes(): void {
    this.evaluations = [];
  }

  settled(): Settled {
    const { summaries, dependents, applied, state } = this;
    return { summaries, dependents, applied, state, graph: this.solver.graph };
  }

  private countLimit(name: LimitName): void {
    const id = this.active.at(-1) ?? -1;
    let hits = this.limitHits.get(id);
    if (!hits) {
      hits = new Map();
      this.limitHits.set(id, hits);
    }
    hits.set(name, (hits.get(name) ?? 0) + 1);
  }

  limitsByFile(): Map<FileId, Map<LimitName, number>> {
    const files = new Map<FileId, Map<LimitName, number>>();
    for (const [id, hits] of this.limitHits) {
      const file = this.program.functions[id]?.file ?? "";
      const known = files.get(file) ?? new Map<LimitName, number>();
      files.set(file, known);
      for (const [name, count] of hits) known.set(name, (known.get(name) ?? 0) + count);
    }
    return files;
  }

  outline(id: number): FunctionOutline {
    const node = this.program.functions[id] as FunctionNode;
    return outlineOf(node, this.summaries[id] ?? emptySummary, this.limitHits.get(id) ?? new Map());
  }

  /** Evaluates a function that has no summary yet. */
  demand(id: number): void {
    if (this.summaries[id] || this.active.length > deepestDemand || this.active.includes(id)) return;
    this.evaluate(id);
  }

  /** Takes one function whose callees changed; false when there is none. */
  again(): boolean {
    const next = this.queue.take();
    if (next === undefined) return false;
    if ((this.rounds[next] ?? 0) < limits.solveRounds) this.evaluate(next);
    else {
      this.active.push(next);
      this.countLimit("solveRounds");
      this.active.pop();
    }
    return true;
  }

  private evaluate(id: number): void {
    const node = this.program.functions[id] as FunctionNode;
    this.circles = undefined;
    this.rounds[id] = (this.rounds[id] ?? 0) + 1;
    this.queue.delete(id);
    this.active.push(id);
    const { summary, evaluation } = evaluateFunction(this.solver, node);
    this.active.pop();
    this.queue.rank(id);
    this.evaluations[id] = { hits: evaluation.hits, gaps: evaluation.gaps, clients: evaluation.clients };
    const before = this.summaries[id];
    this.summaries[id] = summary;
    if (sameSummary(before ?? emptySummary, summary) && !this.isToldAgain(id, summary)) return;
    for (const dependent of this.dependents.get(id) ?? []) this.queue.add(dependent);
    for (const dependent of this.before?.settled.dependents.get(id) ?? []) this.queue.add(dependent);
  }

  private summaryFor(caller: number, callee: number): Summary {
    if (caller !== callee && !this.isOutside) this.applied.add(callee);
    return this.read(callee, caller);
  }

  private read(callee: number, reader: number): Summary {
    // Before the reader counts as one: what is made on demand for the first time is no news to it.
    this.demand(callee);
    const readers = this.dependents.get(callee);
    if (readers) readers.add(reader);
    else this.dependents.set(callee, new Set([reader]));
    const known = this.summaries[callee];
    if (!known) this.queue.add(reader);
    return known ?? emptySummary;
  }

  /** What is so whoever calls it; and, where something outside may call it, what is so when nothing is known of its callers. */
  *outcomesOf(node: FunctionNode): Generator<{ evaluation: Outcome; conditions: boolean }> {
    const evaluation = this.evaluations[node.id];
    if (!evaluation) return;
    const isCalled = this.isCalled(node.id);
    yield {
      evaluation: isCalled ? this.withoutCallersHits(node, evaluation) : evaluation,
      conditions: false,
    };
    if (node.facts.index === 0) yield* this.exportedOutcomes(node);
    if (isCalled) return;
    const replaced = this.solver.decoratedMember(node.id);
    if (replaced)
      yield {
        evaluation: this.within(node, () => callDecorated(this.solver, node, replaced)),
        conditions: true,
      };
    yield { evaluation: this.within(node, () => callFromNowhere(this.solver, node)), conditions: true };
  }

  /** Hits that were handed up to whoever makes them possible are found there. */
  private withoutCallersHits(node: FunctionNode, outcome: Outcome): Outcome {
    const own = [...outcome.hits].filter(([, { when }]) => !isForCallers(this.program, node, when));
    return own.length === outcome.hits.size ? outcome : { ...outcome, hits: new Map(own) };
  }

  private *exportedOutcomes(body: FunctionNode): Generator<{ evaluation: Outcome; conditions: boolean }> {
    for (const each of this.within(body, () => exportedBy(this.solver, body.file))) {
      const known = this.isCalled(each.node.id);
      this.isOutside = true;
      const evaluation = this.within(each.node, () => callExported(this.solver, each, known));
      this.isOutside = false;
      yield { evaluation, conditions: !known };
    }
  }

  /** What functions that nobody calls put into variables of modules, whatever they are passed, is there. */
  assumeCalls(): void {
    for (const id of this.evaluated()) {
      const writes = [...(this.summaries[id]?.cells.keys() ?? [])].some((key) => key.startsWith("m:"));
      const node = this.program.functions[id] as FunctionNode;
      if (writes && !this.isCalled(id)) this.within(node, () => callFromNowhere(this.solver, node));
    }
  }

  private isCalled(id: number): boolean {
    if (!this.applied.has(id)) return false;
    this.circles ??= this.findCircles();
    return !this.circles.has(id);
  }

  private findCircles(): ReadonlySet<number> {
    const readers = new Map(this.before?.settled.dependents);
    for (const [id, more] of this.dependents) readers.set(id, new Set([...(readers.get(id) ?? []), ...more]));
    return calledInCircles(this.applied, readers, this.program.functions.length);
  }

  private within<T>({ id }: FunctionNode, run: () => T): T {
    this.active.push(id);
    const result = run();
    this.active.pop();
    return result;
  }
}

function writeCell(
  writeModule: (key: string, value: Shape) => void,
  evaluation: Evaluation,
  file: string,
  key: string,
  value: Shape,
): void {
  const { facts } = evaluation.node;
  if (key.startsWith("m:")) {
    writeModule(key, value);
    if (facts.index === 0) return;
  } else {
    const owner = Number(key.split(":")[1]);
    if (file !== evaluation.node.file) return;
    if (owner === facts.index) {
      const own = cellKey(file, owner, key.split(":").slice(2).join(":"));
      evaluation.ownCells.set(own, join(evaluation.ownCells.get(own) ?? empty, value));
      return;
    }
    if (!isInside(evaluation, owner)) return;
  }
  evaluation.outerCells.set(key, join(evaluation.outerCells.get(key) ?? empty, value));
}

function isInside(evaluation: Evaluation, owner: number): boolean {
  const functions = evaluation.solver.program.files.get(evaluation.node.file)?.functions;
  for (let at = evaluation.node.facts.parent; at !== undefined; at = functions?.[at]?.parent)
    if (at === owner) return true;
  return false;
}
