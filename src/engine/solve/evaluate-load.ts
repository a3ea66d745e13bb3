import { globalScope, isGlobalObject } from "../base/global-object.ts";
import { limits } from "../base/limits.ts";
import type { Span } from "../base/location.ts";
import type { TypeRef, Value } from "../extract/index.ts";
import type { LocatedType } from "../link/index.ts";
import { type ApiNode, memberNodes } from "./api-node.ts";
import { type Atom, openAtom, type Port, sourceAtom } from "./atom.ts";
import { builtinType } from "./builtin-call.ts";
import type { Classified } from "./classify-name.ts";
import { expressionOf, ownerPath, shapeAt } from "./evaluation.ts";
import type { Site, SourceSite } from "./flow.ts";
import { fromCradle } from "./injection.ts";
import { isCharacter } from "./is-text.ts";
import { isMeasure } from "./measures.ts";
import { memberDataType } from "./modelled-sources.ts";
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
} from "./shape.ts";
import type { Evaluation, Solver } from "./solver.ts";
import { sourceOf } from "./source-shape.ts";
import { ownSources } from "./told-sources.ts";
import { apiShape, declaredAtom, plainType, shapeOfType, typeName } from "./type-shape.ts";
import { withSetting } from "./vendor-settings.ts";

/** What a load may have to say in words. */
export interface LoadContext {
  readonly site: Site;
  readonly expression: string;
  /** The names of what the field belongs to, the nearest last. */
  readonly owner: string;
  /** Whether another field of the same value is read under this name. */
  readonly has: (key: string) => boolean;
}

/** `object.key`: the field in the tree, or what the value's atoms say of it, or what its name says. */
export function evaluateLoad(evaluation: Evaluation, value: Extract<Value, { op: "load" }>): Shape {
  const object = shapeAt(evaluation, value.object);
  if (isCharacter(evaluation, value.object, object, value.key)) return empty;
  const context = loadContext(evaluation, value.object, value.key, value.keySpan);
  const loaded = join(
    loadField(evaluation.solver, object, value.key, context),
    fromCradle(evaluation, value),
  );
  return withSetting(evaluation.solver, value.key, loaded);
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
    return join(load(object, key), sharedField(solver, object, key));
  if (writtenOut.has(key) && builtinType(object) === "URL") return flatten(object);
  const known = load(object, key, (held, name) => deriveField(solver, held, name, context));
  if (isMeasure(object, key) && !isFunction(known)) return empty;
  const loaded = join(known, sharedField(solver, object, key));
  return join(loaded, namedSource(solver, object, loaded, key, context));
}

/** Properties of an address that write its parameters too. */
const writtenOut = new Set(["href", "search"]);

/** Field by field, for paths that are not written in the code at hand (a caller's value at a callee's in-port). */
export function loadPath(solver: Solver, shape: Shape, path: readonly string[]): Shape {
  return path.reduce(
    (at, key) =>
      join(
        load(at, key, (held, name) => deriveField(solver, held, name, undefined)),
        sharedField(solver, at, key, true),
      ),
    shape,
  );
}

/**
 * What methods put into a field of their object, whichever object that is: of an object that many reach, in any order; of
 * one that only the caller knows, unless the caller knows better.
 */
function sharedField(solver: Solver, object: Shape, key: string, onlyShared = false): Shape {
  let unless: Port | undefined;
  let result = empty;
  for (const { atom } of object.atoms.values())
    if (atom.kind === "sym" && !atom.deep) unless ??= { root: atom.root, path: [...atom.path, key] };
  for (const { atom } of object.atoms.values()) {
    if (atom.kind === "class") result = join(result, solver.sharedField(atom.id, `static ${key}`));
    if (atom.kind !== "instance") continue;
    if (atom.shared) result = join(result, solver.sharedField(atom.id, key));
    else if (!onlyShared && !atom.exact && unless)
      result = join(result, conditionOn(solver.sharedField(atom.id, key), unless));
  }
  return result;
}

/** Of what is known, the data holds only where the caller's value is not known to be something else. */
function conditionOn(shape: Shape, unless: Port): Shape {
  if (shape === empty) return shape;
  const atoms = new Map<string, Held>();
  for (const [key, held] of shape.atoms) {
    const { atom } = held;
    if (atom.kind !== "source") atoms.set(key, held);
    else {
      const conditional = sourceAtom(atom.source, atom.record, unless, atom.safe);
      atoms.set(conditional.key, { ...held, atom: conditional });
    }
  }
  if (!shape.fields) return { atoms, fields: undefined };
  const fields = [...shape.fields].map(
    ([key, field]) => [key, conditionOn(field, { root: unless.root, path: [...unless.path, key] })] as const,
  );
  return { atoms, fields: new Map(fields) };
}

/** What an atom says of a field, when that takes more than the atom itself. */
export function deriveField(
  solver: Solver,
  held: Held,
  key: string,
  context: LoadContext | undefined,
): Shape {
  const { atom } = held;
  switch (atom.kind) {
    case "type":
      return context ? typedField(solver, atom, key, context) : knownField(solver, atom, key);
    case "instance":
      return instanceMember(solver, atom.id, key, atom.exact);
    case "class":
      return solver.staticField(atom.id, key);
    case "api": {
      const nodes = memberNodes(atom.node, key);
      const known =
        nodes.length > 0
          ? joinAll(nodes.map((node) => apiShape(node, atom.guessed)))
          : ofAtom(unmodelledMember(solver, atom.node, key));
      if (!context) return known;
      return join(
        known,
        ownSources(
          nodes.flatMap((node) => node.sources),
          context.site,
          context.expression,
        ),
      );
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

/** What models say of a global variable. */
export function globalModel(solver: Solver, variable: string): Shape {
  const node = solver.graph.global(variable);
  return node ? apiShape(node, false) : empty;
}

/** `window.analytics` is the variable `analytics` of all files. */
function globalMember(solver: Solver, path: string, key: string): Shape {
  const name = ofAtom({
    kind: "global",
    key: `g ${path}.${key}`.slice(0, 120),
    path: `${path}.${key}`.slice(0, 100),
  });
  return isGlobalObject(path)
    ? joinAll([name, solver.moduleCell(globalScope, key), globalModel(solver, key)])
    : name;
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
  if (!member)
    return solver.program.membersOf(atom.type.file, atom.type.type) || unless ? empty : ofAtom(openAtom);
  if (member.type.kind === "function") return ofAtom(declaredAtom(member, { type: atom.type, member: key }));
  const owner = typeName(atom.type.type) || atom.owner;
  const site = context?.site ?? atom.site;
  const expression = context?.expression ?? `${atom.owner}.${key}`;
  const path = [...atom.owner.split(".").slice(-2), key].filter(Boolean).join(".");
  const nested = shapeOfType(solver, member, { owner: path, site, unless, depth: atom.depth + 1 });
  const told = member.tag ?? memberDataType(solver, atom.type, key);
  const found = told
    ? { dataType: told, confidence: "high" as const, personal: 0 }
    : memberClass(solver, atom.type, member, key, owner);
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

/** Why a field is taken for personal data. */
function wordsOf(key: string, path: string, personal = 0): string {
  const owner = path.split(".").at(-1) ?? "";
  if (owner === "")
    return personal > 0 ? `\`${key}\`, one of ${personal} personal fields` : `named \`${key}\``;
  return `\`${key}\` of \`${owner}\`${personal > 0 ? `, which has ${personal} personal fields` : ""}`;
}

/** What a type's values hold: with its aliases followed, and for an interface or an enum what it declares. */
function declaredAs(solver: Solver, { file, type }: LocatedType): TypeRef {
  const plain = plainType(solver, { file, type });
  if (plain.kind !== "name" || plain.args.length > 0) return plain;
  const target = solver.program.typeTarget(file, plain);
  return target.kind === "declaration" ? target.declaration.type : plain;
}

/** A name alone speaks only where nothing better is known: the object is open, and no declared type has this field. */
function namedSource(solver: Solver, object: Shape, loaded: Shape, key: string, context: LoadContext): Shape {
  const condition = openness(solver, object, key);
  if (!condition) return empty;
  const unless = condition === "open" ? undefined : condition;
  const found =
    solver.classifier.field(key, context.owner, undefined) ??
    solver.classifier.beside(key, context.has, undefined);
  if (found) {
    if (hasSource(loaded, found.dataType)) return empty;
    const because = wordsOf(key, context.owner);
    return sourceOf({ site: context.site, expression: context.expression, because, ...found }, false, unless);
  }
  const record = solver.classifier.record(key, context.owner);
  if (!record) return guessedMember(solver, loaded, key, context, unless);
  return hasRecord(loaded) ? empty : recordSource(context.site, context.expression, key, record, unless);
}

/** `req.ip`: what a thing is called says what it is taken for, and so what its member is. */
function guessedMember(
  solver: Solver,
  loaded: Shape,
  key: string,
  { owner, site, expression }: LoadContext,
  unless: Port | undefined,
): Shape {
  if (!solver.graph.receiverKeys.has(key)) return empty;
  const type = solver.graph.receiver(owner.split(".").at(-1) ?? "");
  const rows = type ? memberNodes(type, key).flatMap((node) => node.sources) : [];
  const unknown = rows.filter(({ dataType }) => !hasSource(loaded, dataType));
  return ownSources(unknown, site, expression, unless, true);
}

function recordSource(
  site: Site,
  expression: string,
  name: string,
  record: Classified,
  unless: Port | undefined,
): Shape {
  const source: SourceSite = {
    site,
    expression,
    ...record,
    because: `\`${name}\` stands for a person, and nothing more is known of its fields`,
  };
  return sourceOf(source, true, unless);
}

function hasSource(shape: Shape, dataType: string): boolean {
  for (const { atom } of shape.atoms.values())
    if (atom.kind === "source" && atom.source.dataType === dataType) return true;
  return false;
}

/** Whether the fields of a value are known some other way, so that a record of unknown shape adds nothing. */
function hasRecord(shape: Shape): boolean {
  if (shape.fields) return true;
  for (const { atom } of shape.atoms.values()) {
    if (
      atom.kind === "type" ||
      atom.kind === "function" ||
      atom.kind === "declared" ||
      atom.kind === "class" ||
      atom.kind === "instance" ||
      atom.kind === "builtin" ||
      atom.kind === "api"
    )
      return true;
    if (atom.kind === "source" && atom.record) return true;
  }
  return false;
}

/** Whether names may speak for a field of this value: not at all, always, or unless the caller's value says otherwise. */
function openness(solver: Solver, object: Shape, key: string): "open" | Port | undefined {
  let condition: Port | undefined;
  for (const { atom } of object.atoms.values()) {
    if (atom.kind === "open" || atom.kind === "library") return "open";
    if (atom.kind === "api") return "open";
    if (atom.kind === "type" && solver.program.memberType(atom.type.file, atom.type.type, key))
      return undefined;
    if (atom.kind === "sym" && !atom.deep) condition ??= { root: atom.root, path: [...atom.path, key] };
  }
  return condition;
}

/** A parameter or an opaque local by its own name. */
export function variableSource(
  solver: Solver,
  name: string,
  declared: TypeRef | undefined,
  site: Site,
  unless: Port | undefined,
  isBeside: (other: string) => boolean = () => false,
): Shape {
  if (!name) return empty;
  const type = declared && declaredAs(solver, { file: site.file, type: declared });
  const found = solver.classifier.field(name, "", type) ?? solver.classifier.beside(name, isBeside, type);
  if (found)
    return sourceOf({ site, expression: name, because: `named \`${name}\``, ...found }, false, unless);
  const undeclared =
    !declared || (declared.kind === "keyword" && (declared.name === "any" || declared.name === "unknown"));
  if (!undeclared) return empty;
  const record = solver.classifier.record(name, "");
  if (record) return recordSource(site, name, name, record, unless);
  return ownSources(solver.graph.receiver(name)?.sources ?? [], site, name, unless, true);
}
