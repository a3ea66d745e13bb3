import { join, resolve } from "node:path";
import type { Finding, FunctionDescription, Location } from "../engine/index.ts";
import { describeText, explainText } from "../reporters/index.ts";
import { readText } from "../workspace/index.ts";
import { type Analyzed, analyzeWorkspace } from "./analyze-workspace.ts";
import { assertFolder } from "./assert-folder.ts";
import { CannotRun } from "./cannot-run.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { wantsColor } from "./format-report.ts";
import { watchedRun } from "./watched-run.ts";
import { writeReport } from "./write-report.ts";

/** The options of `borderline explain`, as commander gives them. */
export interface ExplainOptions {
  readonly function?: string;
  readonly color: boolean;
}

/** `borderline explain`: one finding's way, hop by hop; or, with a function's name, what such functions contribute. */
export async function explain(
  id: string | undefined,
  dir: string,
  options: ExplainOptions,
): Promise<ExitCode> {
  if (id === undefined && options.function === undefined)
    throw new CannotRun("say what to explain: the id of a finding, as scan prints it, or --function NAME.");
  const root = resolve(dir);
  await assertFolder(root, dir);
  return watchedRun({ bar: true }, async ({ signal, progress }) => {
    const analyzed = await analyzeWorkspace(root, { signal, onProgress: progress.show, keepSummaries: true });
    progress.stop();
    const color = wantsColor(options);
    const text =
      id === undefined
        ? describeText(functionsNamed(analyzed, options.function ?? ""), { color })
        : await explained(analyzed, root, id, color);
    await writeReport(text, undefined);
    return exitCode.clean;
  });
}

/** @throws {CannotRun} when there is no such function: an empty answer would look like one that does nothing */
export function functionsNamed({ session }: Analyzed, named: string): FunctionDescription[] {
  const found = session.describe({ named });
  if (found.length === 0) throw new CannotRun(`there is no function ${named} in what was scanned.`);
  return found;
}

async function explained(analyzed: Analyzed, root: string, id: string, color: boolean): Promise<string> {
  const finding = findingBy(analyzed.report.findings, id);
  const hops = finding.data.flatMap(({ trace }) => trace.map(({ location }) => location));
  const functions = analyzed.session.describe({ at: hops });
  const files = [
    ...hops,
    ...(finding.places ?? []).flatMap(({ trace }) => trace.map(({ location }) => location)),
  ].map(({ file }) => file);
  const texts = new Map<string, string[]>();
  for (const file of new Set(files)) {
    const text = await readText(join(root, file)).catch(() => "");
    texts.set(file, text.split(/\r\n|\n|\r/));
  }
  const lineOf = ({ file, start }: Location) => texts.get(file)?.[start.line];
  return explainText({ finding, functions, lineOf }, { color });
}

/** The beginning of an id is enough when no other finding begins so. */
function findingBy(findings: readonly Finding[], id: string): Finding {
  const [first, second] = findings.filter((finding) => finding.id.startsWith(id));
  if (!first)
    throw new CannotRun(
      `there is no finding ${id}. Ids stand behind each finding of borderline scan; findings of low confidence have one too.`,
    );
  if (second && first.id !== id)
    throw new CannotRun(`several findings begin with ${id}. Give more of the id.`);
  return first;
}
