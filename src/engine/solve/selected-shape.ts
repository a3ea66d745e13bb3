import type { TypeMember, TypeRef } from "../extract/index.ts";
import type { LocatedType } from "../link/index.ts";
import { openAtom } from "./atom.ts";
import { askedMember } from "./exact-type.ts";
import { type AskedField, operationsIn } from "./graphql-document.ts";
import { isListName } from "./list-names.ts";
import { memberDataType } from "./modelled-sources.ts";
import { empty, join, ofAtom, type Shape } from "./shape.ts";
import type { CallSite, Evaluation, Solver } from "./solver.ts";
import { elementType, innerType } from "./strip-type.ts";
import { shapeOfType, typeName } from "./type-shape.ts";

/**
 * What a server gives for documents of GraphQL: the fields that they ask for, and no others, whatever the type that the
 * call is written with has besides. Of a document that cannot be read, what that type says.
 */
export function selectedBy({ solver, node }: Evaluation, site: CallSite, documents: Shape): Shape {
  if (documents.atoms.size === 0) return empty;
  const [type] = site.typeArgs ?? [];
  const declared = type && { file: node.file, type };
  const texts = textsIn(documents);
  const asked = texts && operationsIn(texts);
  const context = { owner: "data", site: site.call, unless: undefined, depth: 0 };
  if (!asked) return join(ofAtom(openAtom), declared ? shapeOfType(solver, declared, context) : empty);
  const made = objectOf({ solver, site }, asked, declared && innerType(solver, declared), undefined);
  return shapeOfType(solver, { file: site.call.file, type: made }, context);
}

/** A document and its fragments; undefined where some part is not known. */
function textsIn(documents: Shape): readonly string[] | undefined {
  const texts: string[] = [];
  for (const { atom } of documents.atoms.values()) {
    if (atom.kind !== "constant") return undefined;
    texts.push(atom.value);
  }
  return texts;
}

interface Call {
  readonly solver: Solver;
  readonly site: CallSite;
}

/** The type of an object with the fields that are asked of it, as far as a declared one tells what they are. */
function objectOf(
  call: Call,
  asked: readonly AskedField[],
  declared: LocatedType | undefined,
  owner: string | undefined,
): TypeRef {
  const named = declared && typeName(declared.type);
  const label = named || asked.find(({ on }) => on !== undefined)?.on || owner;
  const members = asked.map((each) => memberOf(call, each, declared, owner));
  return { kind: "object", members, exact: true, ...(label !== undefined && { label }) };
}

function memberOf(
  call: Call,
  asked: AskedField,
  parent: LocatedType | undefined,
  owner: string | undefined,
): TypeMember {
  const { solver, site } = call;
  const declared = parent && solver.program.memberType(parent.file, parent.type, asked.key);
  const tag = parent && declared && (declared.tag ?? memberDataType(solver, parent, asked.key));
  const type = asked.fields ? partOf(call, asked, asked.fields, declared, owner) : leafOf(call, declared);
  const member = askedMember(asked.key, type, { ...declared, ...(tag !== undefined && { tag }) }, site.call);
  return asked.name === asked.key ? member : { ...member, called: asked.name };
}

function leafOf({ solver: { program } }: Call, declared: LocatedType | undefined): TypeRef {
  if (!declared) return { kind: "other" };
  return program.bindType({ kind: "name", name: "T", args: [] }, ["T"], [declared.type], declared.file);
}

function partOf(
  call: Call,
  { name }: AskedField,
  fields: readonly AskedField[],
  declared: LocatedType | undefined,
  owner: string | undefined,
): TypeRef {
  const inner = declared && innerType(call.solver, declared);
  const typed = inner && isUnknown(inner.type) ? undefined : inner;
  const element = typed && elementType(typed);
  const part = element ? innerType(call.solver, element) : typed;
  const of = objectOf(call, fields, part, connections.has(name) ? owner : pathTo(owner, name));
  const isPage = fields.some((each) => each.name === "edges" || each.name === "nodes");
  return element || (!typed && isListName(name) && !isPage) ? { kind: "array", of } : of;
}

/** The names that tell whose something is: `viewer.profile`. */
function pathTo(owner: string | undefined, name: string): string {
  return [...(owner?.split(".").slice(-2) ?? []), name].join(".");
}

/** What the connections of Relay put between a thing and its parts. */
const connections: ReadonlySet<string> = new Set(["edges", "node", "nodes"]);

function isUnknown(type: TypeRef): boolean {
  return (
    type.kind === "other" || (type.kind === "keyword" && (type.name === "any" || type.name === "unknown"))
  );
}
