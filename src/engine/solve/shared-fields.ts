import { sourceAtom } from "./atom.ts";
import type { Port } from "./port.ts";
import { empty, type Held, join, type Shape } from "./shape.ts";
import type { Solver } from "./solver.ts";

/**
 * What methods put into a field of their object, whichever object that is: of an object that many reach, in any order; of
 * one that only the caller knows, unless the caller knows better.
 */
export function sharedField(solver: Solver, object: Shape, key: string, onlyShared = false): Shape {
  let unless: Port | undefined;
  let result = empty;
  for (const { atom } of object.atoms.values())
    if (atom.kind === "sym" && !atom.deep) unless ??= { root: atom.root, path: [...atom.path, key] };
  for (const { atom } of object.atoms.values()) {
    if (atom.kind === "class") result = join(result, solver.sharedField(atom.id, `static ${key}`));
    if (atom.kind !== "instance") continue;
    if (atom.shared) result = join(result, solver.sharedField(atom.id, key));
    else if (!onlyShared && !atom.exact && unless)
      result = join(result, conditionOn(solver.sharedField(atom.id, key), unless));
  }
  return result;
}

/** What some function put under a name into an object like this one, such as the request of a framework. */
export function heldField(solver: Solver, object: Shape, key: string): Shape {
  let result = empty;
  for (const { atom } of object.atoms.values()) {
    if (atom.kind !== "state" || atom.does !== "held" || atom.cell.file !== "") continue;
    const held = solver.moduleCell(atom.cell.file, atom.cell.name).fields?.get(key);
    if (held) result = join(result, held);
  }
  return result;
}

/** Of what is known, the data holds only where the caller's value is not known to be something else. */
function conditionOn(shape: Shape, unless: Port): Shape {
  if (shape === empty) return shape;
  const atoms = new Map<string, Held>();
  for (const [key, held] of shape.atoms) {
    const { atom } = held;
    if (atom.kind !== "source") atoms.set(key, held);
    else {
      const conditional = sourceAtom(atom.source, atom.record, unless, atom.safe);
      atoms.set(conditional.key, { ...held, atom: conditional });
    }
  }
  if (!shape.fields) return { atoms, fields: undefined };
  const fields = [...shape.fields].map(
    ([key, field]) => [key, conditionOn(field, { root: unless.root, path: [...unless.path, key] })] as const,
  );
  return { atoms, fields: new Map(fields) };
}
