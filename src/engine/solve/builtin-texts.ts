import {
  each,
  element,
  foldedSelf,
  isList,
  list,
  type Method,
  type Methods,
  numberOf,
  record,
  textsOf,
} from "./builtin-call.ts";
import { empty, flatten, type Held, inText, joinAll, type Shape, someAtom } from "./shape.ts";

/** A part that is too short to tell whose it is: initials, the last four digits. */
const shortPart = 6;

/** A part of a text, or of a list. */
const cut: Method = ({ self, args, isText }) => {
  if (isList(self)) return list(element(self));
  if (!isText()) return self;
  const [from, to] = args.map(numberOf);
  if (from !== undefined && from < 0 && -from <= shortPart) return empty;
  if (from !== undefined && to !== undefined && from >= 0 && to >= 0 && to - from <= shortPart) return empty;
  return self;
};

/** What people put in place of what they hide. */
const maskText = /[*•█]|x{2,}|redact|mask|hidden|removed|^[xX]$|^#+$/i;

/** Whether nothing is left of what is replaced: a mask stands there, or something computed that holds no data. */
function isMask(by: Shape): boolean {
  if (by.fields) return false;
  return by.atoms.size === 0 || textsOf(by)?.every((text) => maskText.test(text)) === true;
}

const replace: Method = ({ self, args, back }) => {
  const written = args[1] ?? empty;
  const isCallback = someAtom(written, (atom) => atom.kind === "function");
  const by = isCallback ? back(1, flatten(self)) : written;
  if (args[1] && isMask(by)) return empty;
  return joinAll([inText(self), inText(by)]);
};

const split: Method = ({ self, args }) => {
  const parts = flatten(self);
  if (textsOf(args[0])?.join() !== "@") return list(parts);
  // The domain of an e-mail address is no longer a person's.
  return record({ 0: parts, 1: empty });
};

const concat: Method = ({ self, args }) => {
  const arrays = [self, ...args].some(isList);
  return arrays
    ? list(joinAll([self, ...args].map((part) => (isList(part) ? element(part) : part))))
    : joinAll([self, ...args].map(inText));
};

/** What an expression matched is a list of parts of the text, with named groups. */
const match: Method = ({ self }) => flatten(self);

/** A constant in another case is a constant; so is a caller's. */
const inCase: Method = ({ self, site }) => {
  if (self.fields) return inText(self);
  const atoms = new Map<string, Held>();
  for (const [key, held] of self.atoms) {
    const { atom } = held;
    if (atom.kind === "sym" || atom.kind === "source" || atom.kind === "open") atoms.set(key, held);
    if (atom.kind !== "constant") continue;
    const value = site.name.endsWith("UpperCase") ? atom.value.toUpperCase() : atom.value.toLowerCase();
    atoms.set(`k ${value}`, { ...held, atom: { ...atom, key: `k ${value}`, value } });
  }
  return { atoms, fields: undefined };
};

/** Methods of texts, numbers and dates, by name. */
export const textMethods: Methods = {
  ...each(
    [
      "trim",
      "trimStart",
      "trimEnd",
      "toString",
      "toLocaleLowerCase",
      "toLocaleUpperCase",
      "normalize",
      "toWellFormed",
      "toJSON",
      "valueOf",
      "toISOString",
      "toUTCString",
      "toDateString",
      "toLocaleString",
      "toLocaleDateString",
      "toLocaleTimeString",
      "toFixed",
      "toPrecision",
      "padStart",
      "padEnd",
      "repeat",
    ],
    foldedSelf,
  ),
  ...each(["toLowerCase", "toUpperCase"], inCase),
  ...each(["slice", "substring", "substr", "subarray"], cut),
  ...each(["replace", "replaceAll"], replace),
  ...each(["match", "matchAll"], match),
  ...each(
    [
      "charAt",
      "charCodeAt",
      "codePointAt",
      "startsWith",
      "endsWith",
      "localeCompare",
      "search",
      "test",
      "isWellFormed",
      "getTime",
      "getTimezoneOffset",
      "hasOwnProperty",
      "isPrototypeOf",
      "propertyIsEnumerable",
    ],
    () => empty,
  ),
  split,
  concat,
};
