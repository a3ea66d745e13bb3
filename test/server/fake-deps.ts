import {
  type AnalyzeInput,
  type Catalog,
  emptyPolicy,
  type FileId,
  type Finding,
  type Problem,
  type Progress,
  type Report,
  type Session,
} from "../../src/engine/index.ts";
import type { ServerDeps } from "../../src/server/server-deps.ts";

/** A disk and an engine whose every move a test decides. */
export interface FakeWorld {
  readonly deps: ServerDeps;
  /** Absolute POSIX path → text. */
  readonly disk: Map<string, string>;
  /** Problems that the next listing of a folder reports. */
  readonly problems: Problem[];
  /** How long each file keeps the analysis busy, in milliseconds. */
  fileCost: number;
  /** Thrown by the next run, once. */
  failure: Error | undefined;
  /** Runs that came to an end, and runs that were begun. */
  readonly runs: { begun: number; ended: number };
  /** Texts in the order in which sessions were given them. */
  readonly taken: { readonly file: FileId; readonly text: string }[];
}

/**
 * In this world every occurrence of `leak(…)` is a finding at the parentheses' content, of low confidence when that is
 * `maybe`, and when it is `unused`, which nothing calls; its path begins at the file `origin.ts` when the workspace has it.
 */
export function createFakeWorld(): FakeWorld {
  const world: FakeWorld = {
    disk: new Map(),
    problems: [],
    fileCost: 0,
    failure: undefined,
    runs: { begun: 0, ended: 0 },
    taken: [],
    deps: {
      version: "0.0.0-test",
      loadCatalog: async () => ({
        catalog: { jurisdictions: [], presets: [] } as unknown as Catalog,
        problems: [],
      }),
      readFolder: async (root) => ({
        files: [...world.disk.keys()]
          .filter((path) => path.startsWith(`${root}/`))
          .map((path) => path.slice(root.length + 1)),
        configs: new Map() as AnalyzeInput["configs"],
        policy: emptyPolicy,
        problems: [...world.problems],
      }),
      readText: async (path) => {
        const text = world.disk.get(path);
        if (text === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
        return text;
      },
      createSession: () => createFakeSession(world),
      today: () => "2026-11-24",
      rulePage: (rule) => `https://docs.example/${rule}`,
    },
  };
  return world;
}

function createFakeSession(world: FakeWorld): Session {
  let files: readonly FileId[] = [];
  let problems: readonly Problem[] = [];
  const texts = new Map<FileId, string>();
  return {
    setWorkspace: (listed) => {
      files = listed.filter((file) => file.endsWith(".ts"));
      for (const file of texts.keys()) if (!files.includes(file)) texts.delete(file);
    },
    setPolicy: (_policy, policyProblems) => {
      problems = policyProblems ?? [];
    },
    setCatalog: () => {},
    setToday: () => {},
    setFactsStore: () => {},
    setText: (file, text) => {
      const isNews = texts.get(file) !== text;
      texts.set(file, text);
      world.taken.push({ file, text });
      return isNews;
    },
    remove: (file) => void texts.delete(file),
    setUnreadable: () => {},
    describe: () => [],
    missingTexts: () => files.filter((file) => !texts.has(file)),
    staleTexts: () => [],
    setFacts: () => {},
    // biome-ignore lint/correctness/useYield: there is nothing to say before a run.
    *firstAnswer() {
      return undefined;
    },
    *run(): Generator<Progress, Report, void> {
      world.runs.begun++;
      const failure = world.failure;
      world.failure = undefined;
      if (failure !== undefined) throw failure;
      const total = texts.size;
      const findings: Finding[] = [];
      let done = 0;
      for (const [file, text] of [...texts].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const end = performance.now() + world.fileCost;
        while (performance.now() < end);
        findings.push(...findingsIn(file, text, texts.has("origin.ts")));
        yield { room: "parse", done: ++done, total };
      }
      world.runs.ended++;
      return reportOf(findings, problems, total);
    },
  };
}

function findingsIn(file: FileId, text: string, hasOrigin: boolean): Finding[] {
  return text.split("\n").flatMap((lineText, line) =>
    [...lineText.matchAll(/leak\(([^)]*)\)/g)].map((match): Finding => {
      const character = match.index + "leak(".length;
      const written = match[1] as string;
      const location = {
        file,
        start: { line, character },
        end: { line, character: character + written.length },
      };
      const origin = { file: "origin.ts", start: { line: 0, character: 0 }, end: { line: 0, character: 4 } };
      const read = { location: hasOrigin ? origin : location, text: `\`${written}\` is read` };
      return {
        id: `${file}:${written}`,
        rule: "pii-in-log",
        severity: "warning",
        confidence: written === "maybe" || written === "unused" ? "low" : "high",
        location,
        message: `E-mail address is written to a log by \`leak\`.`,
        sinkKind: "log",
        sink: "leak",
        bulk: false,
        data: [
          {
            dataType: "contact.email",
            title: "E-mail address",
            confidence: "high",
            because: `\`${written}\` is named so`,
            trace: [read, { location, text: "reaches `leak`" }],
          },
        ],
        ...(written === "unused" ? { uncalled: { function: "f", otherwise: "high" } as const } : {}),
        ...(written === "approved" ? { suppressed: { by: "approval", reason: "agreed" } as const } : {}),
      };
    }),
  );
}

function reportOf(findings: readonly Finding[], problems: readonly Problem[], files: number): Report {
  return {
    findings,
    problems,
    gaps: [],
    unknownPlaces: [],
    clients: [],
    dataMap: [],
    stats: { files, lines: 0, functions: 0, skipped: [], limits: {}, limitsByFile: [], flows: 0 },
  };
}
