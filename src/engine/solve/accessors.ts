import { accessorKey } from "../base/accessor-key.ts";
import type { ValueId } from "../extract/index.ts";
import type { FunctionNode } from "../link/index.ts";
import { applySummary } from "./apply-summary.ts";
import { evaluateThis } from "./evaluate-ports.ts";
import { siteOf } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { empty, joinAll, type Shape } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** `box.value` where the object or its class has a getter of that name: what it returns for this very object. */
export function callGetter(
  evaluation: Evaluation,
  object: Shape,
  key: string,
  id: ValueId,
): Shape | undefined {
  const getters = accessors(evaluation, object, key, "getter");
  const own = ownAccessor(evaluation, object, "get", key);
  if (getters.length === 0 && !own) return undefined;
  const site = accessSite(evaluation, receiverOf(evaluation, object, id), key, id);
  const results = getters.map((node) => callAccessor(evaluation, node, site));
  if (own) results.push(evaluation.solver.calls.callShape(evaluation, { ...site, callee: own }));
  return joinAll(results);
}

/** `box.value = next` where the object or its class has a setter of that name: what it makes of the object. */
export function callSetter(
  evaluation: Evaluation,
  object: Shape,
  key: string,
  value: { readonly shape: Shape; readonly site: Site },
  id: ValueId,
): Shape | undefined {
  const setters = accessors(evaluation, object, key, "setter");
  const own = ownAccessor(evaluation, object, "set", key);
  if (setters.length === 0 && !own) return undefined;
  const plain = accessSite(evaluation, object, key, id);
  const site = { ...plain, args: [value.shape], argSites: [value.site] };
  for (const node of setters) callAccessor(evaluation, node, site);
  if (own) evaluation.solver.calls.callShape(evaluation, { ...site, callee: own });
  return evaluation.after.get(id)?.get(-1) ?? object;
}

/** `super.value` runs the parent's getter on this very object. */
function receiverOf(evaluation: Evaluation, object: Shape, id: ValueId): Shape {
  const value = evaluation.values[id];
  const isSuper = value?.op === "load" && evaluation.values[value.object]?.op === "super";
  return isSuper ? evaluateThis(evaluation) : object;
}

function accessSite(evaluation: Evaluation, self: Shape, name: string, id: ValueId): CallSite {
  const call = siteOf(evaluation, id);
  return { id, call, callee: empty, self, args: [], selfSite: call, argSites: [], name, root: String(id) };
}

/** What a getter gives for an object that is read as a whole. */
export function readThrough(
  evaluation: Evaluation,
  site: Pick<CallSite, "call" | "name" | "root">,
  getter: Shape,
  self: Shape,
): Shape {
  const { calls } = evaluation.solver;
  const root = `${site.root}.${site.name}`;
  return calls.callShape(evaluation, { ...site, root, id: -1, callee: getter, self, args: [], argSites: [] });
}

/** What its decorators have put into its place is called instead. */
function callAccessor(evaluation: Evaluation, node: FunctionNode, site: CallSite): Shape {
  const { calls, decoratedMember } = evaluation.solver;
  const callee = decoratedMember(node.id);
  return callee ? calls.callShape(evaluation, { ...site, callee }) : applySummary(evaluation, node, site);
}

/** An accessor of an object literal, or one that was defined on an object later, or by a decorator of a class's field. */
function ownAccessor(
  { solver }: Evaluation,
  object: Shape,
  does: "get" | "set",
  key: string,
): Shape | undefined {
  const own = object.fields?.get(accessorKey(does, key));
  if (own) return own;
  for (const { atom } of object.atoms.values()) {
    const defined = atom.kind === "instance" ? solver.decoratedAccessor(atom.id, does, key) : undefined;
    if (defined) return defined;
  }
  return undefined;
}

function accessors(
  evaluation: Evaluation,
  object: Shape,
  key: string,
  kind: "getter" | "setter",
): FunctionNode[] {
  const { program, classOf, lineage } = evaluation.solver;
  const found: FunctionNode[] = [];
  for (const { atom } of object.atoms.values()) {
    if (atom.kind !== "instance" && atom.kind !== "class") continue;
    const accessor = lineage.accessorOf(classOf(atom.id), key, kind, atom.kind === "class");
    const id = accessor && program.functionId(accessor.owner.file, accessor.member.function ?? -1);
    const node = id === undefined ? undefined : program.functions[id];
    if (node && !found.includes(node)) found.push(node);
  }
  return found;
}
