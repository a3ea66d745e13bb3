import type { Problem } from "../base/problem.ts";
import type { ParsedFile, SyntaxTree } from "../parse/index.ts";
import { readDirectives } from "./directives.ts";
import { readDocTags } from "./doc-tags.ts";
import type { FileFacts, FunctionFacts } from "./facts.ts";
import { lowerFunction } from "./lower-function.ts";
import type { FileLowering, FunctionJob } from "./lowering.ts";
import { resolveNames } from "./resolve-names.ts";
import { createVariable } from "./variables.ts";

/**
 * The facts of one file: a value graph for each of its functions, its classes, types, imports and exports. Never throws:
 * a tree that cannot be lowered gives no facts and an `analysis-failed` problem.
 */
export function extractFile(parsed: ParsedFile): FileFacts {
  const { directives, problems: mistakes } = readDirectives(parsed);
  const problems = [...parsed.problems, ...mistakes];
  const empty = { functions: [], classes: [], types: [], imports: [], exports: [] };
  const common = { file: parsed.file, lineStarts: parsed.lineStarts, directives };
  if (!parsed.tree) return { ...common, ...empty, problems };
  try {
    return { ...common, ...extractTree(parsed, parsed.tree), problems };
  } catch (error) {
    return { ...common, ...empty, problems: [...problems, failure(parsed, error)] };
  }
}

function failure(parsed: ParsedFile, error: unknown): Problem {
  const reason = error instanceof RangeError ? "its code is nested too deeply" : String(error);
  return {
    code: "analysis-failed",
    message: `The file could not be analysed: ${reason}.`,
    hint: "Please report this with the code that causes it; until then nothing in this file is checked.",
    file: parsed.file,
  };
}

function extractTree(parsed: ParsedFile, tree: SyntaxTree) {
  const names = resolveNames(tree);
  const jobs: FunctionJob[] = [];
  const file: FileLowering = {
    names,
    expected: new WeakMap(),
    defaultExport: createVariable(names.module, "default", "const", 0),
    classes: [],
    types: [],
    imports: [],
    exports: [],
    tagsAt: readDocTags(parsed, tree),
    order(job) {
      job.scope.index = jobs.length;
      return jobs.push(job) - 1;
    },
  };
  const span = { start: tree.range[0], end: tree.range[1] };
  file.order({ scope: names.module, name: "", kind: "module", span });
  const functions: FunctionFacts[] = [];
  // Functions are lowered one after the other, never one inside another: they may nest deeply.
  for (let job = jobs[0]; job; job = jobs[functions.length]) {
    functions.push(lowerFunction(file, job, job.kind === "module" ? tree.body : []));
  }
  const { classes, types, imports, exports } = file;
  return { functions, classes, types, imports, exports };
}
