import type { ApiNode } from "./api-node.ts";
import { openAtom } from "./atom.ts";
import { shapeOfRule } from "./modelled-sources.ts";
import { type CallbackRule, callbackRules } from "./parameter-models.ts";
import { isCalledByRows } from "./propagate.ts";
import { isEmpty, ofAtom, type Shape, someAtom } from "./shape.ts";
import type { CallSite, Evaluation } from "./solver.ts";

/** Parameters that a callback without a row is called with. */
const usualParameters = 4;

/**
 * Calls the functions among the arguments with what the model says that they get, or with values that nothing is known
 * of. Functions of the workspace learn the model's rows: then their own code shows where the data comes from.
 */
export function callCallbacks(evaluation: Evaluation, site: CallSite, node: ApiNode): void {
  for (const [index, arg] of site.args.entries()) {
    if (!someAtom(arg, (atom) => atom.kind === "function" || atom.kind === "sym")) continue;
    const rules = callbackRules(node, index);
    if (rules.length === 0 && isCalledByRows(node, index)) continue;
    const callees = arg.atoms.size > 0 ? [[undefined, arg] as const] : [...(arg.fields ?? [])];
    for (const [name, callee] of callees) {
      const own = rules.filter(({ members }) => !members || (name !== undefined && members.includes(name)));
      callOne(evaluation, site, callee, own, index);
    }
  }
}

function callOne(
  evaluation: Evaluation,
  site: CallSite,
  callee: Shape,
  rules: readonly CallbackRule[],
  index: number,
): void {
  const known = functionsOf(callee);
  if (known.length === 0 && rules.length === 0) return;
  const open = ofAtom(openAtom);
  const params: Shape[] = Array.from({ length: usualParameters }, () => open);
  for (const { index: at, rule } of rules) {
    for (const id of known) evaluation.solver.parameters.learn(id, at, rule);
    // A source that the function has learned is found in the function.
    if (known.length > 0 && "dataType" in rule.says) continue;
    if (rule.parameters && !known.some((id) => declares(evaluation, id, rule.parameters))) continue;
    const place = site.argSites[index] ?? site.call;
    params[at] = shapeOfRule(rule, place, `${site.name}()`);
  }
  for (let at = 0; at < params.length; at++) params[at] ??= open;
  if (!isEmpty(callee)) evaluation.solver.calls.callBack(evaluation, site, callee, params, index);
}

function declares({ solver }: Evaluation, id: number, parameters: readonly number[] = []): boolean {
  return parameters.includes(solver.program.functions[id]?.facts.params.length ?? -1);
}

export function functionsOf(callee: Shape): number[] {
  const ids: number[] = [];
  for (const { atom } of callee.atoms.values()) if (atom.kind === "function") ids.push(atom.id);
  return ids;
}
