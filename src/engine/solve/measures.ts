import { memberNodes } from "./api-node.ts";
import type { Shape } from "./shape.ts";

/** Whether a property tells of a value without holding it. */
export function isMeasure(object: Shape, key: string): boolean {
  return measures.has(key) && !isLibrary(object, key);
}

const measures = new Set(["length", "size", "byteLength", "lastIndex"]);

/** `Buffer.byteLength` is a function; the parts of a library's message are a list. A query's rows are counted. */
function isLibrary(object: Shape, key: string): boolean {
  for (const { atom } of object.atoms.values()) {
    if (atom.kind === "global" || atom.kind === "library") return true;
    if (atom.kind !== "api") continue;
    const tells = atom.node.sources.length > 0 || object.fields?.has("*");
    if (!tells || memberNodes(atom.node, key).length > 0) return true;
  }
  return false;
}
