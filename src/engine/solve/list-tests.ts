import type { ListedHow } from "../extract/index.ts";
import { textsOf } from "./builtin-call.ts";
import { type Keyed, type KeyTest, keyTest } from "./key-tests.ts";
import { valuesField } from "./key-words.ts";
import { type Port, samePort } from "./port.ts";
import { load, type Shape } from "./shape.ts";

/** What is asked of a key, and of which list. */
interface Question {
  readonly how: ListedHow;
  readonly keeps: boolean;
  readonly ignoreCase: boolean;
}

/** The test that a list makes of keys; undefined where nothing is known of the list. */
export function testBy(list: Shape, { how, keeps, ignoreCase }: Question): KeyTest | undefined {
  const names = namesIn(list, how);
  const patterns = how === "pattern" ? patternsIn(list) : [];
  const lists = how === "elements" || how === "keys" ? symbolsOf(list) : [];
  if (!names || names.length + patterns.length + lists.length === 0) return undefined;
  // A list that may hold more than is known keeps more than is known.
  if (keeps && how === "elements" && lists.length === 0 && !isWritten(list)) return undefined;
  const told = ignoreCase ? names.map((name) => name.toLowerCase()) : names;
  return keyTest({ keeps, ignoreCase, names: new Set(told), patterns, lists, ofKeys: how === "keys" });
}

/** The tests with what the caller knows of their lists. */
export function resolveTests(tests: readonly KeyTest[], at: (port: Port) => Shape): readonly KeyTest[] {
  if (tests.every(({ lists }) => lists.length === 0)) return tests;
  return tests.flatMap((test) => {
    const found = test.lists.map((port) =>
      testBy(at(port), { ...test, how: test.ofKeys ? "keys" : "elements" }),
    );
    if (test.keeps && found.includes(undefined)) return [];
    const names = new Set([...test.names, ...found.flatMap((each) => [...(each?.names ?? [])])]);
    const lists = found.flatMap((each) => each?.lists ?? []);
    if (names.size + lists.length + test.patterns.length === 0) return [];
    return [keyTest({ ...test, names, lists })];
  });
}

function namesIn(list: Shape, how: ListedHow): readonly string[] | undefined {
  if (how === "equal") return textsOf(list);
  if (how === "pattern") return [];
  const named = how === "keys" ? list : list.fields?.get(valuesField);
  if (named) return [...(named.fields?.keys() ?? [])].filter((name) => !/^(@@|\*)/.test(name));
  const names: string[] = [];
  for (const { atom } of load(list, "*").atoms.values()) if (atom.kind === "constant") names.push(atom.value);
  return names;
}

function patternsIn(list: Shape): readonly RegExp[] {
  const patterns: RegExp[] = [];
  for (const { atom } of list.atoms.values()) {
    if (atom.kind !== "pattern") continue;
    try {
      patterns.push(new RegExp(atom.source, atom.flags.replace(/[gy]/g, "")));
    } catch {
      // What users write need be no expression that this engine knows.
    }
  }
  return patterns;
}

function symbolsOf(list: Shape): readonly Port[] {
  const ports: Port[] = [];
  for (const { atom } of list.atoms.values())
    if (atom.kind === "sym" && !atom.deep) ports.push({ root: atom.root, path: atom.path });
  return ports;
}

/** Whether a list has no elements but constants. */
function isWritten(list: Shape): boolean {
  if (list.fields?.has(valuesField)) return true;
  for (const { atom } of load(list, "*").atoms.values()) if (atom.kind !== "constant") return false;
  return true;
}

/** The one caller's value that a key is, and the tests that it has passed. */
export function portOfKey(key: Shape): Keyed["under"] {
  let found: Keyed["under"];
  for (const { atom } of key.atoms.values()) {
    if (atom.kind === "source") continue;
    if (atom.kind !== "sym" || atom.deep || found) return undefined;
    const port = { root: atom.root, path: atom.path };
    const under = atom.keyed?.under;
    found = { port, tests: under && samePort(under.port, port) ? under.tests : [] };
  }
  return found;
}
