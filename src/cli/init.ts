import { stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { count, policyText } from "../reporters/index.ts";
import { policyFile } from "../workspace/index.ts";
import { analyzeWorkspace } from "./analyze-workspace.ts";
import { assertFolder } from "./assert-folder.ts";
import { CannotRun } from "./cannot-run.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { watchedRun } from "./watched-run.ts";
import { writeReport } from "./write-report.ts";

/** The options of `borderline init`, as commander gives them. */
export interface InitOptions {
  readonly force?: boolean;
}

/** `borderline init`: writes a policy to start from, and says what to do next. Never overwrites one without `--force`. */
export async function init(dir: string, { force = false }: InitOptions): Promise<ExitCode> {
  const root = resolve(dir);
  await assertFolder(root, dir);
  const path = join(root, policyFile);
  const there = await stat(path).then(
    () => true,
    () => false,
  );
  if (there && !force)
    throw new CannotRun(
      `there is a ${policyFile} already. Give --force to write it anew; what it says is lost.`,
    );
  return watchedRun({ bar: true }, async ({ signal, progress }) => {
    const analyzed = await analyzeWorkspace(root, { signal, onProgress: progress.show, withoutPolicy: true });
    progress.stop();
    await writeReport(policyText(analyzed.report, analyzed.catalog), path);
    const { clients } = analyzed.report;
    const places = new Set(
      clients.flatMap((client) => client.places.map(({ jurisdiction }) => jurisdiction)),
    );
    const unknown = clients.filter((client) => client.unknown && client.places.length === 0).length;
    process.stdout.write(
      [
        `Wrote ${policyFile}: ${count(clients.length, "client")} in ${count(places.size, "jurisdiction")}, ${unknown} of unknown place.`,
        'Next: fill in "residency" there, and say which "transfers" are allowed; then run borderline scan.',
        "",
      ].join("\n"),
    );
    return exitCode.clean;
  });
}
