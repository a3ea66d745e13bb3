import type { TypeRef } from "../extract/index.ts";

/** A query asked for this, and for nothing else: all of it is there. */
export function isExact(type: TypeRef): boolean {
  return type.kind === "object" && type.exact === true;
}
