import type { Atom } from "./atom.ts";

type Symbol = Extract<Atom, { kind: "sym" }>;

/**
 * Of a caller's values, the keys of those that are part of another one: whoever takes all beneath a value takes its parts.
 * A whole value is more than all beneath it: it may be a record of unknown shape, and stays beside that.
 */
export function partsOfOthers(atoms: ReadonlyMap<string, { readonly atom: Atom }>): readonly string[] {
  if (atoms.size < 2) return none;
  const symbols: Symbol[] = [];
  for (const { atom } of atoms.values()) if (atom.kind === "sym") symbols.push(atom);
  if (symbols.length < 2) return none;
  let parts: string[] | undefined;
  for (const part of symbols) {
    if (!symbols.some((whole) => isPartOf(part, whole))) continue;
    parts ??= [];
    parts.push(part.key);
  }
  return parts ?? none;
}

const none: readonly string[] = [];

function isPartOf(part: Symbol, whole: Symbol): boolean {
  const depth = whole.path.length;
  if (part === whole || part.root !== whole.root || part.path.length < depth) return false;
  if (part.safe?.key !== whole.safe?.key || part.keyed?.key !== whole.keyed?.key) return false;
  if (whole.deep ? !part.deep || part.path.length === depth : part.path.length === depth && !part.deep)
    return false;
  for (const [at, key] of whole.path.entries()) if (part.path[at] !== key) return false;
  for (let at = depth; at < part.path.length; at++) if (part.path[at]?.startsWith("@@")) return false;
  return true;
}
