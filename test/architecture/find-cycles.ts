/**
 * The import cycles of a graph (file → files it imports): one per group of files that reach each other, as the files
 * of one way round, the first again at the end.
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = [];
  const finished = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    if (finished.has(file)) return;
    const begun = path.indexOf(file);
    if (begun >= 0) {
      cycles.push([...path.slice(begun), file]);
      return;
    }
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
    finished.add(file);
  };
  for (const file of [...graph.keys()].sort()) visit(file);
  return cycles;
}
