import type { ValueId } from "../extract/index.ts";
import type { FunctionNode } from "../link/index.ts";
import { channelOfFunction } from "./channel-models.ts";
import type { Site } from "./flow.ts";
import { empty, join, type Shape } from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";

export function startEvaluation(solver: Solver, node: FunctionNode): Evaluation {
  return {
    solver,
    node,
    values: node.facts.values,
    shapes: [],
    after: new Map(),
    thrown: new Map(),
    unknownCalls: new Set(),
    unchanged: [],
    entryCalls: new Map(),
    returnsSelf: new Set(),
    ownCells: new Map(),
    outerCells: new Map(),
    cellReads: new Map(),
    hits: new Map(),
    clients: new Map(),
    deferred: new Map(),
    gaps: new Map(),
    nextApart: -2,
    channel: channelOfFunction(solver, node),
    when: [],
    work: 0,
  };
}

export function shapeAt(evaluation: Evaluation, id: ValueId | undefined): Shape {
  return id === undefined ? empty : (evaluation.shapes[id] ?? empty);
}

export function siteOf(evaluation: Evaluation, id: ValueId): Site {
  const span = evaluation.values[id]?.span ?? { start: 0, end: 0 };
  return { file: evaluation.node.file, start: span.start, end: span.end };
}

/** The key of a variable of an enclosing function: `c:2:name`, or of a module: `m:file:name`. */
export function cellKey(file: string, owner: number, name: string): string {
  return owner === 0 ? `m:${file}:${name}` : `c:${owner}:${name}`;
}

/** What a variable held when it was first read: where it holds more in the end, what was made of it is old. */
export function noteRead({ cellReads }: Evaluation, key: string, content: Shape): void {
  if (!cellReads.has(key)) cellReads.set(key, content);
}

export function setAfter(evaluation: Evaluation, call: ValueId, port: number, shape: Shape): void {
  const states = evaluation.after.get(call) ?? new Map<number, Shape>();
  evaluation.after.set(call, states);
  const known = states.get(port);
  states.set(port, known ? join(known, shape) : shape);
}

/**
 * What the code calls a value, for telling what it holds: the variable it was bound to, the field it was read from, the
 * function that returned it.
 */
export function nameOf(evaluation: Evaluation, id: ValueId | undefined, depth = 0): string {
  const value = id === undefined ? undefined : evaluation.values[id];
  if (!value || depth > 6) return "";
  switch (value.op) {
    case "load":
      return value.key === "*" ? nameOf(evaluation, value.object, depth + 1) : value.key;
    case "load-dynamic":
      return value.name ?? nameOf(evaluation, value.object, depth + 1);
    case "cell":
      return value.name ?? value.cell.name.replace(/#\d+$/, "");
    case "global":
      return value.variable;
    case "import":
      return (
        value.name ??
        (value.imported === "default" || value.imported === "*" ? value.specifier : value.imported)
      );
    case "param":
      return value.name ?? evaluation.node.facts.params[value.index]?.name ?? "";
    case "this":
      return "this";
    case "call":
      return value.name ?? nameOf(evaluation, value.callee, depth + 1);
    case "await":
    case "typed":
    case "narrowed":
    case "judged":
    case "listed":
    case "instance-of":
      return value.name ?? nameOf(evaluation, value.value, depth + 1);
    case "element":
      return value.name ?? nameOf(evaluation, value.iterable, depth + 1);
    case "post":
      return value.name ?? nameOf(evaluation, value.before, depth + 1);
    case "store":
    case "store-dynamic":
    case "elements":
    case "delete":
    case "rest":
      return value.name ?? nameOf(evaluation, value.object, depth + 1);
    case "phi":
      return value.name ?? nameOf(evaluation, value.inputs[0], depth + 1);
    default:
      return value.name ?? "";
  }
}

/** How far outwards a thing is looked for that says whose a field is. */
const longestPath = 3;

/** The names that lead to a value, the nearest last: `session.user`. `this` is called by its class. */
export function ownerPath(evaluation: Evaluation, id: ValueId | undefined, length = 1): string {
  const value = id === undefined ? undefined : evaluation.values[id];
  const name = nameOf(evaluation, id);
  if (name === "this") {
    const { facts, file } = evaluation.node;
    return facts.class === undefined ? "" : evaluation.solver.program.classNode(file, facts.class).facts.name;
  }
  if (value?.op !== "load" || length === longestPath) return name;
  const outer = ownerPath(evaluation, value.object, length + 1);
  return value.key === "*" || outer === "" ? outer || name : `${outer}.${name}`;
}

/** How the code writes a value, shortened: `req.body.email`. */
export function expressionOf(evaluation: Evaluation, id: ValueId | undefined, depth = 0): string {
  const value = id === undefined ? undefined : evaluation.values[id];
  if (!value || depth > 4) return "…";
  switch (value.op) {
    case "load":
      return `${expressionOf(evaluation, value.object, depth + 1)}.${value.key}`;
    case "call":
      return value.name ?? `${expressionOf(evaluation, value.callee, depth + 1)}()`;
    case "await":
    case "typed":
    case "narrowed":
    case "judged":
    case "listed":
    case "instance-of":
      return value.name ?? expressionOf(evaluation, value.value, depth + 1);
    default:
      return nameOf(evaluation, id) || "…";
  }
}
