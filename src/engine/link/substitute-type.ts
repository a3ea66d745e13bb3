import type { FileId } from "../base/location.ts";
import type { TypeRef } from "../extract/index.ts";

/** The type with its parameters replaced. Arguments keep the file that they are to be read in: see `anchor`. */
export function substitute(type: TypeRef, params: readonly string[], args: readonly TypeRef[]): TypeRef {
  if (params.length === 0 || args.length === 0) return type;
  return mapNames(type, (each) => {
    if (each.kind !== "name" || each.args.length > 0 || each.scope !== undefined) return each;
    return args[params.indexOf(each.name)] ?? each;
  });
}

/** The type with a mark on each name: read in this file, wherever it is put. */
export function anchor(type: TypeRef, file: FileId): TypeRef {
  return mapNames(type, (each) => (each.scope === undefined ? { ...each, scope: file } : each));
}

type Named = Extract<TypeRef, { kind: "name" | "typeof" }>;

function mapNames(type: TypeRef, change: (type: Named) => TypeRef): TypeRef {
  const inside = (each: TypeRef) => mapNames(each, change);
  switch (type.kind) {
    case "name":
      return change(type.args.length > 0 ? { ...type, args: type.args.map(inside) } : type);
    case "typeof":
      return change(type);
    case "array":
      return { ...type, of: inside(type.of) };
    case "keyof":
      return { ...type, of: inside(type.of) };
    case "tuple":
    case "union":
    case "intersection":
      return { ...type, of: type.of.map(inside) };
    case "indexed":
      return { ...type, object: inside(type.object), key: inside(type.key) };
    case "function":
      return {
        ...type,
        params: type.params.map(inside),
        returns: inside(type.returns),
        ...(type.predicate && { predicate: { ...type.predicate, type: inside(type.predicate.type) } }),
      };
    case "object":
      return { ...type, members: type.members.map((each) => ({ ...each, type: inside(each.type) })) };
    default:
      return type;
  }
}
