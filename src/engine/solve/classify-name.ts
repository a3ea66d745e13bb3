import type { Catalog, DataType } from "../base/catalog.ts";
import type { Confidence } from "../base/kinds.ts";
import type { TypeRef } from "../extract/index.ts";
import { canHold } from "./can-hold.ts";
import { createOwnerWords, type Owner } from "./owner-of.ts";
import { singular, splitWords } from "./split-words.ts";

export interface Classified {
  readonly dataType: string;
  readonly confidence: Confidence;
}

/** Tells data types by names, in the company that they keep. Pure and cached: names repeat endlessly. */
export interface Classifier {
  /**
   * A field or variable by name. `path` names what it belongs to, the nearest last (`session.user`), "" when there is
   * nothing. `declared` is its declared type, when it has one: flags, functions and the like are no personal data.
   * `amongPersonal`: it is a member of a type with several personal ones, which is a person's whatever it is called.
   */
  field(
    name: string,
    path: string,
    declared: TypeRef | undefined,
    amongPersonal?: boolean,
  ): Classified | undefined;
  /** A field that is told by another one of the same thing, which `has` looks for: `to` of what has a `subject`. */
  beside(
    name: string,
    has: (other: string) => boolean,
    declared: TypeRef | undefined,
  ): Classified | undefined;
  /** A whole record of unknown shape by its name: `user`, `newCustomer`. */
  record(name: string, path: string): Classified | undefined;
  /** No finding in a log: data that is followed for borders, and told only where it says something. */
  isQuiet(dataType: string): boolean;
  /** How many members are personal data by their names alone, whoever they belong to. */
  countPersonal(members: ReadonlyMap<string, { readonly type: TypeRef }>): number;
}

/** A data type that the words of a name end with, and the words before. */
interface Match {
  readonly found: readonly { readonly type: DataType; readonly ambiguous: boolean }[];
  readonly before: readonly string[];
}

/** Of a longer name nobody can tell what it is about. */
const longestName = 6;

export function createClassifier(catalog: Catalog): Classifier {
  const owners = createOwnerWords(catalog.owners);
  const notData = new Set(catalog.owners.notData);
  const exact = new Map<string, { readonly type: DataType; readonly ambiguous: boolean }[]>();
  const dataTypes = new Map(catalog.dataTypes.map((each) => [each.id, each]));
  for (const type of catalog.dataTypes) {
    for (const name of type.names) index(exact, name, { type, ambiguous: false });
    for (const name of type.ambiguous ?? []) index(exact, name, { type, ambiguous: true });
  }
  const besides = new Map(
    catalog.dataTypes.flatMap((type) => (type.beside?.names ?? []).map((name) => [name, type] as const)),
  );
  const counters = new Map(
    catalog.dataTypes.map((each) => [each.id, (each.notNames ?? []).map((name) => ` ${name} `)]),
  );
  const longest = Math.max(1, ...[...exact.keys()].map((name) => name.split(" ").length));
  const matches = new Map<string, Match | undefined>();
  const cache = new Map<string, Classified | undefined>();
  const counts = new WeakMap<object, number>();

  /** The longest data-type name that the words end with. */
  function findMatch(name: string): Match | undefined {
    const words = splitWords(name);
    if (words.length === 0 || words.length > longestName || isConstantName(name)) return undefined;
    for (let size = Math.min(longest, words.length); size > 0; size--) {
      const tail = words.slice(words.length - size);
      const found =
        exact.get(tail.join(" ")) ??
        exact.get(tail.join("")) ??
        exact.get([...tail.slice(0, -1), singular(tail.at(-1) as string)].join(" "));
      if (found) return matchOf(found, words, words.slice(0, words.length - size));
    }
    return undefined;
  }

  /** Words of questions, actions and things before the name, and counter-names anywhere in it, rule types out. */
  function matchOf(
    found: Match["found"],
    words: readonly string[],
    before: readonly string[],
  ): Match | undefined {
    if (before.some((word) => owners.isAbout(word) || owners.isStranger(word))) return undefined;
    const text = ` ${words.join(" ")} `;
    const named = before.some(owners.isPersonWord);
    const unknown = before.some((word) => !isCircumstance(word));
    const left = found.filter(
      ({ type, ambiguous }) =>
        (named || !unknown || !(ambiguous || type.before === "person")) &&
        !counters.get(type.id)?.some((counter) => text.includes(counter)),
    );
    return left.length === 0 ? undefined : { found: left, before };
  }

  function isCircumstance(word: string): boolean {
    return owners.isQualifier(word) || owners.isPersonWord(word) || /^\d+$/.test(word);
  }

  function match(name: string): Match | undefined {
    if (matches.has(name)) return matches.get(name);
    const found = findMatch(name);
    matches.set(name, found);
    return found;
  }

  function findField(hit: Match, owner: Owner): Classified | undefined {
    const whose = hit.before.some(owners.isPersonWord) ? "person" : owner;
    for (const { type, ambiguous } of hit.found) {
      const confidence = confidenceOf(type, ambiguous, whose);
      if (confidence) return { dataType: type.id, confidence };
    }
    return undefined;
  }

  function isNotData(typeName: string): boolean {
    return splitWords(typeName).some((word) => notData.has(word) || owners.isStranger(word));
  }

  function field(name: string, path: string, declared: TypeRef | undefined, amongPersonal = false) {
    const hit = match(name);
    if (!hit) return undefined;
    const named = owners.ownerOf(path);
    const owner = amongPersonal && named !== "stranger" ? "person" : named;
    const key = `${name}\0${owner}`;
    if (!cache.has(key)) cache.set(key, findField(hit, owner));
    const found = cache.get(key);
    if (!found || !declared) return found;
    if (!canHold(dataTypes.get(found.dataType) as DataType, declared, isNotData)) return undefined;
    return found.confidence === "medium" && named === "person"
      ? { ...found, confidence: "high" as const }
      : found;
  }

  const isQuiet = (dataType: string) => dataTypes.get(dataType)?.severity?.log === "off";

  return {
    field,
    beside(name, has, declared) {
      const type = besides.get(splitWords(name).join(" "));
      if (!type?.beside?.with.some(has) || (declared && !canHold(type, declared, isNotData)))
        return undefined;
      const { unless = [], despite = [] } = type.beside;
      if (unless.some(has) && !despite.some(has)) return undefined;
      return { dataType: type.id, confidence: "medium" };
    },
    record(name, path) {
      const personhood = owners.personhood(name);
      if (!personhood || owners.ownerOf(path) === "stranger") return undefined;
      return { dataType: "identity.person", confidence: personhood === "person" ? "medium" : "low" };
    },
    isQuiet,
    countPersonal(members) {
      const known = counts.get(members);
      if (known !== undefined) return known;
      const found = [...members].map(([name, { type }]) => field(name, "", type));
      const personal = found.filter((each) => each?.confidence === "medium" && !isQuiet(each.dataType));
      const count = new Set(personal.map((each) => each?.dataType)).size;
      counts.set(members, count);
      return count;
    },
  };
}

/** How far a name is believed, by whose the thing is. */
function confidenceOf(type: DataType, ambiguous: boolean, owner: Owner): Confidence | undefined {
  if (type.owner === "conversation") return owner === "conversation" ? "medium" : undefined;
  if (owner === "person") return "medium";
  if (type.owner === "account") {
    if (owner === "account") return "medium";
    return ambiguous || owner === "stranger" ? undefined : "low";
  }
  if (ambiguous || type.owner === "person") return undefined;
  return owner === "stranger" ? "low" : "medium";
}

function index<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** `ADMIN_EMAIL`: a constant of the program, not of a person. */
function isConstantName(name: string): boolean {
  return name.length > 3 && /^[A-Z][A-Z0-9_]*$/.test(name) && name.includes("_");
}
