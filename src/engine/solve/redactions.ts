import { type ApiNode, includesIndex, withTypes } from "./api-node.ts";
import { writtenItems } from "./array-shape.ts";
import { textsOf } from "./builtin-call.ts";
import { loadPath } from "./evaluate-load.ts";
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
  for (const { list } of rows)
    for (const [, paths] of portValues(evaluation, site, list))
      if (textsOf(paths) || writtenItems(paths) || paths.fields?.has("*"))
        listed = join(listed, paths.fields ? load(paths, "*") : paths);
  return isEmpty(listed) ? result : store(result, redactedField, listed);
}

/** What a logger writes of an argument. */
export function redacted(evaluation: Evaluation, { self }: CallSite, index: number, data: Shape): Shape {
  const listed = self?.fields?.get(redactedField);
  if (!self || !listed || !isRedacted(self, index)) return data;
  let left = data;
  for (const { atom } of listed.atoms.values())
    if (atom.kind === "constant") left = withoutPath(evaluation.solver, left, keysOf(atom.value));
  return left;
}

function isRedacted(logger: Shape, index: number): boolean {
  for (const { atom } of logger.atoms.values()) {
    if (atom.kind !== "api") continue;
    const rows = withTypes(atom.node).flatMap(({ redactions }) => redactions);
    if (rows.some(({ of: [first] }) => first?.word === "Argument" && includesIndex(first, index)))
      return true;
  }
  return false;
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
