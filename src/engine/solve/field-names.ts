import { type Atom, asGuess, type Trail } from "./atom.ts";
import type { SourceSite } from "./flow.ts";

type Atoms = ReadonlyMap<string, { readonly atom: Atom; readonly trail: Trail | undefined }>;

/** What is taken out of a field when nobody knows which one is meant: it keeps the field's name. */
export function fromField(atoms: Atoms, field: string): Atoms {
  if (/^[\d*@]/.test(field)) return atoms;
  return mapSources(atoms, (trail) => (trail.field === field ? trail : { ...trail, field }));
}

/**
 * What stands under keys that nobody knows, asked for by one name: that it is the data is a guess where the data has
 * another name. `cookies.get("theme")` is some cookie; a copy's `filename` is not its `email`.
 */
export function underName(atoms: Atoms, key: string): Atoms {
  return mapSources(atoms, (trail, source) =>
    trail.guess || mayBeCalled(source, trail, key) ? trail : (asGuess(trail) as Trail),
  );
}

function mapSources(atoms: Atoms, change: (trail: Trail, source: SourceSite) => Trail): Atoms {
  let changed: Map<string, { atom: Atom; trail: Trail | undefined }> | undefined;
  for (const [key, { atom, trail }] of atoms) {
    if (atom.kind !== "source" || !trail) continue;
    const next = change(trail, atom.source);
    if (next === trail) continue;
    changed ??= new Map(atoms);
    changed.set(key, { atom, trail: next });
  }
  return changed ?? atoms;
}

/** Whether a key says the same as the name of the data: its field's, or the one that it was asked for by. */
function mayBeCalled({ expression, dataType }: SourceSite, { field }: Trail, key: string): boolean {
  const name = field ?? /["']([\w-]+)["']\)$/.exec(expression)?.[1];
  if (name === undefined) return true;
  const [own, asked] = [lettersOf(name), lettersOf(key)];
  const kind = lettersOf(dataType.split(".").at(-1) ?? "");
  return own.includes(asked) || asked.includes(own) || asked.includes(kind);
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\d]/gu, "");
}
