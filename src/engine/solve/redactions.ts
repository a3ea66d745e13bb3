import { type ApiNode, includesIndex, withTypes } from "./api-node.ts";
import { writtenItems } from "./array-shape.ts";
import { textsOf } from "./builtin-call.ts";
import { loadPath } from "./evaluate-load.ts";
import { cellKey } from "./evaluation.ts";
import { isIndex } from "./key-words.ts";
import { portValues } from "./model-ports.ts";
import { empty, isEmpty, isJsonText, join, load, type Shape, store, withFields } from "./shape.ts";
import type { CallSite, Evaluation, Solver } from "./solver.ts";

/** The paths that a logger writes without their values go with it in a hidden field, also to the loggers that it makes. */
const redactedField = "@@redacted";

/** Objects in objects that one path leads through. */
const deepest = 4;

/** A logger, with the paths that the call which makes it lists. */
export function withRedactions(evaluation: Evaluation, site: CallSite, made: ApiNode, result: Shape): Shape {
  const rows = withTypes(made).flatMap(({ redactions }) => redactions);
  if (rows.length === 0) return result;
  let listed = site.self?.fields?.get(redactedField) ?? empty;
  for (const { list, shared } of rows)
    for (const [, paths] of portValues(evaluation, site, list)) {
      if (!textsOf(paths) && !writtenItems(paths) && !paths.fields?.has("*")) continue;
      const given = paths.fields ? load(paths, "*") : paths;
      if (shared) evaluation.solver.writeCell(evaluation, "", cellKey("", 0, cellName(made)), given);
      else listed = join(listed, given);
    }
  return isEmpty(listed) ? result : store(result, redactedField, listed);
}

/** What a logger writes of an argument. */
export function redacted(evaluation: Evaluation, { self }: CallSite, index: number, data: Shape): Shape {
  if (!self) return data;
  const listed = listedFor(evaluation.solver, self, index);
  if (isEmpty(listed)) return data;
  let left = data;
  for (const { atom } of listed.atoms.values())
    if (atom.kind === "constant") left = withoutPath(evaluation.solver, left, keysOf(atom.value));
  return left;
}

/** The paths that a logger leaves out of an argument: its own, and those of the package that made it. */
function listedFor(solver: Solver, logger: Shape, index: number): Shape {
  let listed = empty;
  for (const { atom } of logger.atoms.values()) {
    if (atom.kind !== "api") continue;
    const rows = withTypes(atom.node).flatMap(({ redactions }) => redactions);
    const some = rows.filter(({ of: [first] }) => first?.word === "Argument" && includesIndex(first, index));
    if (some.length === 0) continue;
    listed = join(listed, logger.fields?.get(redactedField) ?? empty);
    if (some.some(({ shared }) => shared)) listed = join(listed, solver.moduleCell("", cellName(atom.node)));
  }
  return listed;
}

function cellName({ library }: ApiNode): string {
  return `#redacted ${library}`;
}

/** `user.email`, `*.email`, `headers["x-token"]`, `list[*].email`. */
function keysOf(path: string): readonly string[] {
  return path.split(/[.[\]"']+/).filter(Boolean);
}

export function withoutPath(
  solver: Solver,
  shape: Shape,
  [key, ...rest]: readonly string[],
  depth = 0,
): Shape {
  if (key === undefined || depth > deepest) return rest.length === 0 ? empty : shape;
  const inner = (part: Shape) => (rest.length === 0 ? empty : withoutPath(solver, part, rest, depth + 1));
  if (isJsonText(shape)) return shape;
  // One of a list's elements is not told from the others.
  if (isIndex(key) && shape.fields?.has("*")) return shape;
  if (key !== "*") return store(shape, key, inner(loadPath(solver, shape, [key])));
  const fields = new Map<string, Shape>();
  for (const [name, value] of shape.fields ?? [])
    fields.set(name, name.startsWith("@@") ? value : inner(value));
  return withFields({ atoms: shape.atoms, fields: undefined }, withMembers(solver, shape, fields, inner));
}

/** The members of a declared type that are no fields of the tree yet. */
function withMembers(
  solver: Solver,
  shape: Shape,
  fields: Map<string, Shape>,
  inner: (part: Shape) => Shape,
): ReadonlyMap<string, Shape> {
  for (const { atom } of shape.atoms.values()) {
    if (atom.kind !== "type") continue;
    for (const [name] of solver.program.membersOf(atom.type.file, atom.type.type) ?? [])
      if (!fields.has(name)) fields.set(name, inner(loadPath(solver, shape, [name])));
  }
  return fields;
}
