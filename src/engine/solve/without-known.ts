import type { Atom } from "./atom.ts";
import { isExact } from "./exact-type.ts";
import { primitiveKey } from "./key-words.ts";
import { samePort } from "./port.ts";
import type { Shape } from "./shape.ts";

/** What a query asked for, only the caller knows. */
function isGuess(atom: Atom): boolean {
  return atom.kind === "type" ? !isExact(atom.type.type) : atom.kind === "source" && atom.record;
}

/** What the callee tells of its parameter by itself is found there, once, and not at each of its callers. */
export function withoutKnown(part: Shape, shape: Shape, symbol: Extract<Atom, { kind: "sym" }>): Shape {
  const { root } = symbol;
  const path = symbol.path.at(-1) === primitiveKey ? symbol.path.slice(0, -1) : symbol.path;
  const known: Atom[] = [];
  for (const { atom } of shape.atoms.values()) {
    if (
      (atom.kind === "source" || atom.kind === "type") &&
      atom.unless &&
      samePort(atom.unless, { root, path })
    )
      known.push(atom);
  }
  if (known.length === 0) return part;
  const isKnown = (atom: Atom) =>
    known.some((each) =>
      each.kind === "type"
        ? isGuess(atom)
        : each.kind === "source" && atom.kind === "source" && atom.source.dataType === each.source.dataType,
    );
  const atoms = new Map([...part.atoms].filter(([, { atom }]) => !isKnown(atom)));
  return { atoms, fields: part.fields };
}
