import type { ValueId } from "../extract/index.ts";
import type { FunctionNode } from "../link/index.ts";
import { applySummary } from "./apply-summary.ts";
import { siteOf } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { empty, joinAll, type Shape } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** `box.value` where a class has a getter of that name: what it returns for this very object. */
export function callGetter(
  evaluation: Evaluation,
  object: Shape,
  key: string,
  id: ValueId,
): Shape | undefined {
  const getters = accessors(evaluation, object, key, "getter");
  if (getters.length === 0) return undefined;
  return joinAll(
    getters.map((node) => applySummary(evaluation, node, accessSite(evaluation, object, key, id))),
  );
}

/** `box.value = next` where a class has a setter of that name: what it makes of the object. */
export function callSetter(
  evaluation: Evaluation,
  object: Shape,
  key: string,
  value: { readonly shape: Shape; readonly site: Site },
  id: ValueId,
): Shape | undefined {
  const setters = accessors(evaluation, object, key, "setter");
  if (setters.length === 0) return undefined;
  const site = accessSite(evaluation, object, key, id);
  for (const node of setters)
    applySummary(evaluation, node, { ...site, args: [value.shape], argSites: [value.site] });
  return evaluation.after.get(id)?.get(-1) ?? object;
}

function accessSite(evaluation: Evaluation, self: Shape, name: string, id: ValueId): CallSite {
  const call = siteOf(evaluation, id);
  return { id, call, callee: empty, self, args: [], selfSite: call, argSites: [], name, root: String(id) };
}

function accessors(
  evaluation: Evaluation,
  object: Shape,
  key: string,
  kind: "getter" | "setter",
): FunctionNode[] {
  const { program, classOf } = evaluation.solver;
  const found: FunctionNode[] = [];
  for (const { atom } of object.atoms.values()) {
    if (atom.kind !== "instance" && atom.kind !== "class") continue;
    const accessor = classOf(atom.id).accessor(key, kind, atom.kind === "class");
    const id = accessor && program.functionId(accessor.owner.file, accessor.member.function ?? -1);
    const node = id === undefined ? undefined : program.functions[id];
    if (node && !found.includes(node)) found.push(node);
  }
  return found;
}
