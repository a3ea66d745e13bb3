import { AST_NODE_TYPES as T } from "@typescript-eslint/types";
import { residencyKeys } from "../base/residency-keys.ts";
import type { ValueId } from "./facts.ts";
import { type Pin, type Place, placeOf } from "./guard-places.ts";
import type { Lowering } from "./lowering.ts";
import { spanOf, staticMemberName, unwrap } from "./syntax.ts";
import type { Node } from "./variables.ts";

/** Somebody, and the field that says where they are. */
interface Owner {
  readonly place: Place;
  readonly value: ValueId;
  readonly field: string;
}

/** `user.region === "EU"`, `EU.includes(user.country)` say of the user too where that is: `among`, one of what is listed. */
export function ownerPins(c: Lowering, field: Node, among: ValueId): readonly Pin[] {
  const owner = field.type === T.Identifier ? holderOf(c, field) : ownerOf(c, field);
  if (!owner) return [];
  const { values } = c.builder;
  const { place, value } = owner;
  const span = spanOf(field);
  const key = c.builder.emit({ op: "load", object: value, key: owner.field, keySpan: span, span });
  const how = { how: "field", holds: true, ignoreCase: false } as const;
  const placed = c.builder.emit({ op: "listed", value, key, list: among, ...how, span });
  values.setObject(placed, values.objectOf(value));
  return [{ place, value: placed }];
}

function ownerOf(c: Lowering, field: Node): Owner | undefined {
  const key = field.type === T.MemberExpression ? (staticMemberName(field) ?? "") : "";
  if (field.type !== T.MemberExpression || !residencyKeys.has(key)) return undefined;
  const owner = unwrap(field.object);
  const place = placeOf(c, owner);
  return place && { place, value: c.expression(owner), field: key };
}

/** `const { country } = user`: a name that holds the field is of whatever variable holds the object. */
function holderOf(c: Lowering, name: Node): Owner | undefined {
  const { environment, values, scope } = c.builder;
  const variable = c.file.names.variableOf.get(name);
  const held = variable && environment.get(variable);
  const draft = held === undefined ? undefined : values.draft(held);
  if (draft?.op !== "load" || !residencyKeys.has(draft.key)) return undefined;
  const object = values.objectOf(draft.object);
  for (const each of scope.variables) {
    if (each.assignedInside || each === variable) continue;
    const value = environment.get(each);
    if (value !== undefined && values.objectOf(value) === object)
      return { place: { variable: each }, value, field: draft.key };
  }
  return undefined;
}
