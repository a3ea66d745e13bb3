import type { FunctionNode } from "../link/index.ts";
import { setAfter } from "./evaluation.ts";
import { isEmpty, join, type Shape, store } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/**
 * An object whose methods share a variable that they captured (`makeStore()`) keeps its state there. What one method
 * writes to it, the others of that very object find. Gives the object after the call, where the call changed it.
 */
export function writeCaptured(
  evaluation: Evaluation,
  site: CallSite,
  cell: string,
  value: Shape,
): Shape | undefined {
  const captured = `@@${cell}`;
  const { self } = site;
  if (!self?.fields || site.id < 0 || !cell.startsWith("c:")) return undefined;
  let changed = evaluation.after.get(site.id)?.get(-1) ?? self;
  for (const [key, method] of self.fields) {
    const held = key.startsWith("@@") ? undefined : method.fields?.get(captured);
    if (held) changed = store(changed, key, store(method, captured, join(held, value)));
  }
  if (changed === self) return undefined;
  setAfter(evaluation, site.id, -1, changed);
  return changed;
}

/** Whether what a method returned is the object that it is a method of, as far as that shows. */
export function isOwner({ id }: FunctionNode, { self }: CallSite, result: Shape): boolean {
  const method = `f ${id}`;
  for (const [key, value] of self?.fields ?? [])
    if (value.atoms.has(method)) return result.fields?.get(key)?.atoms.has(method) === true;
  return false;
}

interface Call {
  readonly evaluation: Evaluation;
  readonly site: CallSite;
  readonly node: FunctionNode;
}

/** An arrow function in a field, `set = (value) => { this.held = value }`: its `this` is the object that it is a field of. */
export function isFieldFunction({ evaluation, site, node }: Call, cell: string): boolean {
  if (!cell.startsWith("c:") || !cell.endsWith(":this") || !site.self || isEmpty(site.self)) return false;
  const owner = Number(cell.split(":")[1]);
  return evaluation.solver.program.files.get(node.file)?.functions[owner]?.kind === "constructor";
}
