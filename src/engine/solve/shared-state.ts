import { globalScope } from "../base/global-object.ts";
import type { FileId } from "../base/location.ts";
import type { LocatedType } from "../link/index.ts";
import type { ParameterRule } from "./parameter-rule.ts";
import { mapAtoms, type Shape } from "./shape.ts";

/** What functions tell each other of besides their summaries. */
export interface SharedState {
  /** Variables of modules, what is bound to tokens, and what hooks and stores keep, by key. */
  readonly cells: Map<string, Shape>;
  /** Fields that methods put something into by themselves: `<class id> <field>`. */
  readonly sharedFields: Set<string>;
  /** What functions were found to be called with, by function. */
  readonly learned: Map<number, Map<string, { readonly index: number; readonly rule: ParameterRule }>>;
  /** What the callees that functions are passed to declare of their parameters: by function and parameter. */
  readonly expected: Map<string, Map<string, LocatedType>>;
}

export function emptyState(): SharedState {
  return { cells: new Map(), sharedFields: new Set(), learned: new Map(), expected: new Map() };
}

/** Variables that are the program's, and not a file's: global ones, the errors of a framework, the tree of all slices. */
const ofNoFile = ["m::", `m:${globalScope}:`];

/** A copy of its own, in which the variables of these files hold nothing, and those of no file nothing of these files. */
export function stateWithout(
  { cells, sharedFields, learned, expected }: SharedState,
  files: ReadonlySet<FileId>,
): SharedState {
  const kept = new Map(cells);
  const prefixes = [...files].map((file) => `m:${file}:`);
  for (const [key, shape] of cells) {
    if (prefixes.some((prefix) => key.startsWith(prefix))) kept.delete(key);
    else if (ofNoFile.some((prefix) => key.startsWith(prefix))) kept.set(key, withoutSources(shape, files));
  }
  return {
    cells: kept,
    sharedFields: new Set(sharedFields),
    learned: new Map([...learned].map(([id, rules]) => [id, new Map(rules)])),
    expected: new Map([...expected].map(([key, types]) => [key, new Map(types)])),
  };
}

function withoutSources(shape: Shape, files: ReadonlySet<FileId>): Shape {
  return mapAtoms(shape, (atom) => {
    const site = atom.kind === "source" ? atom.source.site : atom.kind === "type" ? atom.site : undefined;
    return site && files.has(site.file) ? undefined : atom;
  });
}
