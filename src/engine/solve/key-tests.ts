import { limits } from "../base/limits.ts";
import { elementKey, isIndex, keysField, noTextKey, objectKey, underKey } from "./key-words.ts";
import { type Port, portKey } from "./port.ts";

/**
 * What conditions say of keys: `hidden.has(key)`. Such tests travel with the values of callers that they speak of, until
 * the lists and the keys are known.
 */
export interface KeyTest {
  readonly key: string;
  /** Only keys that are listed pass; else only those that are not. */
  readonly keeps: boolean;
  readonly ignoreCase: boolean;
  /** The names that are listed, in lower case where that is ignored. */
  readonly names: ReadonlySet<string>;
  readonly patterns: readonly RegExp[];
  /** Lists that only the caller knows, and whether their elements are the names, or their keys. */
  readonly lists: readonly Port[];
  readonly ofKeys: boolean;
}

/** What is said of a caller's value by the keys in it, or by the key that it stands under. */
export interface Keyed {
  readonly key: string;
  /** An object of which only the keys that pass are left; `deep`: in all objects in it too. */
  readonly filter: { readonly tests: readonly KeyTest[]; readonly deep: boolean } | undefined;
  /** A value that is there only where the key that it stands under passes. */
  readonly under: { readonly port: Port; readonly tests: readonly KeyTest[] } | undefined;
}

export function keyTest(test: Omit<KeyTest, "key">): KeyTest {
  const lists = new Map(test.lists.map((list) => [portKey(list), list]));
  const patterns = test.patterns.map(String);
  const listed = shortened([...test.names, ...patterns, ...lists.keys()].join());
  const key = `${test.keeps ? "+" : "-"}${test.ignoreCase ? "i" : ""}${test.ofKeys ? "k" : ""} ${listed}`;
  return { ...test, lists: lists.size < test.lists.length ? [...lists.values()] : test.lists, key };
}

/** Keys of symbols are compared all the time: a list of fifty names is told by its start, its length and a checksum. */
function shortened(names: string): string {
  if (names.length <= 60) return names;
  let sum = 0;
  for (let at = 0; at < names.length; at++) sum = (Math.imul(sum, 31) + names.charCodeAt(at)) | 0;
  return `${names.slice(0, 40)}… ${names.length} ${sum}`;
}

/** What too many tests have passed is taken for any value: each further mix of them would be a symbol of its own. */
export function keyed(filter: Keyed["filter"], under: Keyed["under"]): Keyed | undefined {
  if (filter && isTooMany(filter.tests)) return keyed(undefined, under);
  if (under && isTooMany(under.tests)) return keyed(filter, undefined);
  if (!filter && !under) return undefined;
  const told = filter ? `${filter.deep ? "**" : ""}${testsKey(filter.tests)}` : "";
  const where = under ? ` @${portKey(under.port)}${testsKey(under.tests)}` : "";
  return { key: `[${told}${where}]`, filter, under };
}

function isTooMany(tests: readonly KeyTest[]): boolean {
  return tests.length > limits.keyTests || tests.some(({ lists }) => lists.length > limits.keyTests);
}

export function testsKey(tests: readonly KeyTest[]): string {
  return tests.map(({ key }) => key).join("&");
}

/** All tests must pass. */
export function allTests(some: readonly KeyTest[], more: readonly KeyTest[]): readonly KeyTest[] {
  if (some.length === 0) return more;
  const known = new Set(some.map(({ key }) => key));
  return [...some, ...more.filter(({ key }) => !known.has(key))];
}

/** Whether a key passes, as far as the lists are known. A list that hides may hide more; one that keeps may keep more. */
export function passes(tests: readonly KeyTest[], name: string): boolean {
  return tests.every((test) => isListed(test, name) === test.keeps || (test.keeps && test.lists.length > 0));
}

function isListed({ names, ignoreCase, patterns }: KeyTest, name: string): boolean {
  return names.has(ignoreCase ? name.toLowerCase() : name) || patterns.some((pattern) => pattern.test(name));
}

/** Whether one test lets pass just what another one does not. */
export function areOpposite(tests: readonly KeyTest[]): boolean {
  return tests.some((test, at) => tests.some((other, i) => i < at && isOpposite(test, other)));
}

function isOpposite(a: KeyTest, b: KeyTest): boolean {
  return a.keeps !== b.keeps && a.key.slice(1) === b.key.slice(1);
}

/** What keys say of a part of a caller's value: where the key of that part does not pass, it is hidden. */
export function partKeyed(
  atom: Port & { readonly keyed: Keyed | undefined },
  key: string,
): Keyed | undefined | "hidden" {
  const { filter, under } = atom.keyed ?? {};
  if (!filter || key === objectKey || key === noTextKey) return atom.keyed;
  const deep = filter.deep ? filter : undefined;
  if (key === elementKey || key === underKey || isIndex(key)) return keyed(deep, under);
  if (key === "*")
    return keyed(deep, { port: { root: atom.root, path: [...atom.path, keysField] }, tests: filter.tests });
  if (key.startsWith("*") || key.startsWith("@@")) return keyed(undefined, under);
  return passes(filter.tests, key) ? keyed(deep, under) : "hidden";
}
