import type { Model } from "../base/catalog.ts";
import type { Location } from "../base/location.ts";
import type { Solver } from "./solver.ts";

/** A row of a user's model, or a whole model, that nothing in the workspace matches. */
export interface UnmatchedRow {
  readonly at: Location;
  readonly model: Model;
  /** Absent: the whole model. */
  readonly path?: string;
  /** Names that the path could begin with instead: what the model's files export. */
  readonly known: readonly string[];
}

/** Rows are matched when what they hang at was met: something that a file exports, imports, calls or declares. */
export function unmatchedRows(solver: Solver): UnmatchedRow[] {
  const { graph } = solver;
  const rows: UnmatchedRow[] = [];
  const whole = new Set<Model>();
  for (const { model, files } of graph.modules) {
    if (!model.writtenAt || !solver.declared.missing.includes(files)) continue;
    whole.add(model);
    rows.push({ at: model.writtenAt, model, known: [] });
  }
  const imported = importedLibraries(solver);
  for (const { model } of graph.ownRows) {
    if (whole.has(model) || !model.writtenAt || model.library === undefined) continue;
    if (![model.library, ...(model.aliases ?? [])].some((name) => imported(name))) {
      whole.add(model);
      rows.push({ at: model.writtenAt, model, known: [] });
    }
  }
  for (const { at, model, path, nodes } of graph.ownRows) {
    if (whole.has(model) || nodes.some((node) => node.seen)) continue;
    const known = model.module === undefined ? [] : solver.declared.exportsOf(model.module);
    rows.push({ at, model, path, known });
  }
  return rows;
}

/** Whether some file imports a package, or a part of it. */
function importedLibraries({ program }: Solver): (name: string) => boolean {
  const specifiers = new Set<string>();
  for (const facts of program.files.values()) {
    for (const { specifier } of facts.imports) specifiers.add(specifier.replace(/^node:/, ""));
    for (const each of facts.exports) if (each.kind !== "local") specifiers.add(each.specifier);
  }
  return (name) => specifiers.has(name) || [...specifiers].some((each) => each.startsWith(`${name}/`));
}
