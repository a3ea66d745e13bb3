import type { Catalog } from "./base/catalog.ts";
import { type FileId, type Location, lineStartsOf } from "./base/location.ts";
import type { Policy } from "./base/policy.ts";
import type { Problem } from "./base/problem.ts";
import { changedFiles } from "./changed-files.ts";
import { countLimits } from "./count-limits.ts";
import { type ConfigTexts, discoverProject, type ProjectFiles } from "./discover/index.ts";
import type { FileFacts } from "./extract/index.ts";
import { factsOf } from "./facts-of.ts";
import { linkProgram, type Program } from "./link/index.ts";
import {
  createWording,
  describeFunction,
  type FunctionDescription,
  type Report,
  type ReportFile,
  reportFindings,
  type Stats,
} from "./report/index.ts";
import { type Solution, solveAgain, solveProgram } from "./solve/index.ts";

export interface SessionOptions {
  readonly catalog: Catalog;
  readonly policy: Policy;
  /** Keeps the summaries of the last run in memory, for `describe` and `firstAnswer`. */
  readonly keepSummaries?: boolean;
  /** ISO date (`2026-11-24`): approvals and directives expire by it. The engine never asks the clock. */
  readonly today: string;
}

/** Keeps facts by file and text beyond a session. What it gives must be what `factsOf` gave for both. */
export interface FactsStore {
  has(file: FileId, text: string): boolean;
  get(file: FileId, text: string): FileFacts | undefined;
  put(file: FileId, text: string, facts: FileFacts): void;
}

/** What a run of the corridor is busy with; yielded between units of work, so that a host can breathe, report, or stop. */
export interface Progress {
  readonly room: "parse" | "link" | "solve" | "report";
  readonly done: number;
  readonly total: number;
}

/** The pipeline over time: apply file changes, reuse what did not change. */
export interface Session {
  /** The workspace's files (all of them; `discover` chooses) and the texts of its configuration files. */
  setWorkspace(files: readonly FileId[], configs: ConfigTexts): void;
  /** New policy or catalog: solves again, parses nothing again. */
  setPolicy(policy: Policy, problems?: readonly Problem[]): void;
  setCatalog(catalog: Catalog): void;
  setToday(today: string): void;
  /** From now on, what the store has is not parsed, and what is parsed is put into it. */
  setFactsStore(store: FactsStore): void;
  /** The file's text, which may have changed: answers whether it did. A file that the workspace does not have is added. */
  setText(file: FileId, text: string): boolean;
  /** The file is gone. */
  remove(file: FileId): void;
  /** The file could not be read: kept as a problem until its text comes. */
  setUnreadable(file: FileId, reason: string): void;
  /** Files that `discover` chose and whose text is not known yet: read them and call `setText`. */
  missingTexts(): readonly FileId[];
  /** Texts that the next run would parse, as no store has their facts: a host may have `factsOf` run over them elsewhere, and call `setFacts`. */
  staleTexts(): readonly StaleText[];
  /** What `factsOf` made of a text. Does nothing when the file's text is another one by now. */
  setFacts(stale: StaleText, facts: FileFacts): void;
  /** Brings the report up to date. A run that is abandoned half-way loses nothing but its own work. */
  run(): Generator<Progress, Report, void>;
  /**
   * What can be said of files whose text changed since the last run before the whole program is solved again: as if what
   * their functions do for others had not changed. Undefined when only a run can tell. Needs `keepSummaries`.
   */
  firstAnswer(): Generator<Progress, FirstAnswer | undefined, void>;
  /** What functions contribute, by name or by a place in them, as the last run computed it. Needs `keepSummaries`. */
  describe(functions: { readonly named?: string; readonly at?: readonly Location[] }): FunctionDescription[];
}

/** The findings and problems of some files, in place of those that the last report has of them. */
export interface FirstAnswer extends Pick<Report, "findings" | "problems"> {
  readonly files: ReadonlySet<FileId>;
  /** False: so many functions call these files that not all were looked at. What they had found before may still hold. */
  readonly whole: boolean;
}

export interface StaleText {
  readonly file: FileId;
  readonly text: string;
}

export function createSession(options: SessionOptions): Session {
  return new CorridorSession(options);
}

interface KnownFile {
  text: string | undefined;
  facts: FileFacts | undefined;
  unreadable: Problem | undefined;
}

class CorridorSession implements Session {
  private catalog: Catalog;
  private policy: Policy;
  private policyProblems: readonly Problem[] = [];
  private today: string;
  private allFiles = new Set<FileId>();
  private configs: ConfigTexts = new Map();
  private readonly known = new Map<FileId, KnownFile>();
  private project: ProjectFiles | undefined;
  private readonly keepSummaries: boolean;
  private store: FactsStore | undefined;
  private lastRun: LastRun | undefined;

  constructor(options: SessionOptions) {
    this.catalog = options.catalog;
    this.policy = options.policy;
    this.today = options.today;
    this.keepSummaries = options.keepSummaries === true;
  }

  setWorkspace(files: readonly FileId[], configs: ConfigTexts): void {
    this.allFiles = new Set(files);
    this.configs = configs;
    this.project = undefined;
    for (const file of this.known.keys()) if (!this.allFiles.has(file)) this.known.delete(file);
  }

  setPolicy(policy: Policy, problems: readonly Problem[] = []): void {
    this.policy = policy;
    this.policyProblems = problems;
    this.project = undefined;
  }

  setCatalog(catalog: Catalog): void {
    this.catalog = catalog;
  }

  setToday(today: string): void {
    this.today = today;
  }

  setFactsStore(store: FactsStore): void {
    this.store = store;
  }

  setText(file: FileId, text: string): boolean {
    if (!this.allFiles.has(file)) {
      this.allFiles.add(file);
      this.project = undefined;
    }
    const before = this.known.get(file);
    if (before?.text === text && before.unreadable === undefined) return false;
    this.known.set(file, { text, facts: before?.facts, unreadable: undefined });
    this.stale.add(file);
    return true;
  }

  /** Files whose facts are older than their text. */
  private readonly stale = new Set<FileId>();

  remove(file: FileId): void {
    this.allFiles.delete(file);
    this.known.delete(file);
    this.stale.delete(file);
    this.project = undefined;
  }

  setUnreadable(file: FileId, reason: string): void {
    const unreadable: Problem = {
      code: "file-unreadable",
      file,
      message: `${file} could not be read: ${reason}`,
      hint: "Check that the file exists and that you may read it; the rest of the workspace was analysed without it.",
    };
    this.known.set(file, { text: undefined, facts: undefined, unreadable });
    this.stale.delete(file);
  }

  missingTexts(): readonly FileId[] {
    return this.discover().files.filter((file) => !this.known.has(file));
  }

  staleTexts(): readonly StaleText[] {
    return this.discover().files.flatMap((file) => {
      const text = this.known.get(file)?.text;
      const parses = text !== undefined && this.stale.has(file) && !this.store?.has(file, text);
      return parses ? [{ file, text }] : [];
    });
  }

  setFacts({ file, text }: StaleText, facts: FileFacts): void {
    this.store?.put(file, text, facts);
    this.takeFacts(file, text, facts);
  }

  private takeFacts(file: FileId, text: string, facts: FileFacts): void {
    const known = this.known.get(file);
    if (known?.text !== text || !this.stale.has(file)) return;
    known.facts = withLastGood(facts, known.facts);
    this.stale.delete(file);
  }

  private discover(): ProjectFiles {
    if (!this.project) {
      this.project = discoverProject([...this.allFiles], this.configs, this.policy);
      for (const { file, text } of this.project.generated) {
        const before = this.known.get(file);
        if (before?.text === text) continue;
        this.known.set(file, { text, facts: before?.facts, unreadable: undefined });
        this.stale.add(file);
      }
    }
    return this.project;
  }

  *run(): Generator<Progress, Report, void> {
    const project = this.discover();
    const facts = yield* this.readFacts(project);
    yield { room: "link", done: 0, total: 1 };
    const program = linkProgram(facts, project, [...this.catalog.libraries, ...this.policy.models]);
    yield { room: "solve", done: 0, total: program.functions.length };
    const solution = yield* inSolve(solveProgram(program, this.catalog, this.policy, project.environment));
    if (this.keepSummaries) this.lastRun = { program, solution, project, catalog: this.catalog };
    yield { room: "report", done: 0, total: 1 };
    return this.report(program, project, solution);
  }

  *firstAnswer(): Generator<Progress, FirstAnswer | undefined, void> {
    const last = this.lastRun;
    const project = this.discover();
    if (last?.project !== project || last.catalog !== this.catalog) return undefined;
    const facts = yield* this.readFacts(project);
    const files = changedFiles(last.program.files, facts);
    if (!files) return undefined;
    yield { room: "link", done: 0, total: 1 };
    const { catalog, policy } = this;
    const program = linkProgram(facts, project, [...catalog.libraries, ...policy.models]);
    const { flows, whole } = yield* inSolve(
      solveAgain(last.solution.settled, files, program, catalog, policy, project.environment),
    );
    yield { room: "report", done: 0, total: 1 };
    // What nothing calls is asked of the whole program, which takes long, and open documents show that too.
    const report = this.report({ ...program, uncalled: () => false }, project, {
      flows,
      gaps: [],
      clients: [],
      limits: new Map(),
      unmatched: [],
    });
    return {
      files,
      whole,
      findings: report.findings.filter(({ location }) => files.has(location.file)),
      problems: report.problems.filter(({ file }) => file !== undefined && files.has(file)),
    };
  }

  describe({
    named,
    at = [],
  }: {
    readonly named?: string;
    readonly at?: readonly Location[];
  }): FunctionDescription[] {
    if (!this.lastRun) return [];
    const { program, solution } = this.lastRun;
    const ids = new Set<number>();
    for (const place of at) {
      const id = functionAt(program, place);
      if (id !== undefined) ids.add(id);
    }
    if (named !== undefined)
      for (const { id, facts } of program.functions) if (facts.name === named) ids.add(id);
    const wording = createWording(this.catalog);
    return [...ids].map((id) => describeFunction(solution.outline(id), program.files, wording));
  }

  /** Facts of all files, in the project's order; only what changed is parsed. */
  private *readFacts(project: ProjectFiles): Generator<Progress, Map<FileId, FileFacts>, void> {
    const facts = new Map<FileId, FileFacts>();
    const total = project.files.length;
    let done = 0;
    for (const file of project.files) {
      const known = this.known.get(file);
      if (known?.text !== undefined && this.stale.has(file)) {
        const stored = this.store?.get(file, known.text);
        if (stored) this.takeFacts(file, known.text, stored);
        else this.setFacts({ file, text: known.text }, factsOf(file, known.text));
        yield { room: "parse", done, total };
      }
      done++;
      if (known?.facts) facts.set(file, known.facts);
    }
    return facts;
  }

  /** Files that give values to settings: a place may be told there. */
  private environmentFiles({ environment }: ProjectFiles): Map<FileId, ReportFile> {
    const files = new Set(environment.map(({ site }) => site.file));
    return new Map(
      [...files].map((file) => [
        file,
        {
          lineStarts: lineStartsOf(this.configs.get(file) ?? ""),
          directives: [],
          problems: [],
          functions: [],
          classes: [],
        },
      ]),
    );
  }

  private report(program: Program, project: ProjectFiles, solution: Solved): Report {
    const facts = program.files;
    const problems: Problem[] = [...this.policyProblems, ...project.problems];
    const skipped: { file: FileId; reason: string }[] = [];
    for (const file of project.files) {
      const known = this.known.get(file);
      if (known?.unreadable) problems.push(known.unreadable);
      const reason = known?.unreadable?.code ?? skipReason(known?.facts);
      if (reason) skipped.push({ file, reason });
    }
    let lines = 0;
    let functions = 0;
    for (const each of facts.values()) {
      lines += each.lineStarts.length;
      functions += each.functions.length;
    }
    const limits = countLimits(solution);
    const stats: Stats = {
      files: facts.size,
      lines,
      functions,
      skipped,
      flows: solution.flows.length,
      ...limits,
    };
    const { catalog, policy, today } = this;
    return reportFindings({
      flows: solution.flows,
      gaps: solution.gaps,
      clients: solution.clients,
      packages: project.packages,
      unmatched: solution.unmatched,
      uncalled: program.uncalled,
      files: new Map([...facts, ...this.environmentFiles(project)]),
      catalog,
      policy,
      today,
      stats,
      problems,
    });
  }
}

interface LastRun {
  readonly program: Program;
  readonly solution: Solution;
  readonly project: ProjectFiles;
  readonly catalog: Catalog;
}

type Solved = Pick<Solution, "flows" | "gaps" | "clients" | "limits" | "unmatched">;

/** A text of which nothing could be analysed keeps its file's last good facts, with the new problems. */
function withLastGood(facts: FileFacts, before: FileFacts | undefined): FileFacts {
  return before && wasAnalysed(before) && !wasAnalysed(facts)
    ? { ...before, problems: facts.problems }
    : facts;
}

/** A file without a single function, not even its module body, was not analysed at all. */
function wasAnalysed(facts: FileFacts): boolean {
  return facts.functions.length > 0;
}

function skipReason(facts: FileFacts | undefined): string | undefined {
  return facts && !wasAnalysed(facts) ? (facts.problems[0]?.code ?? "analysis-failed") : undefined;
}

/** The innermost function around a place. */
function functionAt(program: Program, { file, start }: Location): number | undefined {
  const facts = program.files.get(file);
  if (!facts) return undefined;
  const offset = (facts.lineStarts[start.line] ?? 0) + start.character;
  const around = facts.functions.filter(({ span }) => span.start <= offset && offset < span.end);
  around.sort((a, b) => a.span.end - a.span.start - (b.span.end - b.span.start));
  return program.functionId(file, around[0]?.index ?? 0);
}

/** The steps of the room that solves, and what it gives. */
function* inSolve<Result>(
  solving: Generator<{ done: number; total: number }, Result, void>,
): Generator<Progress, Result, void> {
  for (let step = solving.next(); ; step = solving.next()) {
    if (step.done) return step.value;
    yield { room: "solve", ...step.value };
  }
}
