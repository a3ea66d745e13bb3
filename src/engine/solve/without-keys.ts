import { symAtom } from "./atom.ts";
import { deriveField } from "./evaluate-load.ts";
import { allTests, type KeyTest, keyed, passes } from "./key-tests.ts";
import { isIndex } from "./key-words.ts";
import { empty, hasAtom, isJsonText, mapSymbols, type Shape, withFields } from "./shape.ts";
import type { Solver } from "./solver.ts";

/** Objects in objects that are looked into for keys that do not pass. */
const deepest = 3;

/** A value without what stands under keys that do not pass; `deep`: in the objects in it neither. */
export function withoutKeys(
  solver: Solver,
  shape: Shape,
  tests: readonly KeyTest[],
  deep: boolean,
  depth = 0,
): Shape {
  if (tests.length === 0 || isJsonText(shape)) return shape;
  const whole = mapSymbols(shape, (atom) => {
    const before = atom.keyed?.filter;
    const filter = { tests: allTests(before?.tests ?? [], tests), deep: deep && before?.deep !== false };
    return symAtom(atom.root, atom.path, atom.deep, atom.safe, keyed(filter, atom.keyed?.under));
  });
  const fields = new Map<string, Shape>();
  for (const [key, value] of shape.fields ?? []) {
    const isPlain = key.startsWith("*") ? key !== "*" : key.startsWith("@@");
    if (!isPlain && key !== "*" && !isIndex(key) && !passes(tests, key)) fields.set(key, empty);
    else if (deep && !isPlain && depth <= deepest)
      fields.set(key, withoutKeys(solver, value, tests, deep, depth + 1));
    else fields.set(key, value);
  }
  hideMembers(solver, shape, tests, deep, depth, fields);
  return withFields({ atoms: whole.atoms, fields: undefined }, fields);
}

/** Members that a declared type has, and that do not pass, are fields of which nothing is left. */
function hideMembers(
  solver: Solver,
  shape: Shape,
  tests: readonly KeyTest[],
  deep: boolean,
  depth: number,
  fields: Map<string, Shape>,
): void {
  for (const held of shape.atoms.values()) {
    const { atom } = held;
    if (atom.kind !== "type") continue;
    for (const [key] of solver.program.membersOf(atom.type.file, atom.type.type) ?? []) {
      if (shape.fields?.has(key)) continue;
      if (!passes(tests, key)) fields.set(key, empty);
      else if (deep && depth < deepest) {
        const member = deriveField(solver, held, key, undefined);
        if (hasAtom(member, (each) => each.kind === "type"))
          fields.set(key, withoutKeys(solver, member, tests, deep, depth + 1));
      }
    }
  }
}
