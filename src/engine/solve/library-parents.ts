import type { ClassNode } from "../link/index.ts";
import { type ApiNode, memberNodes, withTypes } from "./api-node.ts";
import { empty, joinAll, type Shape } from "./shape.ts";
import type { Solver } from "./solver.ts";
import { apiShape } from "./type-shape.ts";

/** The class of a package that a class of the workspace extends, over whatever classes of the workspace are between. */
export function libraryParent(
  { program }: Solver,
  node: ClassNode,
): { readonly library: string; readonly name: string } | undefined {
  const seen = new Set<ClassNode>();
  let last = node;
  for (let at: ClassNode | undefined = node; at && !seen.has(at); at = at.superclass()) {
    seen.add(at);
    last = at;
  }
  const written = last.facts.superclass;
  if (written?.kind !== "name") return undefined;
  const target = program.typeTarget(last.file, written);
  return target.kind === "library" ? target : undefined;
}

/** What models say of an object that the package's class makes. */
function parentNodes(solver: Solver, node: ClassNode): readonly ApiNode[] {
  const parent = libraryParent(solver, node);
  if (!parent) return [];
  const { graph } = solver;
  const root = graph.library(parent.library);
  const made = root ? memberNodes(root, parent.name).flatMap(({ instance }) => instance ?? []) : [];
  const type = graph.type(parent.library, parent.name);
  return [...new Set([...made, ...(type ? [type] : [])].flatMap(withTypes))];
}

/** A member that a class has from a package's class. */
export function libraryMember(solver: Solver, node: ClassNode, key: string): Shape {
  const nodes = parentNodes(solver, node).flatMap((each) => memberNodes(each, key));
  return nodes.length === 0 ? empty : joinAll(nodes.map((each) => apiShape(each, false)));
}

/** A static member that a class has from a package's class. */
export function libraryStatic(solver: Solver, node: ClassNode, key: string): Shape {
  const parent = libraryParent(solver, node);
  const root = parent && solver.graph.library(parent.library);
  if (!parent || !root) return empty;
  const nodes = memberNodes(root, parent.name).flatMap((each) => memberNodes(each, key));
  return joinAll(nodes.map((each) => apiShape(each, false)));
}

/** `super` in a class that extends a package's: the parent's own methods. */
export function librarySuper(solver: Solver, node: ClassNode): Shape {
  return joinAll(parentNodes(solver, node).map((each) => apiShape(each, false)));
}
