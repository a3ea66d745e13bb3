import type { LocatedType, Program } from "../link/index.ts";
import type { Atom } from "./atom.ts";
import type { Port } from "./port.ts";
import { empty, type Held, hasAtom, join, type Shape } from "./shape.ts";
import type { Solver } from "./solver.ts";
import { shapeOfType, type TypeContext } from "./type-shape.ts";

/**
 * What a value is where it has been shown to be of a type: of several declared types that one; where nothing is known, that
 * one too. Of a value that is known it says nothing new.
 */
export function narrowToType(
  solver: Solver,
  shape: Shape,
  type: LocatedType,
  { owner, site }: Pick<TypeContext, "owner" | "site">,
): Shape {
  const ofType = (atom: Atom) => atom.kind === "type" && isSameType(solver.program, atom.type, type);
  if (hasAtom(shape, ofType)) return withoutTypes(shape, (atom) => !ofType(atom));
  if (!hasAtom(shape, isUncertain)) return shape;
  const typed = shapeOfType(solver, type, { owner, site, unless: portOf(shape), depth: 0 });
  return typed === empty ? shape : join(withoutRecords(shape), typed);
}

/** What a value still is where it has been shown not to be of a type: of several declared types the others. */
export function narrowFromType({ program }: Solver, shape: Shape, type: LocatedType): Shape {
  const isOther = (atom: Atom) => atom.kind === "type" && !isSameType(program, atom.type, type);
  return hasAtom(shape, isOther) ? withoutTypes(shape, (atom) => !isOther(atom)) : shape;
}

function isSameType(program: Program, a: LocatedType, b: LocatedType): boolean {
  if (a.type === b.type) return true;
  if (a.type.kind !== "name" || b.type.kind !== "name") return false;
  const [one, two] = [program.typeTarget(a.file, a.type), program.typeTarget(b.file, b.type)];
  if (one.kind === "class") return two.kind === "class" && one.node === two.node;
  return one.kind === "declaration" && two.kind === "declaration" && one.declaration === two.declaration;
}

function isUncertain({ kind }: Atom): boolean {
  return kind === "open" || kind === "sym" || kind === "library" || kind === "type" || kind === "instance";
}

function withoutTypes(shape: Shape, isGone: (atom: Atom) => boolean): Shape {
  return withAtoms(shape, ({ atom }) => atom.kind !== "type" || !isGone(atom));
}

/** Where the fields are known, the guess from a name is not needed. */
export function withoutRecords(shape: Shape): Shape {
  return withAtoms(shape, ({ atom }) => !(atom.kind === "source" && atom.record));
}

function withAtoms(shape: Shape, isKept: (held: Held) => boolean): Shape {
  return {
    atoms: new Map([...shape.atoms].filter(([, held]) => isKept(held))),
    fields: shape.fields,
  };
}

/** Where only the caller knows the value, it may know better. */
export function portOf(shape: Shape): Port | undefined {
  for (const { atom } of shape.atoms.values()) if (atom.kind === "sym" && !atom.deep) return atom;
  return undefined;
}
