import { AST_NODE_TYPES as T } from "@typescript-eslint/types";
import type { ValueId } from "./facts.ts";
import type { Lowering } from "./lowering.ts";
import { rootOf, staticMemberName, unwrap } from "./syntax.ts";
import type { Node, Variable } from "./variables.ts";

/** A variable or a field that a condition speaks of. */
export type Place =
  | { readonly variable: Variable }
  | { readonly root: Variable; readonly object: ValueId; readonly key: string };

/** What a place is where the condition holds. */
export interface Pin {
  readonly place: Place;
  readonly value: ValueId;
}

/** A variable, or a field of an object that a variable holds: what nothing changes unseen while the guard holds. */
export function placeOf(c: Lowering, node: Node): Place | undefined {
  const root = rootOf(node);
  const variable = root && c.file.names.variableOf.get(root);
  if (!variable || variable.imported || variable.assignedInside) return undefined;
  if (node === root) return root.type === T.Identifier ? { variable } : undefined;
  if (node.type !== T.MemberExpression || variable.mutatedInside || !isPath(node)) return undefined;
  const key = staticMemberName(node);
  return key === undefined ? undefined : { root: variable, object: c.expression(node.object), key };
}

/** Names and dots only, so that it may be evaluated again. */
export function isPath(node: Node): boolean {
  let inner = unwrap(node);
  for (; inner.type === T.MemberExpression; inner = unwrap(inner.object)) {
    if (staticMemberName(inner) === undefined) return false;
  }
  return inner.type === T.Identifier || inner.type === T.ThisExpression;
}
