import type { FunctionFacts, Item, ObjectEntry, Value, ValueId } from "../extract/index.ts";
import type { FunctionNode } from "../link/index.ts";
import type { CallSite } from "./apply-summary.ts";
import { addStep, openAtom, symAtom } from "./atom.ts";
import { overlay } from "./builtin-functions.ts";
import { callShape, callUnknown, constructShape } from "./evaluate-call.ts";
import { evaluateLoad, loadPath, sourceOf, variableSource } from "./evaluate-load.ts";
import {
  cellKey,
  type Evaluation,
  expressionOf,
  nameOf,
  shapeAt,
  siteOf,
  startEvaluation,
} from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { unknownPart } from "./places.ts";
import {
  bound,
  empty,
  flatten,
  isEmpty,
  join,
  joinAll,
  load,
  mapTrails,
  ofAtom,
  type Shape,
  sameShape,
  someAtom,
  store,
  withFields,
} from "./shape.ts";
import type { Solver } from "./solver.ts";
import type { Summary } from "./summary.ts";
import { apiShape, shapeOfType } from "./type-shape.ts";

/** Passes over one function's values, until loops and captured variables say nothing new. */
const mostPasses = 4;

export interface Evaluated {
  readonly summary: Summary;
  readonly evaluation: Evaluation;
}

/** Computes what one function does, in terms of its in-ports. */
export function evaluateFunction(solver: Solver, node: FunctionNode): Evaluated {
  const evaluation = startEvaluation(solver, node);
  for (let pass = 0; pass < mostPasses; pass++) {
    const before = new Map(evaluation.ownCells);
    const changed = evaluateValues(evaluation);
    if (!changed && sameCells(before, evaluation.ownCells)) break;
  }
  return { summary: summarise(evaluation), evaluation };
}

function evaluateValues(evaluation: Evaluation): boolean {
  let forwardChanged = false;
  for (const [id, value] of evaluation.values.entries()) {
    const before = evaluation.shapes[id];
    let shape = bound(evaluateValue(evaluation, value, id));
    if (value.op === "phi" && before) shape = join(before, shape);
    if (
      value.op === "phi" &&
      value.inputs.some((input) => input > id) &&
      !(before && sameShape(before, shape))
    )
      forwardChanged = true;
    evaluation.shapes[id] = shape;
  }
  return forwardChanged;
}

function sameCells(before: ReadonlyMap<string, Shape>, after: ReadonlyMap<string, Shape>): boolean {
  if (before.size !== after.size) return false;
  for (const [key, shape] of after) {
    const known = before.get(key);
    if (!known || !sameShape(known, shape)) return false;
  }
  return true;
}

function summarise(evaluation: Evaluation): Summary {
  const { facts } = evaluation.node;
  const at = (ids: readonly ValueId[]) => joinAll(ids.map((id) => shapeAt(evaluation, id)));
  const returned = facts.generator ? store(empty, "*", at(facts.yields)) : at(facts.returns);
  return {
    returns: bound(returned),
    throws: at(facts.throws),
    params: (facts.finalParams ?? []).map((id) => (id === undefined ? undefined : shapeAt(evaluation, id))),
    self: facts.finalThis === undefined ? undefined : shapeAt(evaluation, facts.finalThis),
    cells: evaluation.outerCells,
    hits: [...evaluation.hits.values()],
    deferred: [...evaluation.deferred.values()],
  };
}

function evaluateValue(evaluation: Evaluation, value: Value, id: ValueId): Shape {
  const at = (each: ValueId) => shapeAt(evaluation, each);
  switch (value.op) {
    case "param":
      return evaluateParam(evaluation, value.index, id);
    case "this":
      return evaluateThis(evaluation);
    case "arguments":
      return joinAll(
        evaluation.node.facts.params.map((_, index) =>
          store(empty, "*", ofAtom(symAtom(`p${index}`, [], false))),
        ),
      );
    case "const":
      return typeof value.value === "string" || typeof value.value === "number"
        ? constant(String(value.value), siteOf(evaluation, id))
        : empty;
    case "global":
      return evaluateGlobal(evaluation, value.variable);
    case "import":
      return evaluation.solver.imported(evaluation.node.file, value.specifier, value.imported);
    case "cell":
      return readCell(evaluation, value.cell.owner, value.cell.name);
    case "cell-write": {
      evaluation.solver.writeCell(
        evaluation,
        evaluation.node.file,
        cellKey(evaluation.node.file, value.cell.owner, value.cell.name),
        at(value.value),
      );
      return at(value.value);
    }
    case "load":
      return evaluateLoad(evaluation, value);
    case "load-dynamic":
      return loadPath(evaluation.solver, at(value.object), ["*"]);
    case "store":
      return store(at(value.object), value.key, stored(at(value.value), value.key, siteOf(evaluation, id)));
    case "store-dynamic":
      return store(at(value.object), "*", at(value.value));
    case "delete":
      return store(at(value.object), value.key, empty);
    case "object":
      return evaluateObject(evaluation, value.entries);
    case "array":
      return evaluateArray(evaluation, value.items);
    case "concat":
      return evaluateConcat(evaluation, value.parts, id);
    case "phi":
      return joinAll(value.inputs.map(at));
    case "typed":
      return evaluateTyped(evaluation, value, id);
    case "await":
      return at(value.value);
    case "rest":
      return value.without.reduce((shape, key) => store(shape, key, empty), at(value.object));
    case "slice":
      return store(empty, "*", load(at(value.array), "*"));
    case "element":
      return loadPath(evaluation.solver, at(value.iterable), ["*"]);
    case "post":
      return (
        evaluation.after.get(value.call)?.get(value.port === "this" ? -1 : value.port) ?? at(value.before)
      );
    case "caught":
      return joinAll([
        ...value.calls.map((call) => evaluation.thrown.get(call) ?? empty),
        ...value.thrown.map(at),
        ofAtom(openAtom),
      ]);
    default:
      return evaluateCallable(evaluation, value, id);
  }
}

function evaluateCallable(evaluation: Evaluation, value: Value, id: ValueId): Shape {
  const at = (each: ValueId) => shapeAt(evaluation, each);
  switch (value.op) {
    case "call":
      return named(evaluation, value, id, evaluateCall(evaluation, value, id));
    case "new": {
      const site = callSite(evaluation, id, value.callee, undefined, value.args);
      return named(evaluation, value, id, constructShape(evaluation, site));
    }
    case "tagged": {
      const args = [-1, ...value.args].map((each) => ({ value: each, spread: false }));
      const site = callSite(evaluation, id, value.tag, value.receiver, args);
      const known = someAtom(at(value.tag), (atom) => atom.kind === "function" || atom.kind === "api");
      return known ? callShape(evaluation, site) : callUnknown(evaluation, site);
    }
    case "closure":
      return withCaptures(
        evaluation,
        ofAtom({
          kind: "function",
          key: `f ${functionId(evaluation, value.function)}`,
          id: functionId(evaluation, value.function),
        }),
        value.captures,
      );
    case "class": {
      const { id: classId } = evaluation.solver.program.classNode(evaluation.node.file, value.class);
      return withCaptures(
        evaluation,
        ofAtom({ kind: "class", key: `q ${classId}`, id: classId }),
        value.captures,
      );
    }
    case "jsx":
      return evaluateJsx(evaluation, value, id);
    case "super":
      return evaluateSuper(evaluation);
    default:
      return empty;
  }
}

function functionId(evaluation: Evaluation, index: number): number {
  return evaluation.solver.program.functionId(evaluation.node.file, index);
}

function constant(value: string, site: Site): Shape {
  return ofAtom({ kind: "constant", key: `k ${value}`, value, site });
}

function stored(shape: Shape, key: string, site: Site): Shape {
  return mapTrails(shape, (trail, atom) =>
    atom.kind === "source" && !trail ? trail : addStep(trail, { kind: "stored", site, name: key }),
  );
}

/** A parameter is its caller's value, and what its name and declared type say unless the caller knows better. */
function evaluateParam(evaluation: Evaluation, index: number, id: ValueId): Shape {
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
  const typed = param.type
    ? shapeOfType(
        solver,
        { file: node.file, type: param.type },
        { owner: param.name, site, unless, depth: 0 },
      )
    : empty;
  return joinAll([base, typed, variableSource(solver, param.name, param.type, site, unless)]);
}

function evaluateThis(evaluation: Evaluation): Shape {
  const { solver, node } = evaluation;
  const symbol = ofAtom(symAtom("this", [], false));
  const index = enclosingClass(evaluation);
  if (index === undefined) return symbol;
  const { id } = solver.program.classNode(node.file, index);
  return join(symbol, ofAtom({ kind: "instance", key: `i ${id}`, id }));
}

/** Arrow functions have the `this` of what they stand in. */
function enclosingClass(evaluation: Evaluation): number | undefined {
  const functions = evaluation.solver.program.files.get(evaluation.node.file)?.functions;
  let facts: FunctionFacts | undefined = evaluation.node.facts;
  while (facts && facts.class === undefined && facts.kind === "arrow" && facts.parent !== undefined)
    facts = functions?.[facts.parent];
  return facts?.class;
}

function evaluateSuper(evaluation: Evaluation): Shape {
  const index = enclosingClass(evaluation);
  if (index === undefined) return empty;
  const parent = evaluation.solver.program.classNode(evaluation.node.file, index).superclass();
  return parent ? ofAtom({ kind: "instance", key: `i ${parent.id}`, id: parent.id }) : empty;
}

function evaluateGlobal(evaluation: Evaluation, variable: string): Shape {
  const node = evaluation.solver.graph.global(variable);
  const name = ofAtom({ kind: "global", key: `g ${variable}`, path: variable });
  return node ? join(apiShape(node, false), name) : name;
}

function readCell(evaluation: Evaluation, owner: number, name: string): Shape {
  if (owner === 0) return evaluation.solver.moduleCell(evaluation.node.file, name);
  const key = cellKey(evaluation.node.file, owner, name);
  if (owner === evaluation.node.facts.index) return evaluation.ownCells.get(key) ?? empty;
  return join(ofAtom(symAtom(key, [], false)), evaluation.outerCells.get(key) ?? empty);
}

function withCaptures(
  evaluation: Evaluation,
  shape: Shape,
  captures: Extract<Value, { op: "closure" }>["captures"],
): Shape {
  const fields = new Map<string, Shape>();
  for (const { cell, value } of captures) {
    if (cell.owner === 0) continue;
    const content =
      value === undefined ? readCell(evaluation, cell.owner, cell.name) : shapeAt(evaluation, value);
    fields.set(`#${cellKey(evaluation.node.file, cell.owner, cell.name)}`, withoutCaptures(content, 1));
  }
  const self = evaluation.node.facts.kind === "module" ? undefined : evaluateThis(evaluation);
  if (self) fields.set("#this", self);
  return withFields(shape, fields);
}

/** Functions that capture each other would make a tree without end. */
function withoutCaptures(shape: Shape, depth: number): Shape {
  if (!shape.fields) return shape;
  const fields = new Map<string, Shape>();
  for (const [key, value] of shape.fields) {
    if (depth === 0 && (key.startsWith("#c:") || key === "#this")) continue;
    fields.set(key, withoutCaptures(value, key.startsWith("#") ? 0 : depth));
  }
  return withFields(shape, fields);
}

function evaluateObject(evaluation: Evaluation, entries: readonly ObjectEntry[]): Shape {
  let shape = empty;
  for (const entry of entries) {
    if ("spread" in entry) shape = overlay(evaluation.solver, shape, shapeAt(evaluation, entry.spread));
    else if ("dynamicKey" in entry) shape = store(shape, "*", shapeAt(evaluation, entry.value));
    else shape = store(shape, entry.key, shapeAt(evaluation, entry.value));
  }
  return shape;
}

function evaluateArray(evaluation: Evaluation, items: readonly Item[]): Shape {
  let shape = items.length === 0 ? withFields(empty, new Map([["*", empty]])) : empty;
  const exact = items.length <= 8 && items.every((item) => !item.spread);
  for (const [index, item] of items.entries()) {
    const value = shapeAt(evaluation, item.value);
    shape = exact
      ? store(shape, String(index), value)
      : store(shape, "*", item.spread ? load(value, "*") : value);
  }
  return shape;
}

/** Text keeps what was put into it. Constants fold, with a mark for the parts that are not known. */
function evaluateConcat(evaluation: Evaluation, parts: readonly ValueId[], id: ValueId): Shape {
  const shapes = parts.map((part) => shapeAt(evaluation, part));
  const held = joinAll(shapes.map(flatten));
  const data = withoutOpen(held);
  let texts = [""];
  for (const shape of shapes) {
    const values = constantsOf(shape);
    texts = texts
      .flatMap((text) =>
        (values.length > 0 && values.length <= 4 ? values : [unknownPart]).map((value) => text + value),
      )
      .slice(0, 8);
  }
  const useful = texts.filter((text) => text !== unknownPart && text.length <= 200 && /[a-z]/i.test(text));
  const site = siteOf(evaluation, id);
  return join(data, joinAll(useful.map((text) => constant(text, site))));
}

function constantsOf(shape: Shape): string[] {
  const values: string[] = [];
  for (const { atom } of shape.atoms.values()) {
    if (atom.kind === "constant") values.push(atom.value);
    else if (atom.kind === "sym" || atom.kind === "open") values.push(unknownPart);
  }
  return [...new Set(values)];
}

function withoutOpen(shape: Shape): Shape {
  if (!shape.atoms.has(openAtom.key)) return shape;
  return { atoms: new Map([...shape.atoms].filter(([key]) => key !== openAtom.key)), fields: shape.fields };
}

/** A declared type adds what it says of the fields; it takes nothing away that is known. */
function evaluateTyped(evaluation: Evaluation, value: Extract<Value, { op: "typed" }>, id: ValueId): Shape {
  const shape = shapeAt(evaluation, value.value);
  const site = siteOf(evaluation, id);
  const owner = value.name ?? nameOf(evaluation, value.value);
  const tagged = value.tags?.find((tag) => tag.name === "pii")?.text;
  if (tagged) {
    return join(
      shape,
      sourceOf(
        {
          site,
          dataType: tagged,
          expression: owner,
          confidence: "high",
          because: `\`${owner}\` is marked @pii ${tagged}`,
        },
        false,
        undefined,
      ),
    );
  }
  const open = someOpen(shape);
  const typed = shapeOfType(
    evaluation.solver,
    { file: evaluation.node.file, type: value.type },
    { owner, site, unless: undefined, depth: 0 },
  );
  if (open) return join(typed === empty ? shape : withoutRecords(shape), typed);
  return typed === empty ? shape : join(shape, withoutTypes(typed));
}

function someOpen(shape: Shape): boolean {
  for (const { atom } of shape.atoms.values())
    if (atom.kind === "open" || atom.kind === "sym" || atom.kind === "library") return true;
  return false;
}

/** Where a type with known fields is declared, the guess from a name is not needed. */
function withoutRecords(shape: Shape): Shape {
  return {
    atoms: new Map([...shape.atoms].filter(([, { atom }]) => !(atom.kind === "source" && atom.record))),
    fields: shape.fields,
  };
}

/** Of a value that is fully known, a declared type still says which class or library type it is. */
function withoutTypes(shape: Shape): Shape {
  const kept = [...shape.atoms].filter(([, { atom }]) => atom.kind === "instance" || atom.kind === "api");
  return { atoms: new Map(kept), fields: undefined };
}

function evaluateCall(evaluation: Evaluation, value: Extract<Value, { op: "call" }>, id: ValueId): Shape {
  const callee = evaluation.values[value.callee];
  if (callee?.op === "super") return constructSuper(evaluation, value, id);
  const site = callSite(evaluation, id, value.callee, value.receiver, value.args);
  const method =
    callee?.op === "load" && value.receiver !== undefined
      ? { key: callee.key, receiverName: nameOf(evaluation, value.receiver) }
      : undefined;
  return callShape(evaluation, site, method);
}

/** `super(…)`: what the parent's constructor does to `this`. */
function constructSuper(evaluation: Evaluation, value: Extract<Value, { op: "call" }>, id: ValueId): Shape {
  const site = callSite(evaluation, id, value.callee, value.receiver, value.args);
  for (const { atom } of site.callee.atoms.values()) {
    if (atom.kind !== "instance") continue;
    const parent = evaluation.solver.classOf(atom.id);
    const target = evaluation.solver.program.functionId(parent.file, parent.facts.constructorFunction);
    const callee = ofAtom({ kind: "function", key: `f ${target}`, id: target });
    callShape(evaluation, { ...site, callee, self: evaluateThis(evaluation) });
  }
  return evaluation.after.get(id)?.get(-1) ?? empty;
}

export function callSite(
  evaluation: Evaluation,
  id: ValueId,
  callee: ValueId,
  receiver: ValueId | undefined,
  items: readonly Item[],
): CallSite {
  const args: Shape[] = [];
  const argSites: Site[] = [];
  for (const item of items) {
    const shape = item.value < 0 ? empty : shapeAt(evaluation, item.value);
    args.push(item.spread ? load(shape, "*") : shape);
    argSites.push(item.value < 0 ? siteOf(evaluation, id) : argumentSite(evaluation, item.value));
  }
  return {
    id,
    call: siteOf(evaluation, id),
    callee: shapeAt(evaluation, callee),
    self: receiver === undefined ? undefined : shapeAt(evaluation, receiver),
    args,
    argSites,
    name: expressionOf(evaluation, callee),
    root: String(id),
  };
}

/** Of a literal written in place, the first part that carries data: there the squiggle says most. */
function argumentSite(evaluation: Evaluation, id: ValueId): Site {
  return siteOf(evaluation, carrier(evaluation, id, 0));
}

function carrier(evaluation: Evaluation, id: ValueId, depth: number): ValueId {
  const value = evaluation.values[id];
  if (!value || depth > 4) return id;
  const inner = partsOf(value).find((part) =>
    someAtom(shapeAt(evaluation, part), (atom) => atom.kind === "source" || atom.kind === "type"),
  );
  return inner === undefined ? id : carrier(evaluation, inner, depth + 1);
}

function partsOf(value: Value): ValueId[] {
  if (value.op === "object")
    return value.entries.map((entry) => ("spread" in entry ? entry.spread : entry.value));
  if (value.op === "array") return value.items.map((item) => item.value);
  if (value.op === "concat") return [...value.parts];
  return [];
}

/** The result of a call that nothing is known of may be told by the variable that takes it. */
function named(evaluation: Evaluation, value: Value, id: ValueId, shape: Shape): Shape {
  if (!value.name || !shape.atoms.has(openAtom.key) || shape.fields) return shape;
  if (
    someAtom(
      shape,
      (atom) =>
        atom.kind === "source" || atom.kind === "type" || atom.kind === "api" || atom.kind === "function",
    )
  )
    return shape;
  return join(
    shape,
    variableSource(evaluation.solver, value.name, undefined, siteOf(evaluation, id), undefined),
  );
}

function evaluateJsx(evaluation: Evaluation, value: Extract<Value, { op: "jsx" }>, id: ValueId): Shape {
  const props = shapeAt(evaluation, value.props);
  if (value.component === undefined) return empty;
  const callee = shapeAt(evaluation, value.component);
  if (!isEmpty(callee) && someAtom(callee, (atom) => atom.kind === "function")) {
    const site = siteOf(evaluation, id);
    callShape(evaluation, {
      id,
      call: site,
      callee,
      self: undefined,
      args: [props],
      argSites: [siteOf(evaluation, value.props)],
      name: value.tag,
      root: String(id),
    });
  }
  return empty;
}
