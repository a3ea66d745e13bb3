import { builtInCatalog } from "./built-in-catalog.ts";
import { CannotRun } from "./cannot-run.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { countsText, modelText } from "./models-text.ts";
import { writeReport } from "./write-report.ts";

/** The options of `borderline models list`, as commander gives them. */
export interface ListModelsOptions {
  readonly library?: string;
}

/** `borderline models list`: how much the catalog knows, by kind; or, with a library, each row of its model. */
export async function listModels({ library }: ListModelsOptions): Promise<ExitCode> {
  const catalog = await builtInCatalog();
  if (library === undefined) {
    await writeReport(countsText(catalog), undefined);
    return exitCode.clean;
  }
  const models = catalog.libraries.filter((model) =>
    [model.library, model.global, ...(model.aliases ?? [])].includes(library),
  );
  if (models.length === 0)
    throw new CannotRun(`no model knows ${library}. Write one: docs/models.md says how, with examples.`);
  await writeReport(models.map(modelText).join("\n"), undefined);
  return exitCode.clean;
}
