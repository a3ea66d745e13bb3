import type { Span } from "../base/location.ts";
import type { TypeMember, TypeRef } from "../extract/index.ts";
import type { LocatedType } from "../link/index.ts";
import type { Held } from "./atom.ts";

/** A query asked for this, and for nothing else: all of it is there. */
export function isExact(type: TypeRef): boolean {
  return type.kind === "object" && type.exact === true;
}

/** Whether a value is what a query asked for: no declared type says more of it. */
export function isAskedFor({ atoms }: { readonly atoms: ReadonlyMap<string, Held> }): boolean {
  for (const { atom } of atoms.values()) if (atom.kind === "type" && isExact(atom.type.type)) return true;
  return false;
}

/** A member of what was asked for, with what its declaration says of it: `tag` and `residency`. */
export function askedMember(
  name: string,
  type: TypeRef,
  { tag, residency }: Partial<Pick<LocatedType, "tag" | "residency">>,
  { start, end }: Span,
): TypeMember {
  const span = { start, end };
  const tags = [
    ...(tag === undefined ? [] : [{ name: "pii" as const, text: tag, span }]),
    ...(residency === undefined ? [] : [{ name: "residency" as const, text: residency, span }]),
  ];
  return { name, type, optional: false, span, ...(tags.length > 0 && { tags }) };
}
