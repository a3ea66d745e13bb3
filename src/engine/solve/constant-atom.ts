import type { Atom, Trail } from "./atom.ts";
import { settingAtom } from "./atom.ts";
import type { Site } from "./flow.ts";
import { judge } from "./judge-condition.ts";
import { type Port, portKey } from "./port.ts";
import { type KeyCondition, keyConditionKey } from "./port-condition.ts";
import { empty, type Held, isEmpty, joinAll, ofAtom, type Shape } from "./shape.ts";
import { placeFields } from "./sink-data.ts";
import { unknownPart } from "./told-place.ts";

export type ConstantAtom = Extract<Atom, { kind: "constant" }>;
type SettingAtom = Extract<Atom, { kind: "setting" }>;

/** What a constant may depend on. */
export type Doubt = {
  readonly [Key in "holes" | "unless" | "fallback" | "where" | "maybe"]?: ConstantAtom[Key] | undefined;
};

export function constantAtom(value: string, site: Site, doubt: Doubt = {}): ConstantAtom {
  const { holes, unless, fallback, where, maybe } = doubt;
  const told = holes?.map((hole) => (hole ? portKey(hole) : "")).join(",");
  const key = `k ${value}${told ? ` {${told}}` : ""}${unless ? ` ?${portKey(unless)}` : ""}${fallback ? "?" : ""}${maybe ? "~" : ""}${where ? ` =${keyConditionKey(where)}` : ""}`;
  return {
    kind: "constant",
    key,
    value,
    site,
    ...(told && { holes }),
    ...(unless && { unless }),
    ...(fallback && { fallback }),
    ...(where && { where }),
    ...(maybe && { maybe }),
  };
}

/** A constant or a setting without what it depends on: where the callers that know are not its own. */
export function withoutPorts<A extends ConstantAtom | SettingAtom>(atom: A): Atom {
  if (atom.kind === "setting")
    return atom.where ? settingAtom(atom.variable, atom.site, atom.fallback) : atom;
  const depends = atom.where || atom.unless || atom.holes?.some(Boolean);
  const { fallback, where, maybe } = atom;
  return depends ? constantAtom(atom.value, atom.site, { fallback, maybe: maybe ?? (where && true) }) : atom;
}

/** Whether callers may tell more of it. */
export function dependsOnPorts(atom: ConstantAtom | SettingAtom): boolean {
  if (atom.where) return true;
  return atom.kind === "constant" && (atom.holes !== undefined || atom.unless !== undefined);
}

/**
 * `first ?? other`, `first || other` and defaults: constants of the other one hold only where the first is missing. Nothing
 * of it is left where the first is known to be given.
 */
export function fallbackOf(first: Shape, other: Shape): Shape {
  if (isGiven(first)) return empty;
  if (isEmpty(first)) return other;
  return inDoubt(other, { unless: symbolIn(first), fallback: true });
}

function inDoubt(shape: Shape, doubt: Doubt): Shape {
  const atoms = mapConstants(shape.atoms, doubt);
  let fields = shape.fields;
  for (const key of placeFields) {
    const field = fields?.get(key);
    if (!field || key === "@@provider") continue;
    fields = new Map(fields).set(key, inDoubt(field, doubt));
  }
  return atoms === shape.atoms && fields === shape.fields ? shape : { atoms, fields };
}

function mapConstants(atoms: ReadonlyMap<string, Held>, doubt: Doubt): ReadonlyMap<string, Held> {
  let mapped: Map<string, Held> | undefined;
  for (const [key, { atom, trail }] of atoms) {
    if (atom.kind !== "constant" && atom.kind !== "setting") continue;
    mapped ??= new Map(atoms);
    mapped.delete(key);
    const made =
      atom.kind === "setting"
        ? settingAtom(atom.variable, atom.site, true, atom.where)
        : constantAtom(atom.value, atom.site, {
            holes: atom.holes,
            unless: atom.unless,
            where: atom.where,
            maybe: atom.maybe,
            ...doubt,
          });
    mapped.set(made.key, { atom: made, trail });
  }
  return mapped ?? atoms;
}

/** Nothing but texts, none of them empty: what stands behind it is never reached. */
function isGiven({ atoms, fields }: Shape): boolean {
  if (fields || atoms.size === 0) return false;
  for (const { atom } of atoms.values())
    if (atom.kind !== "constant" || atom.value === "" || atom.value === "0" || atom.where || atom.maybe)
      return false;
  return true;
}

function symbolIn(shape: Shape): Port | undefined {
  for (const { atom } of shape.atoms.values())
    if (atom.kind === "sym" && !atom.deep) return { root: atom.root, path: atom.path };
  return undefined;
}

/** Texts that a hole is filled with, at most. */
const mostFillings = 4;

/** A callee's constant or setting at one of its calls: its holes filled with what is passed, its conditions checked. */
export function constantAt(
  atom: ConstantAtom | SettingAtom,
  trail: Trail | undefined,
  callersValue: (port: Port) => Shape,
): Shape {
  const where = atom.where && conditionAt(atom.where, callersValue);
  if (where === "never") return empty;
  const maybe = atom.kind === "constant" && (atom.maybe || mayMiss(atom, where, callersValue));
  if (atom.kind === "setting")
    return ofAtom(settingAtom(atom.variable, atom.site, atom.fallback, where), trail);
  const { unless, fallback } = atom;
  const found: Doubt = { where, ...(maybe && { maybe }) };
  let doubt: Doubt = { ...found, ...(fallback && { fallback }) };
  if (unless) {
    const value = callersValue(unless);
    if (isGiven(value)) return empty;
    doubt = isEmpty(value) ? found : { ...doubt, unless: symbolIn(value) };
  }
  return joinAll(
    filledTexts(atom, callersValue).map(({ text, holes, doubt: more }) =>
      ofAtom(constantAtom(text, atom.site, { ...more, ...doubt, holes }), trail),
    ),
  );
}

/** Undefined: it may be so, and nobody will know better. */
function conditionAt(
  { port, among }: KeyCondition,
  callersValue: (port: Port) => Shape,
): KeyCondition | "never" | undefined {
  const judged = judge(callersValue(port), among);
  if (judged === "never") return judged;
  return judged === "maybe" ? undefined : { port: judged, among };
}

/** A key that callers do not know either may be none of the table's. */
function mayMiss(
  { where }: ConstantAtom,
  left: KeyCondition | undefined,
  callersValue: (port: Port) => Shape,
): true | undefined {
  if (!where || left) return undefined;
  const key = callersValue(where.port);
  for (const { atom } of key.atoms.values()) if (atom.kind !== "constant") return true;
  return isEmpty(key) || undefined;
}

function filledTexts({ value, holes }: ConstantAtom, callersValue: (port: Port) => Shape): TextWithHoles[] {
  const pieces = value.split(unknownPart);
  let texts: TextWithHoles[] = [{ text: pieces[0] ?? "", holes: [] }];
  for (const [index, piece] of pieces.slice(1).entries()) {
    const hole = holes?.[index];
    const fillings = hole ? fillingsOf(callersValue(hole)) : [unfilled];
    texts = texts
      .flatMap((start) => fillings.map((each) => appended(appended(start, each), { text: piece, holes: [] })))
      .slice(0, mostFillings);
  }
  return texts;
}

/** A text with a mark for each part that is not known, and where the caller's value for it stands. */
export interface TextWithHoles {
  readonly text: string;
  readonly holes: readonly (Port | undefined)[];
  /** What its parts depend on. */
  readonly doubt?: Doubt | undefined;
}

const wholeHost = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]+[/?#]/i;

export const unfilled: TextWithHoles = { text: unknownPart, holes: [undefined] };

export function appended(one: TextWithHoles, other: TextWithHoles): TextWithHoles {
  // What stands behind a host tells nothing of the place.
  const more = wholeHost.test(one.text) ? undefined : other.doubt;
  const doubt = one.doubt && more ? { ...one.doubt, ...more } : (one.doubt ?? more);
  return { text: one.text + other.text, holes: [...one.holes, ...other.holes], ...(doubt && { doubt }) };
}

/** The texts that a value may be as a part of another one. */
export function fillingsOf(shape: Shape): readonly TextWithHoles[] {
  const texts: TextWithHoles[] = [];
  for (const { atom } of shape.atoms.values()) {
    if (atom.kind === "constant")
      texts.push({ text: atom.value, holes: atom.holes ?? holesIn(atom.value), doubt: doubtOf(atom) });
    else if (atom.kind === "sym" && !atom.deep)
      texts.push({ text: unknownPart, holes: [{ root: atom.root, path: atom.path }] });
    else if (atom.kind === "sym" || atom.kind === "open") texts.push(unfilled);
  }
  return texts.length > 0 && texts.length <= mostFillings ? texts : [unfilled];
}

function doubtOf({ unless, fallback, where, maybe }: ConstantAtom): Doubt | undefined {
  return unless || fallback || where || maybe ? { unless, fallback, where, maybe } : undefined;
}

function holesIn(text: string): undefined[] {
  return text
    .split(unknownPart)
    .slice(1)
    .map(() => undefined);
}
