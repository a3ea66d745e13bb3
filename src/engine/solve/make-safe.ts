import { sourceAtom, symAtom } from "./atom.ts";
import type { Safety } from "./safety.ts";
import { mapAtoms, type Shape } from "./shape.ts";

/** Marks all data in a value as made safe. */
export function makeSafe(shape: Shape, safe: Safety): Shape {
  return mapAtoms(shape, (atom) => {
    if (atom.kind === "sym")
      return symAtom(atom.root, atom.path, atom.deep, mergeSafety(atom.safe, safe), atom.keyed);
    if (atom.kind === "source" && (atom.source.accessors || !safe.rows.every((row) => row.accessors)))
      return sourceAtom(atom.source, atom.record, atom.unless, mergeSafety(atom.safe, safe));
    return atom;
  });
}

function mergeSafety(a: Safety | undefined, b: Safety): Safety {
  if (!a || a.key === b.key) return b;
  return { key: `${a.key}+${b.key}`, rows: [...a.rows, ...b.rows] };
}
