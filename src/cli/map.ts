import { resolve } from "node:path";
import { type Confidence, isAtLeast } from "../engine/index.ts";
import { type MapInput, mapCsv, mapHtml, mapJson, mapMermaid } from "../reporters/index.ts";
import { analyzeWorkspace } from "./analyze-workspace.ts";
import { assertFolder } from "./assert-folder.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { watchedRun } from "./watched-run.ts";
import { writeReport } from "./write-report.ts";

const formats = { html: mapHtml, json: mapJson, csv: mapCsv, mermaid: mapMermaid } as const;

/** The options of `borderline map`, as commander gives them. */
export interface MapOptions {
  readonly format: keyof typeof formats;
  readonly output?: string;
  readonly minConfidence: Confidence;
}

/** `borderline map`: which personal data goes where, also where no rule minds. What was found does not matter to the exit code. */
export async function map(dir: string, options: MapOptions, version: string): Promise<ExitCode> {
  const root = resolve(dir);
  await assertFolder(root, dir);
  return watchedRun({ bar: true }, async ({ signal, progress }) => {
    const { report, catalog } = await analyzeWorkspace(root, { signal, onProgress: progress.show });
    progress.stop();
    const entries = report.dataMap.filter(({ confidence }) => isAtLeast(confidence, options.minConfidence));
    const input: MapInput = { entries, catalog, version };
    await writeReport(formats[options.format](input), options.output);
    if (options.output !== undefined) process.stderr.write(`The data map is in ${options.output}.\n`);
    return exitCode.clean;
  });
}
