import { type SymAtom, symAtom } from "./atom.ts";
import { list } from "./builtin-call.ts";
import { elementKey, keysField, noTextKey, objectKey } from "./key-words.ts";
import { isEmpty, join, mapSymbols, type Shape } from "./shape.ts";

/**
 * A list of what each element of a list became. Elements of a caller's list that stayed as they were make that list, as
 * functions do that copy an object and all that is in it.
 */
export function listOfMapped(elements: Shape): Shape {
  if (hasNamedFields(elements)) return list(elements);
  let copied: Shape | undefined;
  const rest = mapSymbols(elements, (atom) => {
    const whole = listOf(atom);
    if (!whole) return atom;
    const trail = elements.atoms.get(atom.key)?.trail;
    const shape = { atoms: new Map([[whole.key, { atom: whole, trail }]]), fields: undefined };
    copied = copied ? join(copied, shape) : shape;
    return undefined;
  });
  if (!copied) return list(elements);
  return isEmpty(rest) ? copied : join(list(rest), copied);
}

/** What was written over a field of an element stays written over. */
function hasNamedFields({ fields }: Shape): boolean {
  for (const key of fields?.keys() ?? []) if (key !== "*" && key !== keysField) return true;
  return false;
}

/** The list of which a value is an element, as it was; what is told of the element's sort counts as all of them. */
function listOf({ root, path, deep, safe, keyed }: SymAtom): SymAtom | undefined {
  const sort = path.at(-1);
  const end = sort === objectKey || sort === noTextKey ? path.length - 1 : path.length;
  if (deep || keyed || path[end - 1] !== elementKey) return undefined;
  return symAtom(root, path.slice(0, end - 1), false, safe);
}
