import type { DecoratorFacts } from "../extract/index.ts";
import type { FunctionNode, LocatedType, Program } from "../link/index.ts";
import type { ApiGraph } from "./api-graph.ts";
import { type ApiNode, memberNodes, type Port, type SourceAt, withTypes } from "./api-node.ts";
import type { DeclaredModels } from "./declared-models.ts";
import type { DecoratorNodes } from "./decorator-models.ts";
import type { ParameterRule } from "./parameter-rule.ts";
import type { SharedState } from "./shared-state.ts";

export interface ParameterModels {
  /** What models say of a parameter: of the user's own functions, by decorators, and as learned so far. */
  rulesOf(node: FunctionNode, index: number): readonly ParameterRule[];
  /** A function was found to be called with this, by a framework or by a caller: it is evaluated again. */
  learn(id: number, index: number, rule: ParameterRule): void;
  /** The types of which callees declare what they give to it. */
  expectedTypes(node: FunctionNode, index: number): readonly LocatedType[];
  expect(id: number, index: number, type: LocatedType): void;
}

const none: readonly ParameterRule[] = [];

/** A function that is passed to ever more callees is told little by their types. */
const mostExpected = 4;

export function createParameterModels(
  program: Program,
  graph: ApiGraph,
  declared: DeclaredModels,
  decorators: DecoratorNodes,
  { learned, expected }: Pick<SharedState, "learned" | "expected">,
  onLearned: (id: number) => void,
): ParameterModels {
  const fixed = new Map<string, readonly ParameterRule[]>();
  return { rulesOf, learn, expectedTypes, expect };

  function expectedTypes({ id }: FunctionNode, index: number): readonly LocatedType[] {
    return [...(expected.get(`${id} ${index}`)?.values() ?? [])];
  }

  function expect(id: number, index: number, type: LocatedType): void {
    const types = expected.get(`${id} ${index}`) ?? new Map<string, LocatedType>();
    expected.set(`${id} ${index}`, types);
    const key = `${type.file} ${JSON.stringify(type.type)}`;
    if (types.has(key) || types.size === mostExpected) return;
    types.set(key, type);
    onLearned(id);
  }

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
    for (const each of interfaceMembers(node)) rules.push(...rulesAt(each, index));
    for (const decorator of node.facts.params[index]?.decorators ?? [])
      for (const each of decorators(node.file, decorator)) rules.push(...decoratedRules(each, decorator));
    return rules.length > 0 ? rules : none;
  }

  /** What a package's interface or class says of a method of a class that implements it: `catch` of an `ExceptionFilter`. */
  function interfaceMembers(node: FunctionNode): ApiNode[] {
    if (node.facts.class === undefined) return [];
    const { facts } = program.classNode(node.file, node.facts.class);
    const member = facts.members.find((each) => each.function === node.facts.index && !each.static);
    if (!member) return [];
    const parents = facts.superclass ? [...facts.implements, facts.superclass] : facts.implements;
    return parents.flatMap((ref) => {
      const target = ref.kind === "name" ? program.typeTarget(node.file, ref) : undefined;
      const type = target?.kind === "library" ? graph.type(target.library, target.name) : undefined;
      return type ? withTypes(type).flatMap((each) => memberNodes(each, member.name)) : [];
    });
  }

  function learn(id: number, index: number, rule: ParameterRule): void {
    const node = program.functions[id];
    if (!node || rule.parameters?.includes(node.facts.params.length) === false) return;
    const rules = learned.get(id) ?? new Map();
    learned.set(id, rules);
    const key = `${index} ${JSON.stringify(rule.rest)} ${wordOf(rule.says)}`;
    if (rules.has(key)) return;
    rules.set(key, { index, rule });
    onLearned(id);
  }
}

function wordOf(says: ParameterRule["says"]): string {
  if ("asked" in says) return `${says.asked} of ${wordOf(says.of)}`;
  if ("raisedIn" in says) return `e${says.raisedIn}`;
  if (!("type" in says)) return says.dataType;
  return `${says.passed ? "p" : "t"}${says.type.id} ${says.args ? JSON.stringify(says.args) : ""}`;
}

/** The rows of a function's own parameters. */
function rulesAt(node: ApiNode, index: number): ParameterRule[] {
  return rowsOf(node).flatMap(({ port: [first, ...rest], ...row }) =>
    first?.word === "Parameter" && index >= first.from && index <= first.to ? [{ ...row, rest }] : [],
  );
}

/** `@Headers("user-agent")` asks for one part of what `@Headers()` stands for. */
function decoratedRules(node: ApiNode, { args }: DecoratorFacts): ParameterRule[] {
  const [asked] = args;
  return rowsOf(node).flatMap(({ port: [first, ...rest], says }) => {
    if (first?.word !== "DecoratedParameter") return [];
    return [{ rest, says: typeof asked === "string" && !("asked" in says) ? { asked, of: says } : says }];
  });
}

/** The rules of all parameters of a function that is declared as what the node stands for. */
export function ownRules(node: ApiNode): { index: number; rule: ParameterRule }[] {
  return rowsOf(node).flatMap(({ port: [first, ...rest], ...row }) =>
    first?.word === "Parameter" ? [{ index: first.from, rule: { ...row, rest } }] : [],
  );
}

/** What a row says of a parameter of a callback. */
export interface CallbackRule {
  /** Where in the argument the callback stands: `handler` of a route that is passed. */
  readonly keys: readonly string[];
  readonly index: number;
  readonly rule: ParameterRule;
}

/** The rows of the parameters of callbacks that a call of the node is given. */
export function callbackRules(node: ApiNode, argument: number): CallbackRule[] {
  return rowsOf(node).flatMap(({ port, ...row }) => {
    const [first] = port;
    const at = port.findIndex(({ word }) => word === "Parameter");
    const param = port[at];
    if (first?.word !== "Argument" || param?.word !== "Parameter") return [];
    if (argument < first.from || argument > first.to) return [];
    const rule = { ...row, rest: port.slice(at + 1) };
    const last = Math.min(param.to, mostParameters);
    return pathsOf(port.slice(1, at)).flatMap((keys) =>
      Array.from({ length: Math.max(0, last - param.from + 1) }, (_, more) => ({
        keys,
        index: param.from + more,
        rule,
      })),
    );
  });
}

/** Every path that a port's words name. */
function pathsOf(port: Port): readonly (readonly string[])[] {
  let paths: (readonly string[])[] = [[]];
  for (const token of port) {
    const names = token.word === "Member" ? token.names : ["*"];
    paths = paths.flatMap((path) => names.map((name) => [...path, name]));
  }
  return paths;
}

/** `Parameter[0..]` names so many parameters of a callback. */
const mostParameters = 8;

function rowsOf(node: ApiNode): ({ port: Port } & Omit<ParameterRule, "rest">)[] {
  return [
    ...node.sources.map(({ port, dataType, whole }) => ({ port, says: { dataType, whole } })),
    ...node.typed.map(({ port, type, parameters }) => ({ port, parameters, says: { type } })),
    ...node.errors.flatMap(({ port, as, framework, parameters }) =>
      as === "handled" ? [{ port, parameters, says: { raisedIn: framework } }] : [],
    ),
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
