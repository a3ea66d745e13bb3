import type { TypeRef } from "../extract/index.ts";
import type { LocatedType } from "../link/index.ts";
import { memberNodes } from "./api-node.ts";
import type { Classified } from "./classify-name.ts";
import type { Site, SourceSite } from "./flow.ts";
import { partKeyed } from "./key-tests.ts";
import type { Port } from "./port.ts";
import { empty, type Shape } from "./shape.ts";
import type { Solver } from "./solver.ts";
import { sourceOf } from "./source-shape.ts";
import { ownSources } from "./told-sources.ts";
import { plainType } from "./type-shape.ts";

/** What a load may have to say in words. */
export interface LoadContext {
  readonly site: Site;
  readonly expression: string;
  /** The names of what the field belongs to, the nearest last. */
  readonly owner: string;
  /** Whether another field of the same value is read under this name. */
  readonly has: (key: string) => boolean;
}

/** A name alone speaks only where nothing better is known: the object is open, and no declared type has this field. */
export function namedSource(
  solver: Solver,
  object: Shape,
  loaded: Shape,
  key: string,
  context: LoadContext,
): Shape {
  const condition = openness(solver, object, key);
  if (!condition) return empty;
  const unless = condition === "open" ? undefined : condition;
  const found =
    solver.classifier.field(key, context.owner, undefined) ??
    (hasSource(loaded) ? undefined : solver.classifier.beside(key, context.has, undefined));
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

function hasSource(shape: Shape, dataType?: string): boolean {
  for (const { atom } of shape.atoms.values())
    if (atom.kind === "source" && (dataType ?? atom.source.dataType) === atom.source.dataType) return true;
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
  let condition: "open" | Port | undefined;
  for (const { atom } of object.atoms.values()) {
    if (atom.kind === "type" && solver.program.memberType(atom.type.file, atom.type.type, key))
      return undefined;
    if (atom.kind === "open" || atom.kind === "library" || atom.kind === "api") condition = "open";
    if (atom.kind === "sym" && !atom.deep && partKeyed(atom, key) !== "hidden")
      condition ??= { root: atom.root, path: [...atom.path, key] };
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

/** Why a field is taken for personal data. */
export function wordsOf(key: string, path: string, personal = 0): string {
  const owner = path.split(".").at(-1) ?? "";
  if (owner === "")
    return personal > 0 ? `\`${key}\`, one of ${personal} personal fields` : `named \`${key}\``;
  return `\`${key}\` of \`${owner}\`${personal > 0 ? `, which has ${personal} personal fields` : ""}`;
}

/** What a type's values hold: with its aliases followed, and for an interface or an enum what it declares. */
export function declaredAs(solver: Solver, { file, type }: LocatedType): TypeRef {
  const plain = plainType(solver, { file, type });
  if (plain.kind !== "name" || plain.args.length > 0) return plain;
  const target = solver.program.typeTarget(file, plain);
  return target.kind === "declaration" ? target.declaration.type : plain;
}
