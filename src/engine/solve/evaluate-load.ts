import { limits } from "../base/limits.ts";
import type { Span } from "../base/location.ts";
import type { Value } from "../extract/index.ts";
import type { LocatedType } from "../link/index.ts";
import { type ApiNode, memberNodes, sinkMembers } from "./api-node.ts";
import { type Atom, openAtom } from "./atom.ts";
import { builtinType } from "./builtin-call.ts";
import { expressionOf, ownerPath, shapeAt } from "./evaluation.ts";
import { isExact } from "./exact-type.ts";
import type { SourceSite } from "./flow.ts";
import { globalMember } from "./global-members.ts";
import { fromCradle } from "./injection.ts";
import { isCharacter } from "./is-text.ts";
import { elementKey, isSort, noTextKey, primitiveKey, rowField, underKey } from "./key-words.ts";
import { isListName } from "./list-names.ts";
import { isMeasure } from "./measures.ts";
import { methodsBeside } from "./methods-beside.ts";
import { memberDataType } from "./modelled-sources.ts";
import { declaredAs, type LoadContext, namedSource, wordsOf } from "./named-source.ts";
import { withReadFrom } from "./rows.ts";
import { withSetting } from "./settings.ts";
import {
  derivePlain,
  empty,
  flatten,
  type Held,
  isFunction,
  join,
  joinAll,
  load,
  ofAtom,
  type Shape,
  shapeOf,
  store,
} from "./shape.ts";
import { heldField, sharedField } from "./shared-fields.ts";
import type { Evaluation, Solver } from "./solver.ts";
import { sourceOf } from "./source-shape.ts";
import { ownConstants, ownSources } from "./told-sources.ts";
import { apiShape, declaredAtom, shapeOfType, typeName } from "./type-shape.ts";

/** `object.key`: the field in the tree, or what the value's atoms say of it, or what its name says. */
export function evaluateLoad(evaluation: Evaluation, value: Extract<Value, { op: "load" }>): Shape {
  const object = shapeAt(evaluation, value.object);
  if (isCharacter(evaluation, value.object, object, value.key)) return empty;
  const context = loadContext(evaluation, value.object, value.key, value.keySpan);
  const loaded = join(
    loadField(evaluation.solver, object, value.key, context),
    fromCradle(evaluation, value),
  );
  return withSetting(evaluation.solver, value.key, loaded, context.site);
}

/** Most loads say nothing, so the words are looked for when they are asked for. */
function loadContext(evaluation: Evaluation, object: number, key: string, span: Span): LoadContext {
  return {
    site: { file: evaluation.node.file, start: span.start, end: span.end },
    get expression() {
      return `${expressionOf(evaluation, object)}.${key}`;
    },
    get owner() {
      return ownerPath(evaluation, object);
    },
    has: (other) =>
      evaluation.values.some((each) => each.op === "load" && each.object === object && each.key === other),
  };
}

function loadField(solver: Solver, object: Shape, key: string, context: LoadContext): Shape {
  if (object.fields?.has(key) || key.startsWith("@@"))
    return withReadFrom(
      solver,
      object,
      joinAll([load(object, key), sharedField(solver, object, key), methodsBeside(solver, object, key)]),
    );
  const column = columnOf(solver, object, key);
  if (column) return column;
  if (writtenOut.has(key) && builtinType(object) === "URL") return flatten(object);
  const known = load(object, key, (held, name) => deriveField(solver, held, name, context));
  if (isMeasure(object, key) && !isFunction(known)) return empty;
  const loaded = joinAll([known, sharedField(solver, object, key), heldField(solver, object, key)]);
  return withReadFrom(solver, object, join(loaded, namedSource(solver, object, loaded, key, context)));
}

/** A column of a table: `users.email`. */
function columnOf(solver: Solver, table: Shape, key: string): Shape | undefined {
  const row = table.fields?.get(rowField);
  return row && hasMember(solver, row, key)
    ? store(empty, rowField, loadPath(solver, row, [key]))
    : undefined;
}

function hasMember({ program }: Solver, row: Shape, key: string): boolean {
  for (const { atom } of row.atoms.values())
    if (atom.kind === "type" && program.membersOf(atom.type.file, atom.type.type)?.has(key)) return true;
  return false;
}

/** Properties of an address that write its parameters too. */
const writtenOut = new Set(["href", "search"]);

/** Field by field, for paths that are not written in the code at hand (a caller's value at a callee's in-port). */
export function loadPath(solver: Solver, shape: Shape, path: readonly string[]): Shape {
  return path.reduce((at, key) => {
    const part = joinAll([
      load(at, key, (held, name) => deriveField(solver, held, name, undefined)),
      sharedField(solver, at, key, true),
      at.fields?.has(key) ? empty : heldField(solver, at, key),
      methodsBeside(solver, at, key),
    ]);
    return withReadFrom(solver, at, part);
  }, shape);
}

/** What an atom says of a field, when that takes more than the atom itself. */
export function deriveField(
  solver: Solver,
  held: Held,
  given: string,
  context: LoadContext | undefined,
): Shape {
  const { atom } = held;
  if (given === primitiveKey) return derivePrimitive(solver, held);
  if (isSort(given)) return deriveSort(solver, held, given);
  const key = (given === elementKey || given === underKey) && atom.kind !== "sym" ? "*" : given;
  switch (atom.kind) {
    case "type":
      return context ? typedField(solver, atom, key, context) : knownField(solver, atom, key);
    case "instance":
      return instanceMember(solver, atom.id, key, atom.exact);
    case "class":
      return solver.staticField(atom.id, key);
    case "api": {
      const nodes = memberNodes(atom.node, key);
      if (nodes.length === 0 && key === "*" && given !== elementKey) {
        // `console[level](…)`: some member, so one of those that sink.
        const some = sinkMembers(atom.node);
        if (some.length > 0) return joinAll(some.map((node) => apiShape(node, true)));
      }
      const known =
        nodes.length > 0
          ? joinAll(nodes.map((node) => apiShape(node, atom.guessed)))
          : ofAtom(unmodelledMember(solver, atom.node, key));
      if (!context) return known;
      const told = ownSources(
        nodes.flatMap((node) => node.sources),
        context.site,
        context.expression,
      );
      return joinAll([known, told, ownConstants(nodes, context.site)]);
    }
    case "library":
      return ofAtom({
        ...atom,
        key: `l ${atom.library} ${atom.path}.${key}`.slice(0, 120),
        path: `${atom.path}.${key}`.slice(0, 100),
      });
    case "global":
      return globalMember(solver, atom.path, key);
    case "namespace":
      return solver.namespaceField(atom.file, key);
    case "sym":
      if (!atom.deep && atom.path.length >= limits.pathDepth) solver.countLimit("pathDepth");
      return derivePlain(held, key);
    default:
      return derivePlain(held, key);
  }
}

/** A package's member that its model does not name: a built-in may know it, as it does `util.inherits`. */
function unmodelledMember(solver: Solver, node: ApiNode, key: string): Atom {
  const { library } = node;
  if (node.own || solver.graph.library(library) !== node) return openAtom;
  return { kind: "library", key: `l ${library} ${key}`, library, path: key };
}

/** Of a type without members, values are no objects. */
function derivePrimitive({ program }: Solver, held: Held): Shape {
  const { atom } = held;
  const isPlain = atom.kind === "type" && !program.membersOf(atom.type.file, atom.type.type);
  return isPlain ? shapeOf(held) : derivePlain(held, primitiveKey);
}

/** What is always a text, or a text or a number, is no object; not so where a limit folded one, nor of a list of texts. */
function deriveSort({ catalog }: Solver, held: Held, key: string): Shape {
  const { atom, trail } = held;
  if (atom.kind === "sym") return derivePlain(held, key);
  if (atom.kind !== "source" || atom.record || trail?.folded) return shapeOf(held);
  const { dataType, expression } = atom.source;
  const holds = catalog.dataTypes.find(({ id }) => id === dataType)?.holds ?? [];
  const isOther = key === noTextKey ? holds.length > 0 : holds.includes("record") || holds.includes("date");
  return isOther || isListName(expression) ? shapeOf(held) : empty;
}

/** A member of an object of a class, and what models of the user's own classes say of it. */
function instanceMember(solver: Solver, id: number, key: string, exact: boolean): Shape {
  const field = solver.instanceField(id, key, exact);
  const { file, facts } = solver.classOf(id);
  const modelled = solver.declared.instance(file, facts.name).flatMap((node) => memberNodes(node, key));
  return modelled.length === 0 ? field : joinAll([field, ...modelled.map((node) => apiShape(node, false))]);
}

function knownField(solver: Solver, atom: Extract<Atom, { kind: "type" }>, key: string): Shape {
  let fields = solver.typeFields.get(atom);
  if (!fields) {
    fields = new Map();
    solver.typeFields.set(atom, fields);
  }
  let field = fields.get(key);
  if (!field) {
    field = typedField(solver, atom, key, undefined);
    fields.set(key, field);
  }
  return field;
}

/** A member of a declared type: personal data when its name in that type says so; then what its own type says. */
function typedField(
  solver: Solver,
  atom: Extract<Atom, { kind: "type" }>,
  key: string,
  context: LoadContext | undefined,
): Shape {
  const member = solver.program.memberType(atom.type.file, atom.type.type, key);
  const unless = atom.unless && { root: atom.unless.root, path: [...atom.unless.path, key] };
  if (!member) return isClosed(solver, atom.type) || unless ? empty : ofAtom(openAtom);
  if (member.type.kind === "function") return ofAtom(declaredAtom(member, { type: atom.type, member: key }));
  const owner = typeName(atom.type.type) || atom.owner;
  const site = context?.site ?? atom.site;
  const expression = context?.expression ?? `${atom.owner}.${key}`;
  const path = [...atom.owner.split(".").slice(-2), key].filter(Boolean).join(".");
  const nested = shapeOfType(solver, member, { owner: path, site, unless, depth: atom.depth + 1 });
  const told = member.tag ?? memberDataType(solver, atom.type, key);
  const found = told
    ? { dataType: told, confidence: "high" as const, personal: 0 }
    : memberClass(solver, atom.type, member, member.called ?? key, owner);
  if (!found) return nested === empty && member.type.kind === "other" && !unless ? ofAtom(openAtom) : nested;
  const because = member.tag
    ? `\`${key}\` is marked @pii ${member.tag}`
    : told
      ? `\`${key}\` of \`${owner}\` is declared as ${told} by a model`
      : wordsOf(key, owner, found.personal);
  const residency = member.residency ?? atom.type.residency;
  const source: SourceSite = {
    site,
    expression,
    because,
    dataType: found.dataType,
    confidence: found.confidence,
    ...(residency === undefined ? {} : { residency }),
  };
  return join(sourceOf(source, false, unless), nested);
}

/** Whether a type names all that its values have. A row may bring along others, which its schema does not: relations, methods. */
function isClosed({ program }: Solver, { file, type }: LocatedType): boolean {
  if (type.kind === "object" && type.label !== undefined) return isExact(type);
  return program.membersOf(file, type) !== undefined;
}

/** Members that are personal by their names alone, from which on a type is taken for a person's. */
const company = 2;

/** What a member's name says of it, among the others of its type: `name` beside an `email` and a `phone` is a person's. */
function memberClass(solver: Solver, type: LocatedType, member: LocatedType, key: string, owner: string) {
  const { classifier, program } = solver;
  const members = program.membersOf(type.file, type.type);
  const personal = members ? classifier.countPersonal(members) : 0;
  const declared = declaredAs(solver, member);
  const found =
    classifier.field(key, owner, declared, personal >= company) ??
    classifier.beside(key, (other) => members?.has(other) === true, declared);
  if (!found) return undefined;
  return { ...found, personal: personal >= company ? personal : 0 };
}
