import type { TypeRef } from "../extract/index.ts";
import type { LocatedType } from "../link/index.ts";
import type { Solver } from "./solver.ts";

/** Aliases may lead to themselves. */
const deepest = 6;

/** A type without what says that nothing may be there, and without aliases of that: `User` of `Maybe<User> | undefined`. */
export function innerType({ program }: Solver, located: LocatedType): LocatedType {
  let at = located;
  for (let step = 0; step < deepest; step++) {
    if (at.type.kind === "union") {
      const [only, ...more] = at.type.of.filter((each) => !isNothing(each));
      if (!only || more.length > 0) return at;
      at = { file: at.file, type: only };
    } else {
      const made = program.expandType(at.file, at.type);
      // The name of an alias of an object is a name that a person would use for it.
      if (!made || (at.type.kind === "name" && isObject(made.type))) return at;
      at = made;
    }
  }
  return at;
}

/** What a type of lists is one of. */
export function elementType({ file, type }: LocatedType): LocatedType | undefined {
  if (type.kind === "array") return { file, type: type.of };
  const [first] =
    type.kind === "name" && (type.name === "Array" || type.name === "ReadonlyArray") ? type.args : [];
  return first && { file, type: first };
}

function isNothing(type: TypeRef): boolean {
  return (
    (type.kind === "keyword" && (type.name === "undefined" || type.name === "null")) ||
    (type.kind === "literal" && type.value === null)
  );
}

function isObject({ kind }: TypeRef): boolean {
  return kind === "object" || kind === "intersection";
}
