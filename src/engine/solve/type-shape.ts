import type { FileId } from "../base/location.ts";
import type { TypeMember, TypeRef } from "../extract/index.ts";
import type { LocatedType, TypeTarget } from "../link/index.ts";
import { type ApiNode, withTypes } from "./api-node.ts";
import { type Atom, builtinAtom, fieldsAtom, instanceAtom, openAtom, sourceAtom } from "./atom.ts";
import { typeNames } from "./builtin-maps.ts";
import { isExact } from "./exact-type.ts";
import type { Site } from "./flow.ts";
import { keysField, valuesField } from "./key-words.ts";
import { type Port, portKey } from "./port.ts";
import { empty, join, joinAll, ofAtom, type Shape, store } from "./shape.ts";
import type { Solver } from "./solver.ts";
import { ownSources } from "./told-sources.ts";

const wrappers = new Set([
  "Exclude",
  "Extract",
  "NoInfer",
  "Promise",
  "Readonly",
  "Awaited",
  "NonNullable",
  "PromiseLike",
  "Partial",
  "Required",
  "Ref",
]);
const collections = new Set([
  "Array",
  "ReadonlyArray",
  "Set",
  "ReadonlySet",
  "Iterable",
  "AsyncIterable",
  "AsyncGenerator",
  "Generator",
]);

/** How a declared type stands where it stands: the variable it types, and the in-port whose value overrides it. */
export interface TypeContext {
  readonly owner: string;
  readonly site: Site;
  readonly unless: Port | undefined;
  readonly depth: number;
}

/** What a declared type says of a value: the fields it will have, the class or library type it is. */
export function shapeOfType(solver: Solver, located: LocatedType, context: TypeContext): Shape {
  const { file, type } = located;
  switch (type.kind) {
    case "array":
      return elementShape(solver, file, type.of, context);
    case "tuple":
      return joinAll(type.of.map((each) => elementShape(solver, file, each, context)));
    case "union":
    case "intersection":
      return joinAll(type.of.map((each) => shapeOfType(solver, { file, type: each }, context)));
    case "object":
      return ofAtom(typeAtom(located, context));
    case "function":
      return ofAtom(declaredAtom(located, undefined));
    case "name":
      return shapeOfName(solver, located, type, context);
    case "indexed":
    case "typeof":
      return shapeOfExpanded(solver, located, context);
    default:
      return empty;
  }
}

/** Aliases and operators may lead to themselves. */
const deepestExpansion = 6;

function shapeOfExpanded(solver: Solver, { file, type }: LocatedType, context: TypeContext): Shape {
  const expanded = context.depth < deepestExpansion ? solver.program.expandType(file, type) : undefined;
  return expanded ? shapeOfType(solver, expanded, { ...context, depth: context.depth + 1 }) : empty;
}

function elementShape(solver: Solver, file: FileId, of: TypeRef, context: TypeContext): Shape {
  const unless = context.unless && { root: context.unless.root, path: [...context.unless.path, "*"] };
  const element = shapeOfType(solver, { file, type: of }, { ...context, unless });
  return element === empty ? empty : store(empty, "*", element);
}

function shapeOfName(solver: Solver, located: LocatedType, type: NamedType, context: TypeContext): Shape {
  const { file } = located;
  const { name, args } = type;
  const first = args[0];
  if (first && wrappers.has(name) && first.kind !== "object")
    return shapeOfType(solver, { file, type: first }, context);
  if (first && collections.has(name))
    return join(builtinShape(name), elementShape(solver, file, first, context));
  const last = args.at(-1);
  if (last && isOpenRecord(solver, file, type)) return elementShape(solver, file, last, context);
  const target = solver.program.typeTarget(file, type);
  if (target.kind === "unknown" && Object.hasOwn(typeNames, name))
    return join(builtinShape(name), keyedShape(solver, file, args, context));
  const node = modelledType(solver, target);
  if (node) return shapeOfNode(solver, file, args, node, context);
  if (target.kind === "library") {
    const made = shapeOfExpanded(solver, located, context);
    return made === empty ? recordShape(solver, name, context) : made;
  }
  if (target.kind === "class") {
    const instance: Atom = instanceAtom(target.node.id, false);
    return join(ofAtom(instance), ofAtom(typeAtom(located, context)));
  }
  if (target.kind === "declaration") {
    const { declaration } = target;
    if (declaration.kind === "enum") return empty;
    const modelled = solver.declared.instance(target.file, declaration.name);
    if (modelled.length > 0)
      return joinAll([ofAtom(typeAtom(located, context)), ...modelled.map((node) => apiShape(node, false))]);
    const hasMembers = isRecord(declaration.type) || isSchemaRecord(solver, target.file, declaration.type);
    return hasMembers
      ? join(ofAtom(typeAtom(located, context)), inheritedShape(solver, target, { file, args }, context))
      : shapeOfExpanded(solver, located, context);
  }
  const expanded = shapeOfExpanded(solver, located, context);
  if (expanded !== empty) return expanded;
  return solver.program.membersOf(file, type)
    ? ofAtom(typeAtom(located, context))
    : recordShape(solver, name, context);
}

function isRecord(type: TypeRef): boolean {
  return type.kind === "object" || type.kind === "intersection";
}

/** `type User = z.infer<typeof userSchema>` is a `User`, as if its members were written there. */
function isSchemaRecord(solver: Solver, file: FileId, type: TypeRef): boolean {
  if (type.kind !== "name" || solver.program.typeTarget(file, type).kind !== "library") return false;
  const made = solver.program.expandType(file, type);
  return made !== undefined && isRecord(made.type);
}

/** What models know of a library's type, or of one that is declared nowhere, as those of the platform are. */
function modelledType(solver: Solver, target: TypeTarget): ApiNode | undefined {
  if (target.kind === "library") return solver.graph.type(target.library, target.name);
  return target.kind === "unknown" ? solver.graph.ambient(target.name) : undefined;
}

/** A value of a library's type; its type arguments tell what some of its members are. */
export function shapeOfNode(
  solver: Solver,
  file: FileId,
  args: readonly TypeRef[],
  node: ApiNode,
  context: TypeContext,
): Shape {
  const shape = typedValue(node, context.site, context.owner, context.unless);
  return args.length === 0 ? shape : join(shape, typeArgumentsOf(solver, file, args, node, context));
}

/** What the type arguments of a library's type, or of the call that gave its value, tell of some of its members. */
export function typeArgumentsOf(
  solver: Solver,
  file: FileId,
  args: readonly TypeRef[],
  node: ApiNode,
  context: TypeContext,
): Shape {
  let shape = empty;
  for (const { keys, index, member } of withTypes(node).flatMap((each) => each.typeArguments)) {
    const given = args[index] && { file, type: args[index] };
    const type = given && member ? solver.program.memberType(file, given.type, member) : given;
    if (!type) continue;
    const { unless } = context;
    const made = shapeOfType(solver, type, {
      ...context,
      owner: [context.owner, ...keys.filter((key) => !key.startsWith("@@"))].join("."),
      unless: unless && { root: unless.root, path: [...unless.path, ...keys] },
      depth: context.depth + 1,
    });
    if (made !== empty)
      shape = join(
        shape,
        keys.reduceRight((inner, key) => store(empty, key, inner), made),
      );
  }
  return shape;
}

/** What libraries' types bring into a declared one: `interface Signed extends Request`, `Request & { user: User }`. */
function inheritedShape(
  solver: Solver,
  { file, declaration }: Extract<TypeTarget, { kind: "declaration" }>,
  given: { readonly file: FileId; readonly args: readonly TypeRef[] },
  context: TypeContext,
): Shape {
  if (context.depth > deepestExpansion) return empty;
  const parts = declaration.type.kind === "intersection" ? declaration.type.of : [];
  const { typeParams } = declaration;
  return joinAll(
    [...declaration.extends, ...parts].map((part) => {
      const each = solver.program.bindType(part, typeParams, given.args, given.file);
      const type =
        each.kind === "name" && (each.name === "Omit" || wrappers.has(each.name)) ? each.args[0] : each;
      if (type?.kind !== "name") return empty;
      const target = solver.program.typeTarget(file, type);
      if (target.kind === "declaration")
        return inheritedShape(
          solver,
          target,
          { file, args: type.args },
          { ...context, depth: context.depth + 1 },
        );
      const node = modelledType(solver, target);
      return node ? shapeOfNode(solver, file, type.args, node, context) : empty;
    }),
  );
}

function builtinShape(name: string): Shape {
  const type = Object.hasOwn(typeNames, name) ? typeNames[name] : undefined;
  return type === undefined ? empty : ofAtom(builtinAtom(type));
}

/** The keys and values of a declared map. */
function keyedShape(solver: Solver, file: FileId, args: readonly TypeRef[], context: TypeContext): Shape {
  const part = (type: TypeRef | undefined, path: readonly string[]): Shape => {
    const unless = context.unless && {
      root: context.unless.root,
      path: [...context.unless.path, ...path],
    };
    return type ? shapeOfType(solver, { file, type }, { ...context, unless }) : empty;
  };
  const keys = part(args[0], [keysField]);
  const values = part(args[1], [valuesField, "*"]);
  const shape = keys === empty ? empty : store(empty, keysField, keys);
  return values === empty ? shape : store(shape, valuesField, store(empty, "*", values));
}

type NamedType = Extract<TypeRef, { kind: "name" }>;

/** A record whose keys the type does not list. */
function isOpenRecord(solver: Solver, file: FileId, { name, args }: NamedType): boolean {
  return name === "Record" && args[0] !== undefined && !solver.program.keysOf(file, args[0]);
}

/** A type that nothing is known of but a name that stands for a person. */
function recordShape(solver: Solver, name: string, context: TypeContext): Shape {
  const open = ofAtom(openAtom);
  const found = solver.classifier.record(name, "");
  if (!found) return context.unless ? empty : open;
  const source = sourceAtom(
    {
      site: context.site,
      ...found,
      expression: context.owner,
      because: `\`${context.owner}\` is a \`${name}\``,
    },
    true,
    context.unless,
  );
  return context.unless ? ofAtom(source) : join(open, ofAtom(source));
}

export function typeAtom(type: LocatedType, context: TypeContext): Atom {
  const condition = context.unless ? ` ?${portKey(context.unless)}` : "";
  // Where it was declared takes no part: the same type from several places says the same of a value.
  const key = `t ${type.file} ${typeKey(type.type)}${condition}`;
  return {
    kind: "type",
    key,
    type,
    owner: context.owner,
    site: context.site,
    depth: context.depth,
    unless: context.unless,
  };
}

/** A function of a declared type. */
export function declaredAtom(
  type: LocatedType,
  of: { readonly type: LocatedType; readonly member: string } | undefined,
): Atom {
  const key = `e ${type.file} ${of ? `${typeKey(of.type.type)}.${of.member}` : typeKey(type.type)}`;
  return { kind: "declared", key, type, of };
}

/** One declaration has different members for different type arguments. */
function memberKey({ name, type }: TypeMember): string {
  const tells = type.kind === "name" || type.kind === "array" || isExact(type);
  return tells ? `${name}:${typeKey(type)}` : name;
}

function typeKey(type: TypeRef): string {
  if (type.kind === "name")
    return type.args.length === 0 ? type.name : `${type.name}<${type.args.map(typeKey).join()}>`;
  if (type.kind === "array") return `${typeKey(type.of)}[]`;
  if (type.kind === "function") return `(${type.params.map(typeKey).join()})=>${typeKey(type.returns)}`;
  if (type.kind === "object")
    return `{${type.members.map(memberKey).join()}@${type.members[0]?.span.start ?? 0}}`;
  return type.kind;
}

/** The type without its aliases and operators: what a value of it may hold. Names of interfaces and classes stay. */
export function plainType(solver: Solver, { file, type }: LocatedType, depth = 0): TypeRef {
  if (depth > deepestExpansion) return type;
  const inner = (each: TypeRef) => plainType(solver, { file, type: each }, depth + 1);
  if (type.kind === "union" || type.kind === "intersection") return { ...type, of: type.of.map(inner) };
  if (type.kind === "array") return { ...type, of: inner(type.of) };
  if (type.kind !== "name" && type.kind !== "typeof" && type.kind !== "indexed") return type;
  if (type.kind === "name" && type.args[0] && wrappers.has(type.name)) return inner(type.args[0]);
  const expanded = solver.program.expandType(file, type);
  return expanded ? plainType(solver, expanded, depth + 1) : type;
}

/** The name of a type, when it has one that a person would use for it. */
export function typeName(type: TypeRef): string {
  if (type.kind === "object") return type.label ?? "";
  if (type.kind !== "name") return "";
  const first = type.args[0];
  if (first && (wrappers.has(type.name) || type.name === "Pick" || type.name === "Omit"))
    return typeName(first);
  return type.name;
}

/** A value of a type that a model speaks of, at the place where it enters. */
function typedValue(node: ApiNode, site: Site, expression: string, unless?: Port): Shape {
  const rows = withTypes(node).flatMap((each) => each.sources);
  return join(apiShape(node, false), ownSources(rows, site, expression, unless));
}

export function apiShape(node: ApiNode, guessed: boolean): Shape {
  return joinAll(
    withTypes(node).flatMap((each) => {
      const own = ofAtom(apiAtom(each, guessed));
      return each.fields === undefined ? [own] : [own, ofAtom(fieldsAtom(each.fields))];
    }),
  );
}

function apiAtom(node: ApiNode, guessed: boolean): Atom {
  node.seen = true;
  return { kind: "api", key: `a ${node.id}${guessed ? "?" : ""}`, node, guessed };
}
