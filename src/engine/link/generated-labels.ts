import type { TypeRef } from "../extract/index.ts";

type ObjectType = Extract<TypeRef, { kind: "object" }>;

/** Members of generated declarations that list records by their names: of OpenAPI, of Supabase. */
const listsOfRecords = new Set(["schemas", "Tables", "Views"]);
/** What generated declarations say of one table. */
const formsOfRow = new Set(["Row", "Insert", "Update"]);

/** `components["schemas"]["User"]`, `Database["public"]["Tables"]["users"]["Row"]`: what their records are called. */
export function createGeneratedLabels() {
  const labelled = new WeakMap<ObjectType, ObjectType>();

  /** The type of `object[key]`, with the name that its place says. */
  return (type: TypeRef, object: TypeRef, key: TypeRef): TypeRef => {
    const label = type.kind === "object" && type.label === undefined ? labelAt(object, key) : undefined;
    if (label === undefined || type.kind !== "object") return type;
    const known = labelled.get(type) ?? { ...type, label };
    labelled.set(type, known);
    return known;
  };
}

function labelAt(object: TypeRef, key: TypeRef): string | undefined {
  if (key.kind !== "literal" || object.kind !== "indexed") return undefined;
  const name = String(key.value);
  if (formsOfRow.has(name)) return labelAt(object.object, object.key);
  const { key: list } = object;
  return list.kind === "literal" && listsOfRecords.has(String(list.value)) ? name : undefined;
}
