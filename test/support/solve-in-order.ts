import { discoverProject } from "../../src/engine/discover/index.ts";
import { extractFile, type FileFacts } from "../../src/engine/extract/index.ts";
import type { FileId, Policy } from "../../src/engine/index.ts";
import { linkProgram } from "../../src/engine/link/index.ts";
import { parseFile } from "../../src/engine/parse/index.ts";
import { solveProgram } from "../../src/engine/solve/index.ts";
import { catalog, type FixtureWorkspace } from "./fixture-workspace.ts";

/** The corridor up to the flows, with the files in the order given: functions are numbered and solved in it. */
export function solveInOrder({ texts, configs }: FixtureWorkspace, policy: Policy) {
  const project = discoverProject([...texts.keys(), ...configs.keys()], configs, policy);
  const facts = new Map<FileId, FileFacts>();
  for (const [file, text] of texts)
    if (project.files.includes(file)) facts.set(file, extractFile(parseFile(file, text)));
  const program = linkProgram(facts, project, [...catalog.libraries, ...policy.models]);
  const solving = solveProgram(program, catalog, policy);
  let step = solving.next();
  while (!step.done) step = solving.next();
  return { facts, program, solution: step.value };
}
