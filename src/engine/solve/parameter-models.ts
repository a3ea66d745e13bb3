import type { FunctionNode, Program } from "../link/index.ts";
import { type ApiNode, type Port, type SourceAt, withTypes } from "./api-node.ts";
import type { DeclaredModels } from "./declared-models.ts";
import type { DecoratorNodes } from "./decorator-models.ts";
import type { Told } from "./told-sources.ts";

/**
 * What a model says of a parameter: it, or what is at a path in it, is personal data, or of a type. `passed`: a caller
 * hands such a value on, and it is the caller's.
 */
export interface ParameterRule {
  readonly rest: Port;
  /** Of a function that declares so many parameters. */
  readonly parameters?: readonly number[] | undefined;
  readonly says: Told | { readonly type: ApiNode; readonly passed?: boolean };
}

export interface ParameterModels {
  /** What models say of a parameter: of the user's own functions, by decorators, and as learned so far. */
  rulesOf(node: FunctionNode, index: number): readonly ParameterRule[];
  /** A function was found to be called with this, by a framework or by a caller: it is evaluated again. */
  learn(id: number, index: number, rule: ParameterRule): void;
}

const none: readonly ParameterRule[] = [];

export function createParameterModels(
  program: Program,
  declared: DeclaredModels,
  decorators: DecoratorNodes,
  onLearned: (id: number) => void,
): ParameterModels {
  const learned = new Map<number, Map<string, { index: number; rule: ParameterRule }>>();
  const fixed = new Map<string, readonly ParameterRule[]>();
  return { rulesOf, learn };

  function rulesOf(node: FunctionNode, index: number): readonly ParameterRule[] {
    const key = `${node.id} ${index}`;
    const known = fixed.get(key) ?? fixedRules(node, index);
    fixed.set(key, known);
    const more = learned.get(node.id);
    if (!more) return known;
    return [...known, ...[...more.values()].flatMap((each) => (each.index === index ? [each.rule] : []))];
  }

  function fixedRules(node: FunctionNode, index: number): readonly ParameterRule[] {
    const rules: ParameterRule[] = [];
    for (const each of declared.ofFunction(node.id)) rules.push(...rulesAt(each, index));
    for (const decorator of node.facts.params[index]?.decorators ?? [])
      for (const each of decorators(node.file, decorator)) rules.push(...decoratedRules(each));
    return rules.length > 0 ? rules : none;
  }

  function learn(id: number, index: number, rule: ParameterRule): void {
    const node = program.functions[id];
    if (!node || rule.parameters?.includes(node.facts.params.length) === false) return;
    const rules = learned.get(id) ?? new Map();
    learned.set(id, rules);
    const { says } = rule;
    const what = "type" in says ? `${says.passed ? "p" : "t"}${says.type.id}` : says.dataType;
    const key = `${index} ${JSON.stringify(rule.rest)} ${what}`;
    if (rules.has(key)) return;
    rules.set(key, { index, rule });
    onLearned(id);
  }
}

/** The rows of a function's own parameters. */
function rulesAt(node: ApiNode, index: number): ParameterRule[] {
  return rowsOf(node).flatMap(({ port: [first, ...rest], ...row }) =>
    first?.word === "Parameter" && index >= first.from && index <= first.to ? [{ ...row, rest }] : [],
  );
}

function decoratedRules(node: ApiNode): ParameterRule[] {
  return rowsOf(node).flatMap(({ port: [first, ...rest], says }) =>
    first?.word === "DecoratedParameter" ? [{ rest, says }] : [],
  );
}

/** The rules of all parameters of a function that is declared as what the node stands for. */
export function ownRules(node: ApiNode): { index: number; rule: ParameterRule }[] {
  return rowsOf(node).flatMap(({ port: [first, ...rest], ...row }) =>
    first?.word === "Parameter" ? [{ index: first.from, rule: { ...row, rest } }] : [],
  );
}

/** A row of a parameter of a callback; `members`: of one that is given under such a name, in an object of options. */
export interface CallbackRule {
  readonly index: number;
  readonly members: readonly string[] | undefined;
  readonly rule: ParameterRule;
}

/** The rows of the parameters of callbacks that a call of the node is given. */
export function callbackRules(node: ApiNode, argument: number): CallbackRule[] {
  return rowsOf(node).flatMap(({ port: [first, ...then], ...row }) => {
    if (first?.word !== "Argument" || argument < first.from || argument > first.to) return [];
    const members = then[0]?.word === "Member" ? then[0].names : undefined;
    const [param, ...rest] = members ? then.slice(1) : then;
    if (param?.word !== "Parameter") return [];
    const last = Math.min(param.to, mostParameters);
    return Array.from({ length: Math.max(0, last - param.from + 1) }, (_, at) => ({
      index: param.from + at,
      members,
      rule: { ...row, rest },
    }));
  });
}

/** `Parameter[0..]` names so many parameters of a callback. */
const mostParameters = 8;

function rowsOf(node: ApiNode): ({ port: Port } & Omit<ParameterRule, "rest">)[] {
  return [
    ...node.sources.map(({ port, dataType, whole }) => ({ port, says: { dataType, whole } })),
    ...node.typed.map(({ port, type, parameters }) => ({ port, parameters, says: { type } })),
  ];
}

/** Whether some member of a value of this node is personal data, as of a framework's request. */
export function tellsSources(node: ApiNode): boolean {
  node.tellsSources ??= withTypes(node).some((each) => each.sources.some(isOwn) || membersTell(each, 0));
  return node.tellsSources;
}

function membersTell(node: ApiNode, depth: number): boolean {
  if (depth > 3) return false;
  for (const member of [...node.members.values(), ...(node.anyMember ? [node.anyMember] : [])])
    if (member.sources.some(isOwn) || membersTell(member, depth + 1)) return true;
  return false;
}

function isOwn({ port }: SourceAt): boolean {
  return port.length === 0;
}
