import { globalScope, isGlobalObject } from "../base/global-object.ts";
import type { FunctionFacts, Value, ValueId } from "../extract/index.ts";
import type { FunctionNode, Program } from "../link/index.ts";
import { arrayOf } from "./array-shape.ts";
import { classAtom, instanceAtom, symAtom } from "./atom.ts";
import { homeOf } from "./closure-homes.ts";
import { cellKey, noteRead, shapeAt, siteOf } from "./evaluation.ts";
import { globalModel } from "./global-members.ts";
import { injectedInto } from "./injection.ts";
import { hasType } from "./join-known.ts";
import { librarySuper } from "./library-parents.ts";
import { modelledParameter } from "./modelled-sources.ts";
import { variableSource } from "./named-source.ts";
import { withoutRecords } from "./narrow-to-type.ts";
import { empty, join, joinAll, ofAtom, type Shape, store, withFields } from "./shape.ts";
import type { Evaluation } from "./solver.ts";
import { sourceOf } from "./source-shape.ts";
import { plainType, shapeOfType } from "./type-shape.ts";

/** A parameter is its caller's value, and what its name and declared type say unless the caller knows better. */
export function evaluateParam(evaluation: Evaluation, index: number, id: ValueId): Shape {
  const { solver, node } = evaluation;
  const param = node.facts.params[index];
  const unless = { root: `p${index}`, path: [] };
  const base = ofAtom(symAtom(unless.root, [], false));
  if (!param) return base;
  const site = siteOf(evaluation, id);
  const tagged = param.tags?.find((tag) => tag.name === "pii")?.text;
  if (tagged) {
    const source = {
      site,
      dataType: tagged,
      expression: param.name,
      confidence: "high",
      because: `\`${param.name}\` is marked @pii ${tagged}`,
    } as const;
    return join(base, sourceOf(source, false, undefined));
  }
  const type = param.type
    ? { file: node.file, type: param.type }
    : param.expected && solver.program.expandType(node.file, param.expected);
  const types = type ? [type] : solver.parameters.expectedTypes(node, index);
  const context = { owner: param.name, site, unless, depth: 0 };
  const typed = joinAll(types.map((each) => shapeOfType(solver, each, context)));
  const told = modelledParameter(evaluation, index, site);
  const modelled = hasType(typed) ? withoutRecords(told) : told;
  const declared = type && plainType(solver, type);
  const injected = node.facts.kind === "constructor" ? injectedInto(solver, node.file, param) : empty;
  return joinAll([
    base,
    modelled,
    typed,
    injected,
    variableSource(solver, param.name, declared, site, unless, (other) =>
      node.facts.params.some(({ name }) => name === other),
    ),
  ]);
}

export function evaluateThis(evaluation: Evaluation): Shape {
  const { solver, node } = evaluation;
  const symbol = ofAtom(symAtom("this", [], false));
  const around = enclosingMember(evaluation);
  if (!around) return symbol;
  const { id } = solver.program.classNode(node.file, around.class);
  return join(symbol, ofAtom(around.static ? classAtom(id) : instanceAtom(id, false)));
}

export function isStatic(program: Program, { file, facts }: FunctionNode): boolean {
  if (facts.class === undefined || facts.kind === "constructor") return false;
  const { members } = program.classNode(file, facts.class).facts;
  return members.some((member) => member.static && member.function === facts.index);
}

/** Arguments beyond the parameters that `arguments` tells apart. */
const mostArguments = 6;

/** All that was passed, by position. A rest parameter holds an array of its own. */
export function evaluateArguments(evaluation: Evaluation): Shape {
  const { params } = evaluation.node.facts;
  const rest = params.findIndex((param) => param.rest);
  const count = rest < 0 ? Math.max(params.length, mostArguments) : rest;
  const items = Array.from({ length: count }, (_, index) => ofAtom(symAtom(`p${index}`, [], false)));
  return rest < 0 ? arrayOf(items) : store(arrayOf(items), "*", ofAtom(symAtom(`p${rest}`, ["*"], false)));
}

/** The class of the nearest function around, arrow functions apart: the one whose `this` this is. */
function enclosingMember(evaluation: Evaluation): { class: number; static: boolean } | undefined {
  const { program } = evaluation.solver;
  const { file } = evaluation.node;
  const functions = program.files.get(file)?.functions;
  let facts: FunctionFacts | undefined = evaluation.node.facts;
  while (facts && facts.class === undefined && facts.kind === "arrow" && facts.parent !== undefined) {
    facts = functions?.[facts.parent];
  }
  if (facts?.class === undefined) return undefined;
  return { class: facts.class, static: isStatic(program, { ...evaluation.node, facts }) };
}

/** An instance of the class whose method an arrow function stands in: its `this` is that method's. */
function outerInstance(evaluation: Evaluation, owner: number): Shape {
  const { program } = evaluation.solver;
  const index = program.files.get(evaluation.node.file)?.functions[owner]?.class;
  if (index === undefined) return empty;
  const { id } = program.classNode(evaluation.node.file, index);
  return ofAtom(instanceAtom(id, false));
}

/** The parent: its own methods, not those of the classes that extend it. It may be one of the language's, such as `Error`. */
export function evaluateSuper(evaluation: Evaluation): Shape {
  const around = enclosingMember(evaluation);
  if (!around) return empty;
  const node = evaluation.solver.program.classNode(evaluation.node.file, around.class);
  const parents = evaluation.solver.lineage.parentsOf(node);
  if (parents.length > 0)
    return joinAll(parents.map(({ id }) => ofAtom(around.static ? classAtom(id) : instanceAtom(id, true))));
  const written = node.facts.superclass;
  if (written?.kind !== "name") return empty;
  const target = evaluation.solver.program.typeTarget(node.file, written);
  if (target.kind === "library" && !around.static) return librarySuper(evaluation.solver, node);
  if (target.kind !== "unknown") return empty;
  return ofAtom({ kind: "global", key: `g ${written.name}`, path: written.name });
}

export function evaluateGlobal(evaluation: Evaluation, variable: string): Shape {
  const { solver } = evaluation;
  const name = ofAtom({ kind: "global", key: `g ${variable}`, path: variable });
  if (isGlobalObject(variable)) return name;
  return joinAll([globalModel(solver, variable), name, solver.moduleCell(globalScope, variable)]);
}

export function readCell(evaluation: Evaluation, owner: number, name: string): Shape {
  if (owner === 0) return evaluation.solver.moduleCell(evaluation.node.file, name);
  const key = cellKey(evaluation.node.file, owner, name);
  const isOwn = owner === evaluation.node.facts.index;
  const content = (isOwn ? evaluation.ownCells : evaluation.outerCells).get(key) ?? empty;
  noteRead(evaluation, key, content);
  if (isOwn) return content;
  return join(ofAtom(symAtom(key, [], false)), name === "this" ? outerInstance(evaluation, owner) : content);
}

/** A change of an object that another module of the workspace declares. */
export function writeImported(
  evaluation: Evaluation,
  { specifier, imported, value }: Extract<Value, { op: "import-write" }>,
): void {
  const { solver, node, unchanged } = evaluation;
  const origin = evaluation.values[unchanged[value] ?? value];
  if (origin?.op === "import") return;
  const target = solver.program.importTarget(node.file, specifier, imported);
  const shape = shapeAt(evaluation, value);
  const write = (file: string, name: string, content: Shape) =>
    solver.writeCell(evaluation, file, cellKey(file, 0, name), content);
  if (target.kind === "cell") write(target.file, target.name, shape);
  else if (target.kind === "export-member") write(target.file, "#exports", store(empty, target.key, shape));
  if (target.kind !== "namespace") return;
  for (const [key, content] of shape.fields ?? []) {
    const exported = solver.program.exportTarget(target.file, key);
    if (exported?.kind === "cell") write(exported.file, exported.name, content);
    else if (!exported && !key.startsWith("@@")) write(target.file, "#exports", store(empty, key, content));
  }
}

export function withCaptures(
  evaluation: Evaluation,
  shape: Shape,
  captures: Extract<Value, { op: "closure" }>["captures"],
): Shape {
  const fields = new Map(homeOf(evaluation, captures));
  for (const { cell, value } of captures) {
    if (cell.owner === 0) continue;
    const content =
      value === undefined ? readCell(evaluation, cell.owner, cell.name) : shapeAt(evaluation, value);
    fields.set(`@@${cellKey(evaluation.node.file, cell.owner, cell.name)}`, withoutCaptures(content, 1));
  }
  return withFields(shape, fields);
}

/** Functions that capture each other would make a tree without end. */
function withoutCaptures(shape: Shape, depth: number): Shape {
  if (!shape.fields) return shape;
  const fields = new Map<string, Shape>();
  for (const [key, value] of shape.fields) {
    if (depth === 0 && (key.startsWith("@@c:") || key === "@@this" || key === "@@bound")) continue;
    fields.set(key, withoutCaptures(value, key.startsWith("@@") ? 0 : depth));
  }
  return withFields(shape, fields);
}
