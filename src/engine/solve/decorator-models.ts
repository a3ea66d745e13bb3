import type { FileId } from "../base/location.ts";
import type { DecoratorFacts } from "../extract/index.ts";
import type { Program } from "../link/index.ts";
import type { ApiGraph } from "./api-graph.ts";
import { type ApiNode, memberNodes, withTypes } from "./api-node.ts";
import type { DeclaredModels } from "./declared-models.ts";

/** The nodes of a decorator, as it is written in a file: `@Body()` and `@Body` are the same to a model. */
export type DecoratorNodes = (file: FileId, decorator: DecoratorFacts) => readonly ApiNode[];

export function createDecoratorNodes(
  program: Program,
  graph: ApiGraph,
  declared: DeclaredModels,
): DecoratorNodes {
  const known = new Map<string, readonly ApiNode[]>();
  return (file, { name }) => {
    const key = `${file}\0${name}`;
    const found = known.get(key) ?? find(file, name.split("."));
    known.set(key, found);
    return found;
  };

  function find(file: FileId, [local = "", ...rest]: string[]): readonly ApiNode[] {
    let nodes = rootNodes(file, local);
    for (const key of rest) nodes = nodes.flatMap((node) => memberNodes(node, key));
    const all = nodes.flatMap((node) => (node.returned ? [node, ...withTypes(node.returned)] : [node]));
    for (const node of all) node.seen = true;
    return all;
  }

  function rootNodes(file: FileId, local: string): readonly ApiNode[] {
    const facts = program.files.get(file);
    for (const each of facts?.imports ?? []) {
      const binding = each.bindings.find((candidate) => candidate.local === local);
      if (!binding) continue;
      const target = program.importTarget(file, each.specifier, binding.imported);
      if (target.kind === "cell") return declared.named(target.file, target.name);
      if (target.kind !== "library") return [];
      const root = graph.library(target.library);
      if (!root) return [];
      return binding.imported === "*" || binding.imported === "default"
        ? [root, ...memberNodes(root, "default")]
        : memberNodes(root, binding.imported);
    }
    return declared.named(file, local);
  }
}
