import { sourceAtom, symAtom } from "./atom.ts";
import type { Safety } from "./safety.ts";
import type { Held, Shape } from "./shape.ts";

/** Marks all data in a value as made safe. */
export function makeSafe(shape: Shape, safe: Safety): Shape {
  const atoms = new Map<string, Held>();
  for (const { atom, trail } of shape.atoms.values()) {
    const marked =
      atom.kind === "sym"
        ? symAtom(atom.root, atom.path, atom.deep, mergeSafety(atom.safe, safe), atom.keyed)
        : atom.kind === "source"
          ? sourceAtom(atom.source, atom.record, atom.unless, mergeSafety(atom.safe, safe))
          : atom;
    atoms.set(marked.key, { atom: marked, trail });
  }
  if (!shape.fields) return { atoms, fields: undefined };
  return { atoms, fields: new Map([...shape.fields].map(([key, value]) => [key, makeSafe(value, safe)])) };
}

function mergeSafety(a: Safety | undefined, b: Safety): Safety {
  if (!a || a.key === b.key) return b;
  return { key: `${a.key}+${b.key}`, rows: [...a.rows, ...b.rows] };
}
