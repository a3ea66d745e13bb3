import type { FileId } from "../base/location.ts";
import type { LocatedType } from "../link/index.ts";
import type { ApiNode } from "./api-node.ts";
import type { Site, SourceSite, Step } from "./flow.ts";
import type { Keyed } from "./key-tests.ts";
import { isAnyKey, isIndex, isSort } from "./key-words.ts";
import { type Port, portKey } from "./port.ts";
import { type KeyCondition, keyConditionKey } from "./port-condition.ts";
import type { Safety } from "./safety.ts";

/**
 * What may be known of a value. A shape holds a set of atoms per place in the value.
 *
 * `sym`: whatever the caller's value holds at an in-port (`p0` the first parameter, `this`, `c:1:name` a captured variable,
 * `r3` the result of a deferred call and `t3` what it throws, `n3` a cell that is made here, `sent` what `next` of a
 * generator brings) and a path. `deep`: anything beneath that path, folded.
 * `keyed`: as far as keys pass tests.
 * `source`, `type`: personal data found here. With `unless`, only when the caller's value at that in-port path is not known
 * to be something else: this is how a callee's `p.email` is dropped when all callers pass a masked one.
 * `settle`: a function that writes one of its arguments to a cell: `resolve` of a promise (`settle.ts`).
 * `open`: a value that nothing is known about. Its absence means that the value is known to hold no more than its atoms.
 */
export type Atom =
  | {
      readonly kind: "sym";
      readonly key: string;
      readonly root: string;
      readonly path: readonly string[];
      readonly deep: boolean;
      readonly safe: Safety | undefined;
      readonly keyed: Keyed | undefined;
    }
  | {
      readonly kind: "source";
      readonly key: string;
      readonly source: SourceSite;
      readonly record: boolean;
      readonly unless: Port | undefined;
      readonly safe: Safety | undefined;
    }
  | {
      readonly kind: "type";
      readonly key: string;
      readonly type: LocatedType;
      readonly owner: string;
      readonly site: Site;
      readonly depth: number;
      readonly unless: Port | undefined;
    }
  | { readonly kind: "function"; readonly key: string; readonly id: number }
  /** A function of which only the declaration is known; `of`: it is a member of this declared type. */
  | {
      readonly kind: "declared";
      readonly key: string;
      readonly type: LocatedType;
      readonly of: { readonly type: LocatedType; readonly member: string } | undefined;
    }
  | { readonly kind: "class"; readonly key: string; readonly id: number }
  | InstanceAtom
  | { readonly kind: "api"; readonly key: string; readonly node: ApiNode; readonly guessed: boolean }
  | { readonly kind: "library"; readonly key: string; readonly library: string; readonly path: string }
  | { readonly kind: "global"; readonly key: string; readonly path: string }
  /** An object of the language or the platform, by its constructor: `Map`, `URL`. */
  | { readonly kind: "builtin"; readonly key: string; readonly type: string }
  /** A function that reads or writes a state: see `state-cells.ts`. */
  | {
      readonly kind: "state";
      readonly key: string;
      readonly cell: { readonly file: FileId; readonly owner: number; readonly name: string };
      readonly does:
        | "set"
        | "run"
        | "merge"
        | "get"
        | "get-tree"
        | "select"
        | "dispatch"
        | "act"
        | "case"
        | "derive"
        | "connect"
        | "reduce"
        | "provide"
        | "consume"
        | "held"
        | "use"
        | "patch"
        | "watch"
        | "commit"
        | "act-by-name"
        | "compute"
        | "write"
        | "read-atom"
        | "write-atom"
        | "endpoint"
        | "inject"
        | "give";
    }
  | { readonly kind: "namespace"; readonly key: string; readonly file: string }
  | {
      readonly kind: "constant";
      readonly key: string;
      /** `unknownPart` stands in it for each part that is not known. */
      readonly value: string;
      readonly site: Site;
      /** For each of those parts, the caller's value that it is, where that is all that is not known of it. */
      readonly holes?: readonly (Port | undefined)[] | undefined;
      /** It stands in for a caller's value that is missing. */
      readonly unless?: Port | undefined;
      /** It stands in for something that may be there: a default. */
      readonly fallback?: true | undefined;
      /** It was found under a key that only the caller knows: it is meant where the caller's key is this one. */
      readonly where?: KeyCondition | undefined;
      /** It was found under a key that nobody knows: there may be nothing under it. */
      readonly maybe?: true | undefined;
    }
  /** What a setting holds of which something is known: it is named for a vendor's address, a place, or has a value. */
  | {
      readonly kind: "setting";
      readonly key: string;
      readonly variable: string;
      readonly site: Site;
      /** It stands in for something that may be there. */
      readonly fallback?: true | undefined;
      readonly where?: KeyCondition | undefined;
    }
  | {
      readonly kind: "settle";
      readonly key: string;
      /** The function that made the cell, the cell in its terms, and the cell that stands for it everywhere else. */
      readonly owner: number;
      readonly cell: string;
      readonly home: string;
      readonly argument: number;
    }
  | { readonly kind: "pattern"; readonly key: string; readonly source: string; readonly flags: string }
  /** Where a closure's variables are that change: see `closure-homes.ts`. */
  | { readonly kind: "home"; readonly key: string; readonly owner: number; readonly place: string }
  | { readonly kind: "open"; readonly key: string };

export type SymAtom = Extract<Atom, { kind: "sym" }>;

export interface InstanceAtom {
  readonly kind: "instance";
  readonly key: string;
  readonly id: number;
  /** Of this very class, and of none that extends it. */
  readonly exact: boolean;
  /** A module's variable holds it: whoever reaches it may have changed it. */
  readonly shared: boolean;
}

export function instanceAtom(id: number, exact: boolean, shared = false): InstanceAtom {
  return { kind: "instance", key: `i ${id}${exact ? "!" : ""}${shared ? "*" : ""}`, id, exact, shared };
}

/** An object whose fields are a state, one in a program. */
export function fieldsAtom(name: string): Atom {
  return { kind: "state", key: `w held ${name}`, cell: { file: "", owner: 0, name }, does: "held" };
}

export function classAtom(id: number): Atom {
  return { kind: "class", key: `q ${id}`, id };
}

/** A regular expression: keys may be tested by it. */
export function patternAtom(source: string, flags: string): Atom {
  return { kind: "pattern", key: `x ${flags} ${source}`, source, flags };
}

/**
 * Where an atom has been: a rope of steps, rebuilt into a trace only for the flows that are reported.
 * It takes no part in equality: the first way found is kept, unless a shorter one comes.
 */
export type Trail = {
  readonly length: number;
  readonly before: Trail | undefined;
  /** Which part of the value at hand holds it is not kept: unknown code gave the value back, or a limit folded it. */
  readonly folded: Folded | undefined;
  /** That it came this far is a guess: an answer of unknown code, or some part of what that gave back. */
  readonly guess: boolean;
  /** The field that it was taken out of when nobody knew which one was meant. */
  readonly field: string | undefined;
} & ({ readonly step: Step } | { readonly rope: Trail | undefined });

/** An atom, and its way. */
export interface Held {
  readonly atom: Atom;
  readonly trail: Trail | undefined;
}

/** The names of the parts that held it before; none are known of what unknown code gave back. */
export type Folded = readonly string[];

export function addStep(before: Trail | undefined, step: Step): Trail {
  return {
    length: (before?.length ?? 0) + 1,
    before,
    folded: step.kind === "through" ? [] : before?.folded,
    guess: before?.guess === true,
    field: before?.field,
    step,
  };
}

export function joinTrails(before: Trail | undefined, after: Trail | undefined): Trail | undefined {
  if (!before || !after) return before ?? after;
  return {
    length: before.length + after.length,
    before,
    folded: joinFolded(before.folded, after.folded),
    guess: before.guess || after.guess,
    field: after.field ?? before.field,
    rope: after,
  };
}

function joinFolded(before: Folded | undefined, after: Folded | undefined): Folded | undefined {
  if (!before || !after || before === after) return before ?? after;
  if (after.every((part) => before.includes(part))) return before;
  return before.length === 0 ? after : [...new Set([...before, ...after])];
}

/** What lay in such parts, now that a value is folded. */
export function foldTrail(trail: Trail | undefined, parts: Folded): Trail {
  if (!trail)
    return { length: 0, before: undefined, folded: parts, guess: false, field: undefined, rope: undefined };
  const folded = joinFolded(trail.folded, parts);
  return folded === trail.folded ? trail : { ...trail, folded };
}

/**
 * The way of what is taken out of a whole value by a name: a guess where the value was folded, unless a part of that
 * name held it. Any element of a list is as good as another.
 */
export function trailOfPart(trail: Trail | undefined, key: string): Trail | undefined {
  return trail?.folded && !isAnyPart(key) && !trail.folded.includes(key) ? asGuess(trail) : trail;
}

function isAnyPart(key: string): boolean {
  return isAnyKey(key) || isSort(key) || isIndex(key);
}

export function asGuess(trail: Trail | undefined): Trail | undefined {
  return trail && !trail.guess ? { ...trail, guess: true } : trail;
}

export function stepsOf(trail: Trail | undefined): Step[] {
  const steps: Step[] = [];
  const pending: (Trail | undefined)[] = [trail];
  while (pending.length > 0) {
    const at = pending.pop();
    if (!at) continue;
    if ("step" in at) {
      steps.push(at.step);
      pending.push(at.before);
    } else {
      pending.push(at.before, at.rope);
    }
  }
  return steps.reverse();
}

export function symAtom(
  root: string,
  path: readonly string[],
  deep: boolean,
  safe?: Safety,
  keyed?: Keyed,
): SymAtom {
  const key = `s ${root}.${path.join(".")}${deep ? "**" : ""}${safe ? ` ~${safe.key}` : ""}${keyed?.key ?? ""}`;
  return { kind: "sym", key, root, path, deep, safe, keyed };
}

export function sourceAtom(
  source: SourceSite,
  record: boolean,
  unless: Port | undefined,
  safe?: Safety,
): Atom {
  const condition = unless ? ` ?${portKey(unless)}` : "";
  const key = `d ${source.dataType} ${source.site.file}:${source.site.start}${record ? " r" : ""}${source.accessors ? " a" : ""}${condition}${safe ? ` ~${safe.key}` : ""}`;
  return { kind: "source", key, source, record, unless, safe };
}

export function builtinAtom(type: string): Atom {
  return { kind: "builtin", key: `b ${type}`, type };
}

export function settingAtom(
  variable: string,
  site: Site,
  fallback?: true,
  where?: KeyCondition,
): Extract<Atom, { kind: "setting" }> {
  return {
    kind: "setting",
    key: `v ${variable}${fallback ? "?" : ""}${where ? ` =${keyConditionKey(where)}` : ""}`,
    variable,
    site,
    ...(fallback && { fallback }),
    ...(where && { where }),
  };
}

export const openAtom: Atom = { kind: "open", key: "o" };
