import type { ApiNode } from "./api-node.ts";
import { openAtom } from "./atom.ts";
import { loadPath } from "./evaluate-load.ts";
import { shapeOfRule } from "./modelled-sources.ts";
import { type CallbackRule, callbackRules } from "./parameter-models.ts";
import type { ParameterRule } from "./parameter-rule.ts";
import { isCalledByRows } from "./propagate.ts";
import { raising } from "./raised-errors.ts";
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
    const all = callbackRules(node, index);
    if (all.length === 0 && isCalledByRows(node, index)) continue;
    const inside = rulesByPath(all);
    for (const [path, rules] of inside)
      callOne(evaluation, site, node, loadPath(evaluation.solver, arg, path.split(".")), rules, index);
    const rules = all.filter(({ keys }) => keys.length === 0);
    const callees =
      arg.atoms.size > 0
        ? [arg]
        : [...(arg.fields ?? [])].flatMap(([key, each]) =>
            inside.has(key) || isCalledByRows(node, index, key) ? [] : each,
          );
    for (const callee of callees) callOne(evaluation, site, node, callee, rules, index);
  }
}

function rulesByPath(all: readonly CallbackRule[]): ReadonlyMap<string, CallbackRule[]> {
  const paths = new Map<string, CallbackRule[]>();
  for (const rule of all) {
    const path = rule.keys.join(".");
    if (path !== "") paths.set(path, [...(paths.get(path) ?? []), rule]);
  }
  return paths;
}

/** `app.post<{ Body: User }>("/", (request) => …)`: the call says what its callback gets. */
function withTypeArguments(
  { node: { file } }: Evaluation,
  { typeArgs }: CallSite,
  rule: ParameterRule,
): ParameterRule {
  if (!typeArgs || !("type" in rule.says) || rule.says.type.typeArguments.length === 0) return rule;
  return { ...rule, says: { ...rule.says, args: { file, types: typeArgs } } };
}

function callOne(
  evaluation: Evaluation,
  site: CallSite,
  node: ApiNode,
  callee: Shape,
  rules: readonly CallbackRule[],
  index: number,
): void {
  const known = functionsOf(callee);
  if (known.length === 0 && rules.length === 0) return;
  const open = ofAtom(openAtom);
  const params: Shape[] = Array.from({ length: usualParameters }, () => open);
  for (const { index: at, rule: given } of rules) {
    const rule = withTypeArguments(evaluation, site, given);
    for (const id of known) evaluation.solver.parameters.learn(id, at, rule);
    // A source that the function has learned is found in the function.
    if (known.length > 0 && ("dataType" in rule.says || "raisedIn" in rule.says)) continue;
    if (rule.parameters && !known.some((id) => declares(evaluation, id, rule.parameters))) continue;
    const place = site.argSites[index] ?? site.call;
    params[at] = shapeOfRule(evaluation.solver, rule, place, `${site.name}()`);
  }
  for (let at = 0; at < params.length; at++) params[at] ??= open;
  if (isEmpty(callee)) return;
  raising(evaluation, node, index, (thrownAt) =>
    evaluation.solver.calls.callBack(evaluation, site, callee, params, index, thrownAt),
  );
}

function declares({ solver }: Evaluation, id: number, parameters: readonly number[] = []): boolean {
  return parameters.includes(solver.program.functions[id]?.facts.params.length ?? -1);
}

export function functionsOf(callee: Shape): number[] {
  const ids: number[] = [];
  for (const { atom } of callee.atoms.values()) if (atom.kind === "function") ids.push(atom.id);
  return ids;
}
