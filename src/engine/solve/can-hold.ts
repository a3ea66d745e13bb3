import type { DataType } from "../base/catalog.ts";
import type { TypeRef } from "../extract/index.ts";

/** Types that are a text wherever a text is meant, or that say nothing. */
const open = new Set(["any", "unknown", "string", "object", "this", "symbol"]);

/**
 * Whether a value of a declared type can hold this sort of data at all. `isStranger` tells words of things that are no
 * person's: a `ZodString`, an `EmailColumn` or a `FormError` is about the data.
 */
export function canHold(
  dataType: DataType,
  declared: TypeRef,
  isStranger: (typeName: string) => boolean,
): boolean {
  const holds = dataType.holds ?? [];
  switch (declared.kind) {
    case "keyword":
      if (declared.name === "number" || declared.name === "bigint") return holds.includes("number");
      if (declared.name === "boolean") return holds.includes("flag");
      return open.has(declared.name);
    case "function":
      return false;
    case "object":
      return holds.includes("record");
    case "keyof":
      return holds.includes("words");
    case "literal":
      if (typeof declared.value === "boolean") return holds.includes("flag");
      return holds.includes("words");
    case "array":
      return canHold(dataType, declared.of, isStranger);
    // A text with a brand is a text.
    case "intersection":
      return declared.of.some((each) => canHold(dataType, each, isStranger));
    case "union":
      return declared.of.some((each) => !isNothing(each) && canHold(dataType, each, isStranger));
    case "name":
      if (declared.name === "Date") return holds.includes("date");
      return !isStranger(declared.name);
    default:
      return true;
  }
}

function isNothing(type: TypeRef): boolean {
  return type.kind === "keyword" && (type.name === "undefined" || type.name === "null");
}
