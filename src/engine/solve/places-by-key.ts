import { type Atom, settingAtom } from "./atom.ts";
import { type ConstantAtom, constantAtom } from "./constant-atom.ts";
import type { Port } from "./port.ts";
import type { KeyCondition } from "./port-condition.ts";
import { mapAtoms, type Shape } from "./shape.ts";

/**
 * `HOSTS[region]` where only the caller knows the region: what tells a place in each entry of the table is meant where
 * the caller's key is that of the entry; where nobody knows it, there may be none. The other things in it are any entry's.
 */
export function placesByKey(table: Shape, port: Port | undefined): Shape {
  let fields: Map<string, Shape> | undefined;
  for (const [key, entry] of table.fields ?? []) {
    if (key.startsWith("@@") || key.startsWith("*")) continue;
    const marked = markPlaces(entry, port && { port, among: [key] });
    if (marked === entry) continue;
    fields ??= new Map(table.fields);
    fields.set(key, marked);
  }
  return fields ? { atoms: table.atoms, fields } : table;
}

function markPlaces(entry: Shape, where: KeyCondition | undefined): Shape {
  let marked = false;
  const shape = mapAtoms(entry, (atom) => {
    if (!mayTellPlace(atom) || atom.where) return atom;
    marked = true;
    return atom.kind === "setting"
      ? settingAtom(atom.variable, atom.site, atom.fallback, where)
      : constantAtom(atom.value, atom.site, { ...doubtOf(atom), where, ...(!where && { maybe: true }) });
  });
  return marked ? shape : entry;
}

function doubtOf({ holes, unless, fallback }: ConstantAtom) {
  return { holes, unless, fallback };
}

/** Of the many texts that stand in tables, only what may be a host, a region or a word for one. */
function mayTellPlace(atom: Atom): atom is Extract<Atom, { kind: "constant" | "setting" }> {
  return atom.kind === "setting" || (atom.kind === "constant" && placeLike.test(atom.value));
}

const placeLike =
  /^([a-z][a-z0-9+.-]*:\/\/\S+|[\w-]+(\.[\w-]+){2,}(:\d+)?\S*|[a-z]{2,4}-[a-z-]+-?\d+[a-z]?|[a-z]{2})$/i;
