import type { LocatedType } from "../link/index.ts";
import { type ApiNode, keysOf, memberNodes } from "./api-node.ts";
import { expressionOf, siteOf } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import type { ParameterRule } from "./parameter-rule.ts";
import type { Port } from "./port.ts";
import { raisedIn } from "./raised-cell.ts";
import { empty, join, joinAll, type Shape, store } from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";
import { sourceOf } from "./source-shape.ts";
import { modelledSource, ownConstants, ownSources } from "./told-sources.ts";
import { apiShape, shapeOfNode } from "./type-shape.ts";

/** A variable, import or global that a model says to be personal data, or a text, itself. */
export function withOwnSources(evaluation: Evaluation, shape: Shape, id: number): Shape {
  let result = shape;
  for (const { atom } of shape.atoms.values()) {
    if (atom.kind !== "api" || atom.node.sources.length + atom.node.constants.length === 0) continue;
    const site = siteOf(evaluation, id);
    const told = join(
      ownSources(atom.node.sources, site, expressionOf(evaluation, id)),
      ownConstants([atom.node], site),
    );
    if (told !== empty) result = join(result, told);
  }
  return result;
}

/** What models say of a parameter, at the place where it is declared. */
export function modelledParameter(evaluation: Evaluation, index: number, site: Site): Shape {
  const { solver, node } = evaluation;
  const rules = solver.parameters.rulesOf(node, index);
  if (rules.length === 0) return empty;
  const name = node.facts.params[index]?.name || "parameter";
  return joinAll(rules.map((rule) => shapeOfRule(solver, rule, site, name)));
}

/** The value that a rule of a parameter speaks of. */
export function shapeOfRule(solver: Solver, { rest, says }: ParameterRule, site: Site, name: string): Shape {
  const keys = keysOf(rest);
  const expression = [name, ...keys.filter((key) => key !== "*")].join(".");
  return wrapIn(keys, ruledValue(solver, says, site, expression));
}

function ruledValue(solver: Solver, says: ParameterRule["says"], site: Site, expression: string): Shape {
  if ("asked" in says) {
    const of = "type" in says.of ? [says.of.type] : [];
    return askedPart(solver, of, says.asked, "", site, expression);
  }
  if ("raisedIn" in says) return raisedIn(solver, says.raisedIn);
  if (!("type" in says)) return modelledSource(says, site, expression);
  if (says.passed) return apiShape(says.type, false);
  const { types = [], file = site.file } = says.args ?? {};
  return shapeOfNode(solver, file, types, says.type, {
    owner: expression,
    site,
    unless: undefined,
    depth: 0,
  });
}

/** What is asked for by a name is told by it: by the members of what is asked, or else by what the name means. */
export function askedPart(
  solver: Solver,
  of: readonly ApiNode[],
  name: string,
  owner: string,
  site: Site,
  expression: string,
  unless?: Port,
): Shape {
  const rows = of.flatMap((node) => memberNodes(node, name.toLowerCase())).flatMap((node) => node.sources);
  const told = ownSources(rows, site, expression);
  if (told !== empty) return told;
  const found = solver.classifier.field(name, owner, undefined);
  if (!found) return empty;
  return sourceOf(
    { site, expression, because: `asked for by the name \`${name}\``, ...found },
    false,
    unless,
  );
}

/** A value with another one at a path in it. */
export function wrapIn(keys: readonly string[], value: Shape): Shape {
  return keys.reduceRight((inner, key) => store(empty, key, inner), value);
}

/** The members of a value that a model says to be personal data, as fields: so the whole value holds them. */
export function sourceFields(node: ApiNode, site: Site, expression: string, depth = 0): Shape {
  let shape = empty;
  if (depth > 3) return shape;
  for (const [key, member] of node.members) {
    const name = `${expression}.${key}`;
    const rows = member.sources.filter(({ whole }) => !whole);
    const told = join(ownSources(rows, site, name), sourceFields(member, site, name, depth + 1));
    if (told !== empty) shape = store(shape, key, join(told, apiShape(member, false)));
  }
  return shape;
}

/** The data type that models give to a member of a class or interface of the workspace: by its path, or by a decorator. */
export function memberDataType(solver: Solver, { file, type }: LocatedType, key: string): string | undefined {
  if (type.kind !== "name" || !solver.tellsMembers) return undefined;
  const target = solver.program.typeTarget(file, type);
  if (target.kind !== "class" && target.kind !== "declaration") return undefined;
  const [at, name] =
    target.kind === "class"
      ? [target.node.file, target.node.facts.name]
      : [target.file, target.declaration.name];
  for (const instance of solver.declared.instance(at, name)) {
    for (const node of memberNodes(instance, key)) {
      node.seen = true;
      const row = node.sources.find(({ port }) => port.length === 0);
      if (row) return row.dataType;
    }
  }
  return target.kind === "class" ? decoratedDataType(solver, target.node.id, key) : undefined;
}

export function decoratedDataType(solver: Solver, classId: number, key: string): string | undefined {
  const found = solver.lineage.memberOf(solver.classOf(classId), key, false);
  for (const decorator of found?.member.decorators ?? []) {
    for (const node of solver.decorators(found?.owner.file ?? "", decorator)) {
      const row = node.sources.find(({ port }) => port[0]?.word === "DecoratedMember" && port.length === 1);
      if (row) return row.dataType;
    }
  }
  return undefined;
}
