import { limits } from "../base/limits.ts";
import { deriveField } from "./evaluate-load.ts";
import { derivePlain, type Held, hasAtom, joinAll, load, type Shape, store, withFields } from "./shape.ts";
import type { Solver } from "./solver.ts";

/**
 * What a value is that may be one of several. A field that one of them has overwritten is in the others still what their
 * declared types say: a plain join, which knows no types, would take it for overwritten everywhere.
 */
export function joinKnown(solver: Solver, shapes: readonly Shape[], depth = 0): Shape {
  const keys = fieldsOf(shapes);
  if (keys.size === 0 || shapes.length < 2 || depth >= limits.pathDepth) return joinAll(shapes);
  const whole = shapes.map((shape) => (hasType(shape) ? withTyped(solver, shape, keys) : shape));
  const joined = joinAll(whole);
  if (!joined.fields || whole.every((shape, index) => shape === shapes[index] && !hasNested(shape)))
    return joined;
  const fields = new Map(joined.fields);
  for (const key of keys) {
    const parts = whole.flatMap((shape) => shape.fields?.get(key) ?? []);
    if (parts.some((part) => part.fields) && parts.some(hasType) && parts.length === whole.length)
      fields.set(key, joinKnown(solver, parts, depth + 1));
  }
  return withFields({ atoms: joined.atoms, fields: undefined }, fields);
}

function fieldsOf(shapes: readonly Shape[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const { fields } of shapes)
    for (const key of fields?.keys() ?? []) if (!key.startsWith("@@")) keys.add(key);
  return keys;
}

export function hasType(shape: Shape): boolean {
  return hasAtom(shape, (atom) => atom.kind === "type");
}

function hasNested(shape: Shape): boolean {
  for (const field of shape.fields?.values() ?? []) if (field.fields) return true;
  return false;
}

function withTyped(solver: Solver, shape: Shape, keys: ReadonlySet<string>): Shape {
  const derive = (held: Held, key: string) =>
    held.atom.kind === "type" ? deriveField(solver, held, key, undefined) : derivePlain(held, key);
  let whole = shape;
  for (const key of keys)
    if (key !== "*" && !shape.fields?.has(key)) whole = store(whole, key, load(shape, key, derive));
  return whole;
}
