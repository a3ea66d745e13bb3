import { writtenItems } from "./array-shape.ts";
import { isList, textOf, textsOf } from "./builtin-call.ts";
import { loadPath } from "./evaluate-load.ts";
import { denied } from "./key-words.ts";
import { empty, hasAtom, isEmpty, load, type Shape, store } from "./shape.ts";
import type { Solver } from "./solver.ts";

/** Which fields of a value are asked for: only some, each with the key that it gets, or all without some. */
export interface Selection {
  readonly only: ReadonlyMap<string, string>;
  readonly without: readonly string[];
}

/**
 * The fields that are named by texts (`"name email"`, `"-email"`, `"u.email as contact"`), lists of texts, and objects
 * (`{ email: true }`, `{ email: 0 }`). Undefined where nothing is named, or some key is not constant.
 */
export function selectionOf(named: readonly Shape[]): Selection | undefined {
  const only = new Map<string, string>();
  const without: string[] = [];
  const add = (text: string) => {
    const [, key = "", as] = /^(\S+)\s+as\s+(\S+)$/i.exec(text.trim()) ?? [];
    if (as !== undefined) only.set(lastPart(key), as);
    else
      for (const word of text.split(/[\s,]+/)) {
        if (word.startsWith("-")) without.push(word.slice(1));
        else if (word !== "" && !word.startsWith("+")) only.set(lastPart(word), lastPart(word));
      }
  };
  /** `["email", "contact"]` in a list: the field, and the key that it gets. */
  const readPair = (shape: Shape): boolean => {
    const [field, as, ...more] = (writtenItems(shape) ?? []).map(textOf);
    if (field === undefined || as === undefined || more.length > 0) return false;
    only.set(field, as);
    return true;
  };
  const read = (shape: Shape): boolean => {
    const items = writtenItems(shape);
    if (items) return items.every((item) => readPair(item) || read(item));
    if (shape.fields && !isList(shape)) {
      for (const [key, value] of shape.fields) {
        if (key.startsWith("@@")) continue;
        if (key.startsWith("*")) return false;
        if (isDenied(value)) without.push(key);
        else only.set(key, key);
      }
      return true;
    }
    const texts = textsOf(shape.fields ? load(shape, "*") : shape);
    for (const text of texts ?? []) add(text);
    return texts !== undefined;
  };
  const given = named.filter((each) => !isEmpty(each));
  if (given.length === 0 || !given.every(read)) return undefined;
  return only.size + without.length > 0 ? { only, without } : undefined;
}

/** What is left of a value when only some of its fields are asked for. */
export function chooseFields(solver: Solver, value: Shape, { only, without }: Selection): Shape {
  if (only.size === 0) return without.reduce((kept, key) => store(kept, key, empty), value);
  const wanted = [...only].filter(([key]) => mayHave(solver, value, key));
  if (wanted.length === 0) return value;
  let kept = empty;
  for (const [key, as] of wanted)
    kept = store(kept, as, key === "*" ? value : loadPath(solver, value, [key]));
  return kept;
}

/** A name that is no field of a row is an alias of the row. */
function mayHave({ program }: Solver, { atoms, fields }: Shape, key: string): boolean {
  if (fields?.has(key) || atoms.size === 0) return true;
  for (const { atom } of atoms.values()) {
    if (atom.kind === "instance") continue;
    if (atom.kind !== "type" || program.membersOf(atom.type.file, atom.type.type)?.has(key) !== false)
      return true;
  }
  return false;
}

/** `{ email: false }`, `{ email: 0 }` */
export function isDenied(value: Shape): boolean {
  return hasAtom(value, (atom) => atom.kind === "constant" && (atom.value === denied || atom.value === "0"));
}

/** `users.email` is the `email` of one of several things. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}
