import { limits } from "../base/limits.ts";
import { foldAll, type Shape } from "./shape.ts";

/**
 * Cuts a tree that has grown too deep or too large: recursion through data would otherwise never end. What lies deeper
 * is folded. The width of the first level is kept, for an object may well have hundreds of functions.
 */
export function bound(shape: Shape, onCut: (limit: "pathDepth" | "shapeSize") => void): Shape {
  if (!shape.fields) return shape;
  let result = cut(shape, limits.pathDepth);
  if (result !== shape) onCut("pathDepth");
  for (let depth = limits.pathDepth - 1; depth > 0 && sizeOf(result, 0) > limits.shapeSize; depth--) {
    result = cut(result, depth);
    onCut("shapeSize");
  }
  return result;
}

function cut(shape: Shape, depth: number): Shape {
  if (!shape.fields) return shape;
  if (depth === 0) return foldAll(shape, []);
  let changed: Map<string, Shape> | undefined;
  for (const [key, value] of shape.fields) {
    const part = cut(value, depth - 1);
    if (part === value) continue;
    changed ??= new Map(shape.fields);
    changed.set(key, part);
  }
  return changed ? { atoms: shape.atoms, fields: changed } : shape;
}

/** Nodes and atoms of a tree; counting stops soon after it is too many. */
function sizeOf(shape: Shape, counted: number): number {
  let size = counted + 1 + shape.atoms.size;
  for (const value of shape.fields?.values() ?? []) {
    if (size > limits.shapeSize) return size;
    size = sizeOf(value, size);
  }
  return size;
}
