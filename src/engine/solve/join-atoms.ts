import { limits } from "../base/limits.ts";
import type { Held, Trail } from "./atom.ts";
import { coveredBy, isCoveredBy } from "./parts-of-others.ts";

export function addHeld(atoms: Map<string, Held>, key: string, held: Held): void {
  const known = atoms.get(key);
  if (known) {
    if (isPlainer(held.trail, known.trail)) atoms.set(key, held);
    return;
  }
  const { atom, trail } = held;
  if (atom.kind === "sym") {
    if (isCoveredBy(atoms, atom, trail)) return;
    for (const part of coveredBy(atoms, atom, trail)) atoms.delete(part);
  }
  if (atoms.size < limits.joinedAtoms) atoms.set(key, held);
}

/** Surer, or as sure and shorter. */
function isPlainer(trail: Trail | undefined, known: Trail | undefined): boolean {
  const [one, two] = [trail?.guess === true, known?.guess === true];
  return one === two ? (trail?.length ?? 0) < (known?.length ?? 0) : two;
}

export function joinAtoms(
  a: ReadonlyMap<string, Held>,
  b: ReadonlyMap<string, Held>,
): ReadonlyMap<string, Held> {
  if (a.size === 0) return b;
  let merged: Map<string, Held> | undefined;
  for (const [key, held] of b) {
    const at = merged ?? a;
    const known = at.get(key);
    if (known && !isPlainer(held.trail, known.trail)) continue;
    const { atom, trail } = held;
    const isNew = !known && atom.kind === "sym";
    if (isNew && isCoveredBy(at, atom, trail)) continue;
    const parts = isNew ? coveredBy(at, atom, trail) : [];
    if (!known && at.size - parts.length >= limits.joinedAtoms) continue;
    merged ??= new Map(a);
    for (const part of parts) merged.delete(part);
    merged.set(key, held);
  }
  return merged ?? a;
}
