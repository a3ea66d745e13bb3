import { propertyOfGetter } from "../base/accessor-key.ts";
import type { Item, ObjectEntry, Value, ValueId } from "../extract/index.ts";
import { readThrough } from "./accessors.ts";
import { arrayOf, withElements, writtenItems } from "./array-shape.ts";
import { openAtom, type SymAtom, symAtom } from "./atom.ts";
import { textsOf } from "./builtin-call.ts";
import { withKey } from "./builtin-maps.ts";
import { overlay } from "./builtin-objects.ts";
import { appended, constantAtom, fillingsOf, type TextWithHoles } from "./constant-atom.ts";
import { loadPath } from "./evaluate-load.ts";
import { shapeAt, siteOf } from "./evaluation.ts";
import type { Site } from "./flow.ts";
import { keyed } from "./key-tests.ts";
import { denied, underKey, valuesField } from "./key-words.ts";
import { standsUnder, storeEntries } from "./keyed-entries.ts";
import { portOfKey } from "./list-tests.ts";
import { callOwn, iterated } from "./own-methods.ts";
import { placesByKey } from "./places-by-key.ts";
import { type Port, samePort } from "./port.ts";
import {
  empty,
  hasAtom,
  inText,
  join,
  joinAll,
  load,
  mapSymbols,
  ofAtom,
  type Shape,
  store,
} from "./shape.ts";
import type { Evaluation } from "./solver.ts";
import { storeUnder } from "./store-under.ts";
import { unknownPart } from "./told-place.ts";
import { keep, originOf } from "./unchanged.ts";

export function evaluateObject(evaluation: Evaluation, id: ValueId, entries: readonly ObjectEntry[]): Shape {
  let shape = empty;
  const getters = new Map<string, Shape>();
  for (const entry of entries) {
    if ("spread" in entry) shape = overlay(evaluation.solver, shape, shapeAt(evaluation, entry.spread));
    else if ("dynamicKey" in entry) shape = storeDynamic(evaluation, shape, entry.dynamicKey, entry.value);
    else {
      const value = memberAt(evaluation, entry.value);
      const property = propertyOfGetter(entry.key);
      if (property !== undefined) getters.set(property, value);
      shape = store(shape, entry.key, value);
    }
  }
  const site = siteAt(evaluation, id);
  for (const [property, getter] of getters)
    shape = store(shape, property, readThrough(evaluation, { ...site, name: property }, getter, shape));
  return shape;
}

function memberAt(evaluation: Evaluation, id: ValueId): Shape {
  const value = evaluation.values[id];
  return value?.op === "const" && value.value === false
    ? ofAtom(constantAtom(denied, siteAt(evaluation, id).call))
    : shapeAt(evaluation, id);
}

/** `object[key] = value`. A key that is not constant may itself be data. */
export function storeDynamic(evaluation: Evaluation, object: Shape, key: ValueId, value: ValueId): Shape {
  const held = shapeAt(evaluation, value);
  const keys = shapeAt(evaluation, key);
  const names = keyNames(keys);
  if (names.length === 0) return withKey(storeUnder(evaluation.solver, object, keys, held), keys);
  return storeEntries(object, held, (at, rest) =>
    names.length === 1
      ? store(at, names[0] as string, rest)
      : names.reduce((made, name) => store(made, name, join(load(made, name), rest)), at),
  );
}

/** `object[key]` */
export function loadDynamic(evaluation: Evaluation, object: Shape, key: ValueId): Shape {
  const keys = shapeAt(evaluation, key);
  const names = keyNames(keys);
  const under = names.length === 0 ? portOfKey(keys) : undefined;
  if (names.length > 0) return joinAll(names.map((name) => loadPath(evaluation.solver, object, [name])));
  const table = placesByKey(object, under?.port);
  const plain = under ? withoutOther(table, under.port) : table;
  return under && plain === table
    ? standsUnder(loadPath(evaluation.solver, table, [underKey]), under)
    : loadPath(evaluation.solver, plain, ["*"]);
}

/** An object that was there only where another key passes: what stands in it has nothing to do with that one. */
function withoutOther(object: Shape, port: Port): Shape {
  const isOther = ({ path, keyed }: SymAtom) =>
    keyed?.under && !path.includes(underKey) && !samePort(keyed.under.port, port);
  if (!hasAtom(object, (atom) => atom.kind === "sym" && isOther(atom) === true)) return object;
  return mapSymbols(object, (atom) =>
    isOther(atom)
      ? symAtom(atom.root, atom.path, atom.deep, atom.safe, keyed(atom.keyed?.filter, undefined))
      : atom,
  );
}

/** The keys that a value is known to be one of. A number may be the first round of a loop: it says nothing. */
function keyNames(keys: Shape): readonly string[] {
  const texts = textsOf(keys) ?? [];
  return texts.some((text) => /^\d*$/.test(text)) ? [] : texts;
}

export function evaluateArray(evaluation: Evaluation, id: ValueId, items: readonly Item[]): Shape {
  const shapes: Shape[] = [];
  let exact = true;
  for (const item of items) {
    const value = shapeAt(evaluation, item.value);
    const spread = item.spread ? writtenItems(value) : [value];
    if (!spread) exact = false;
    shapes.push(...(spread ?? [iterated(evaluation, siteAt(evaluation, id), value)]));
  }
  return exact ? arrayOf(shapes) : store(empty, "*", joinAll(shapes));
}

/** A list whose elements have all become something else; where none of them changed, the list as it was. */
export function evaluateElements(
  evaluation: Evaluation,
  { object, value }: Extract<Value, { op: "elements" }>,
  id: ValueId,
): Shape {
  const before = shapeAt(evaluation, object);
  const unchanged = originOf(evaluation, value)?.op === "element";
  // An element of a map is a pair, which is made anew each time.
  if (unchanged || before.fields?.has(valuesField)) return keep(evaluation, id, object);
  return withElements(before, shapeAt(evaluation, value));
}

/** Text keeps what was put into it. Constants fold, with a mark for the parts that are not known. */
export function evaluateConcat(evaluation: Evaluation, parts: readonly ValueId[], id: ValueId): Shape {
  const shapes = parts.map((part) => {
    const shape = shapeAt(evaluation, part);
    return callOwn(evaluation, siteAt(evaluation, id), shape, "toString") ?? shape;
  });
  const held = joinAll(shapes.map(inText));
  const data = withoutOpen(held);
  let texts: TextWithHoles[] = [{ text: "", holes: [] }];
  for (const shape of shapes) {
    const fillings = fillingsOf(shape);
    texts = texts.flatMap((text) => fillings.map((each) => appended(text, each))).slice(0, 8);
  }
  const setting = settingsOf(shapes.find((shape) => !isNothing(shape)) ?? empty);
  const useful = texts.filter(
    ({ text }) => text !== unknownPart && text.length <= 200 && /[a-z]/i.test(text),
  );
  const site = siteOf(evaluation, id);
  return joinAll([
    data,
    setting,
    ...useful.map(({ text, holes, doubt }) =>
      ofAtom(constantAtom(text, site, isAddress(text) ? { ...doubt, holes } : doubt)),
    ),
  ]);
}

/** Whether a text may be a part of a host, so that callers need to know it exactly. */
function isAddress(text: string): boolean {
  return text.includes(unknownPart) && /[.-]/.test(text) && !/\s/.test(text);
}

/** An address that starts with what a setting holds goes where that says; behind a host it says nothing. */
function settingsOf(shape: Shape): Shape {
  const kept = [...shape.atoms].filter(([, { atom }]) => atom.kind === "setting");
  return kept.length === 0 ? empty : { atoms: new Map(kept), fields: undefined };
}

function isNothing(shape: Shape): boolean {
  return textsOf(shape)?.every((text) => text === "") === true;
}

function siteAt(evaluation: Evaluation, id: ValueId) {
  return { id, call: siteOf(evaluation, id), root: String(id) };
}

function withoutOpen(shape: Shape): Shape {
  if (!shape.atoms.has(openAtom.key)) return shape;
  return { atoms: new Map([...shape.atoms].filter(([key]) => key !== openAtom.key)), fields: shape.fields };
}

export function constant(value: string, site: Site): Shape {
  return ofAtom(constantAtom(value, site));
}
