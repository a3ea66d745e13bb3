import type { Atom } from "./atom.ts";
import { empty, type Held, type Shape } from "./shape.ts";

/** What holds an atom only because, or only unless, a caller passes something. */
export function dependsOnCaller(atom: Atom): boolean {
  return (
    atom.kind === "sym" || ((atom.kind === "source" || atom.kind === "type") && atom.unless !== undefined)
  );
}

/**
 * Of a value that goes into a module's variable, what callers have a part in: the rest is in there already. A service that
 * keeps one of its arguments would otherwise be carried, whole, by the summaries of all who call it.
 */
export function callersPart(shape: Shape): Shape {
  const atoms = new Map<string, Held>();
  for (const [key, held] of shape.atoms) if (dependsOnCaller(held.atom)) atoms.set(key, held);
  if (!shape.fields) return atoms.size > 0 ? { atoms, fields: undefined } : empty;
  const fields = new Map<string, Shape>();
  for (const [key, value] of shape.fields) {
    const part = callersPart(value);
    // What was overwritten in a caller's value stays overwritten.
    if (part !== empty || atoms.size > 0) fields.set(key, part);
  }
  return atoms.size > 0 || fields.size > 0 ? { atoms, fields: fields.size > 0 ? fields : undefined } : empty;
}
