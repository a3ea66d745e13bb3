/**
 * Two fields that no property has: what is used as a key (of a map, or of an object with computed keys), and a map's
 * values by their keys. An element of a map is a pair. They are data, unlike hidden fields.
 */
export const keysField = "*keys";
export const valuesField = "*values";

/** The elements of a list: what `*` loads, without the named fields of an object. */
export const elementKey = "[]";

/** What stands under a key that only the caller knows: that of `Keyed.under`. */
export const underKey = "?";

/** What a member is that is written as `false`: who asks for the members of a value does not ask for that one. */
export const denied = "false";

/** Hidden in a schema: what it describes. */
export const rowField = "@@row";

/** What a value is where it is no object. */
export const primitiveKey = "*own";

/** What a value is where it is an object, or no text: as it is, but for data that is never one. Its parts are the value's. */
export const objectKey = "*object";
export const noTextKey = "*no-text";

/** Of what sort a value is: no part of it. */
export function isSort(key: string | undefined): boolean {
  return key === objectKey || key === noTextKey || key === primitiveKey;
}

export function isIndex(key: string): boolean {
  return key.charCodeAt(0) >= 48 && key.charCodeAt(0) <= 57;
}

/** Some element, some key, or some key that a caller knows. */
export function isAnyKey(key: string): boolean {
  return key === "*" || key === elementKey || key === underKey;
}
