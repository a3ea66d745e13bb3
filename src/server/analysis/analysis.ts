import type { PublishDiagnosticsParams } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import {
  type Catalog,
  emptyPolicy,
  type FileId,
  type Finding,
  type FirstAnswer,
  type Position,
  type Progress,
  type Report,
  type Session,
} from "../../engine/index.ts";
import type { Settings } from "../../protocol/index.ts";
import { defaultSettings } from "../from-lsp.ts";
import type { ServerDeps } from "../server-deps.ts";
import type { LspNames } from "../to-lsp.ts";
import { AnalysisLoop } from "./analysis-loop.ts";
import { DiagnosticsPublisher } from "./diagnostics-publisher.ts";
import { shownFindings, wantedDiagnostics } from "./wanted-diagnostics.ts";

/** What every analysis needs from the server around it. */
export interface AnalysisHost {
  readonly deps: ServerDeps;
  readonly catalog: Catalog;
  readonly cacheFolder?: string | undefined;
  publish(params: PublishDiagnosticsParams): void;
  /** False when a folder inside this one answers for the document. */
  owns(analysis: Analysis, uri: string): boolean;
  logError(what: string, error: unknown): void;
}

/** How an analysis names its files towards the editor. */
export type FileNames = Pick<LspNames, "uriOf">;

/** A change of text waits this long, in milliseconds, for the next one. */
const typingDelay = 80;

/** One session, the documents that are open in it, and what the editor shows of its findings. */
export class Analysis {
  readonly session: Session;
  readonly loop: AnalysisLoop;
  readonly documents = new Map<FileId, TextDocument>();
  readonly #host: AnalysisHost;
  readonly #names: LspNames;
  readonly #publisher: DiagnosticsPublisher;
  readonly #progressListeners = new Set<(progress: Progress) => void>();
  /** Versions of the open documents that the last report speaks of. */
  #versions = new Map<FileId, number>();
  /** Nothing is analysed before the editor has told its settings. */
  #settings: Settings = { ...defaultSettings, enable: false };
  #allFiles = false;
  #report: Report | undefined;

  constructor(host: AnalysisHost, names: FileNames) {
    this.#host = host;
    this.#names = { uriOf: (file) => names.uriOf(file), rulePage: (rule) => host.deps.rulePage(rule) };
    this.#publisher = new DiagnosticsPublisher((params) => host.publish(params));
    this.session = host.deps.createSession({
      catalog: host.catalog,
      policy: emptyPolicy,
      today: host.deps.today(),
      keepSummaries: true,
    });
    this.loop = new AnalysisLoop(this.session, {
      today: () => host.deps.today(),
      onReport: (report) => this.#reported(report),
      onFirstAnswer: (answer) => this.#answered(answer),
      onProgress: (progress) => {
        for (const listener of this.#progressListeners) listener(progress);
      },
      onFailure: (error) => host.logError("The analysis stopped; the last findings stay", error),
    });
  }

  get names(): LspNames {
    return this.#names;
  }

  /** The last report, with what is known by now of files that changed since. */
  get report(): Report | undefined {
    return this.#report;
  }

  get isEnabled(): boolean {
    return this.#settings.enable;
  }

  /** The session's texts changed. `typing`: more of it will probably follow at once. */
  changed(how: "typing" | "at-once"): void {
    if (this.#settings.enable) this.loop.changed(how === "typing" ? typingDelay : 0);
  }

  setSettings(settings: Settings): void {
    const wasEnabled = this.#settings.enable;
    this.#settings = settings;
    if (!wasEnabled && settings.enable) this.loop.changed(0);
    else this.republish();
  }

  /** From now on, files that are not open have their findings shown too. */
  showAllFiles(): void {
    this.#allFiles = true;
  }

  onProgress(listener: (progress: Progress) => void): { dispose(): void } {
    this.#progressListeners.add(listener);
    return { dispose: () => this.#progressListeners.delete(listener) };
  }

  /** Findings of the last report that the settings let through. */
  findings(): Finding[] {
    return this.report === undefined ? [] : shownFindings(this.report, this.#settings, this.documents);
  }

  /** The findings at a position, unless the document has changed since they were found. */
  findingsAt(file: FileId, position: Position): Finding[] {
    if (this.documents.get(file)?.version !== this.#versions.get(file)) return [];
    return this.findings().filter(({ location }) => location.file === file && holds(location, position));
  }

  /** Sends what the editor should show now. Waits for the next report when one is on its way. */
  republish(): void {
    const report = this.report;
    if (!this.#settings.enable) this.#publisher.publish(new Map());
    else if (report !== undefined && this.loop.isCurrent) this.#publish(report);
  }

  /** A document shows the text that was analysed already. */
  opened(file: FileId): void {
    const document = this.documents.get(file);
    if (document) this.#versions.set(file, document.version);
    this.republish();
  }

  dispose(): void {
    this.loop.stop();
    this.#publisher.publish(new Map());
  }

  #reported(report: Report): void {
    this.#report = report;
    this.#versions = new Map([...this.documents].map(([file, document]) => [file, document.version]));
    this.republish();
  }

  #answered({ files, findings, problems, whole }: FirstAnswer): void {
    const last = this.#report;
    if (last === undefined || !this.#settings.enable) return;
    const found = new Set(findings.map(({ id }) => id));
    const kept = last.findings.filter(
      ({ id, location }) => !files.has(location.file) || (!whole && !found.has(id)),
    );
    this.#report = {
      ...last,
      findings: [...kept, ...findings],
      problems: [...last.problems.filter(({ file }) => !files.has(file ?? "")), ...problems],
    };
    for (const file of files) {
      const document = this.documents.get(file);
      if (document) this.#versions.set(file, document.version);
    }
    this.#publish(this.#report);
  }

  #publish(report: Report): void {
    const wanted = wantedDiagnostics({
      report,
      settings: this.#settings,
      documents: this.documents,
      allFiles: this.#allFiles,
      names: this.#names,
      owns: (uri) => this.#host.owns(this, uri),
    });
    this.#publisher.publish(wanted);
  }
}

function holds(range: { start: Position; end: Position }, at: Position): boolean {
  const afterStart =
    at.line > range.start.line || (at.line === range.start.line && at.character >= range.start.character);
  const beforeEnd =
    at.line < range.end.line || (at.line === range.end.line && at.character < range.end.character);
  return afterStart && beforeEnd;
}
