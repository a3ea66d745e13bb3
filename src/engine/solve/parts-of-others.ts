import type { Atom, Held, Trail } from "./atom.ts";
import { underKey } from "./key-words.ts";
import { samePort } from "./port.ts";

type Symbol = Extract<Atom, { kind: "sym" }>;

/**
 * Of a caller's values, the keys of those that are part of another one: whoever takes all beneath a value takes its parts.
 * A whole value is more than all beneath it: it may be a record of unknown shape, and stays beside that.
 */
export function partsOfOthers(atoms: ReadonlyMap<string, { readonly atom: Atom }>): readonly string[] {
  if (atoms.size < 2) return none;
  const symbols: Symbol[] = [];
  for (const { atom } of atoms.values()) if (atom.kind === "sym") symbols.push(atom);
  if (symbols.length < 2) return none;
  let parts: string[] | undefined;
  for (const part of symbols) {
    if (!symbols.some((whole) => isPartOf(part, whole))) continue;
    parts ??= [];
    parts.push(part.key);
  }
  return parts ?? none;
}

const none: readonly string[] = [];

function isPartOf(part: Symbol, whole: Symbol): boolean {
  const depth = whole.path.length;
  if (part === whole || part.root !== whole.root || part.path.length < depth) return false;
  if (part.safe?.key !== whole.safe?.key) return false;
  if (whole.keyed && part.keyed?.key !== whole.keyed.key) return false;
  // The same place: what of it passes tests of keys is a part of all there is.
  const same = part.path.length === depth;
  if (whole.deep ? !part.deep || (same && part.keyed === whole.keyed) : same && !part.deep) return false;
  for (const [at, key] of whole.path.entries()) if (part.path[at] !== key) return false;
  for (let at = depth; at < part.path.length; at++) if (part.path[at]?.startsWith("@@")) return false;
  return true;
}

type Known = ReadonlyMap<string, Held>;

/**
 * Whether a value holds all that a part brings which is folded, or there by some keys alone: what recursion adds level by
 * level, and by each mix of tests of keys. What was sure stays beside a guess.
 */
export function isCoveredBy(known: Known, part: Symbol, trail: Trail | undefined): boolean {
  if (!part.deep && !part.keyed) return false;
  for (const { atom, trail: other } of known.values())
    if (atom.kind === "sym" && covers(atom, part) && isAsSure(other, trail)) return true;
  return false;
}

/** The keys of such parts that are no news beside a value. */
export function coveredBy(known: Known, whole: Symbol, trail: Trail | undefined): readonly string[] {
  let parts: string[] | undefined;
  for (const [key, { atom, trail: other }] of known) {
    if (atom.kind !== "sym" || (!atom.deep && !atom.keyed) || !covers(whole, atom)) continue;
    if (!isAsSure(trail, other)) continue;
    parts ??= [];
    parts.push(key);
  }
  return parts ?? none;
}

function covers(whole: Symbol, part: Symbol): boolean {
  if (whole.root !== part.root || whole.deep !== part.deep) return false;
  if (whole.deep && isPartOf(part, whole)) return true;
  return (
    whole.safe?.key === part.safe?.key &&
    whole.path.length === part.path.length &&
    whole.path.every((key, at) => part.path[at] === key) &&
    passesAll(whole, part)
  );
}

/** Whether of the same place, whatever keys let pass of one lets them pass of the other. */
function passesAll({ keyed: more, path }: Symbol, { keyed: less }: Symbol): boolean {
  if (!less || less.key === more?.key) return false;
  // Which of the entries is meant, a caller may know.
  if (!more) return !path.includes(underKey);
  if (more.filter || less.filter || !more.under || !less.under || !samePort(more.under.port, less.under.port))
    return false;
  const told = new Set(less.under.tests.map(({ key }) => key));
  return more.under.tests.every(({ key }) => told.has(key));
}

function isAsSure(one: Trail | undefined, other: Trail | undefined): boolean {
  return (!one?.guess || other?.guess === true) && (!one?.folded || other?.folded !== undefined);
}
