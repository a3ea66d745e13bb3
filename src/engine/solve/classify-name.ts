import type { Catalog, DataType } from "../base/catalog.ts";
import type { Confidence } from "../base/kinds.ts";
import type { TypeRef } from "../extract/index.ts";
import { splitWords } from "./split-words.ts";

export interface Classified {
  readonly dataType: string;
  readonly confidence: Confidence;
}

/** Tells data types by names, in the company that they keep. Pure and cached: names repeat endlessly. */
export interface Classifier {
  /**
   * A field or variable by name. `owner` is the name of what it belongs to (a variable, a type, a property), "" when there
   * is none. `declared` is its declared type, when it has one: booleans, functions and the like are no personal data.
   */
  field(name: string, owner: string, declared: TypeRef | undefined): Classified | undefined;
  /** Whether a name stands for a person: `user`, `newCustomer`, `CustomerRecord`. */
  isPerson(name: string): boolean;
  dataType(id: string): DataType | undefined;
}

/** Words after a person's noun that leave it a person: `userData`, `customerRecord`. */
const neutral = new Set([
  "data",
  "record",
  "row",
  "entity",
  "info",
  "details",
  "profile",
  "model",
  "dto",
  "input",
  "body",
  "payload",
  "document",
  "doc",
  "obj",
  "object",
  "type",
  "props",
  "schema",
  "response",
  "request",
  "result",
  "params",
  "values",
  "form",
  "by",
  "with",
  "from",
]);

/** A name that begins so is a question, an action or a piece of configuration. */
const lead = new Set([
  "is",
  "are",
  "was",
  "hide",
  "has",
  "should",
  "can",
  "on",
  "use",
  "set",
  "get",
  "show",
  "hide",
  "validate",
  "check",
  "send",
  "parse",
  "format",
  "render",
  "with",
  "no",
  "require",
  "requires",
  "allow",
  "enable",
  "disable",
  "handle",
  "update",
  "change",
  "verify",
  "confirm",
  "support",
  "admin",
  "from",
  "sender",
  "default",
  "system",
  "reply",
  "max",
  "min",
  "invalid",
  "missing",
  "hashed",
  "masked",
  "redacted",
  "encrypted",
  "num",
  "total",
  "company",
  "team",
  "invalidate",
  "forgot",
  "reset",
]);

export function createClassifier(catalog: Catalog): Classifier {
  const exact = new Map<string, { readonly type: DataType; readonly ambiguous: boolean }[]>();
  const dataTypes = new Map(catalog.dataTypes.map((each) => [each.id, each]));
  const person = new Set(catalog.owners.person);
  const notPerson = new Set(catalog.owners.notPerson);
  for (const type of catalog.dataTypes) {
    for (const name of type.names) index(exact, name, { type, ambiguous: false });
    for (const name of type.ambiguous ?? []) index(exact, name, { type, ambiguous: true });
  }
  const counters = new Map(
    catalog.dataTypes.map((each) => [each.id, (each.notNames ?? []).map((name) => ` ${name} `)]),
  );
  const longest = Math.max(1, ...[...exact.keys()].map((name) => name.split(" ").length));
  const cache = new Map<string, Classified | undefined>();
  const people = new Map<string, boolean>();

  function isPerson(name: string): boolean {
    const known = people.get(name) ?? findPerson(splitWords(name));
    people.set(name, known);
    return known;
  }

  function findPerson(words: readonly string[]): boolean {
    let end = words.length;
    while (end > 0 && (neutral.has(words[end - 1] as string) || /^\d+$/.test(words[end - 1] as string)))
      end--;
    if (
      end === 0 ||
      lead.has(words[0] as string) ||
      words.some((word) => notPerson.has(word) || notPerson.has(singular(word)))
    )
      return false;
    const last = words[end - 1] as string;
    return (
      person.has(last) || person.has(singular(last)) || (end >= 2 && person.has(`${words[end - 2]} ${last}`))
    );
  }

  /** The longest data-type name that the words end with. */
  function match(words: readonly string[]) {
    for (let size = Math.min(longest, words.length); size > 0; size--) {
      const tail = words.slice(words.length - size);
      const found =
        exact.get(tail.join(" ")) ??
        exact.get(tail.join("")) ??
        exact.get([...tail.slice(0, -1), singular(tail.at(-1) as string)].join(" "));
      if (found) return { found, before: words.slice(0, words.length - size) };
    }
    return undefined;
  }

  function findField(name: string, owner: string): Classified | undefined {
    const words = splitWords(name);
    if (words.length === 0 || words.length > 6 || isConstantName(name)) return undefined;
    const hit = match(words);
    if (!hit) return undefined;
    if (
      hit.before.some((word) => lead.has(word) || notPerson.has(word)) ||
      (hit.before.length === 0 && words.length > 1 && lead.has(words[0] as string))
    )
      return undefined;
    const text = ` ${words.join(" ")} `;
    const owned = isPerson(owner) || hit.before.some((word) => person.has(word));
    const strangers = splitWords(owner).some((word) => notPerson.has(word) || notPerson.has(singular(word)));
    for (const { type, ambiguous } of hit.found) {
      if (counters.get(type.id)?.some((counter) => text.includes(counter))) continue;
      const needsPerson = ambiguous || type.owner === "person";
      if (needsPerson && !owned) continue;
      if (strangers && !owned && type.owner !== "any") continue;
      return { dataType: type.id, confidence: strangers && !owned ? "low" : "medium" };
    }
    return undefined;
  }

  return {
    isPerson,
    dataType: (id) => dataTypes.get(id),
    field(name, owner, declared) {
      const key = `${name}\0${owner}`;
      if (!cache.has(key)) cache.set(key, findField(name, owner));
      const found = cache.get(key);
      if (!found || !declared) return found;
      if (!canHold(found.dataType, declared)) return undefined;
      return found.confidence === "medium" && isPerson(owner) ? { ...found, confidence: "high" } : found;
    },
  };
}

function index<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function singular(word: string): string {
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (word.endsWith("sses") || word.endsWith("xes")) return word.slice(0, -2);
  return word.endsWith("s") && !word.endsWith("ss") && word.length > 3 ? word.slice(0, -1) : word;
}

/** `ADMIN_EMAIL`: a constant of the program, not of a person. */
function isConstantName(name: string): boolean {
  return name.length > 3 && /^[A-Z][A-Z0-9_]*$/.test(name) && name.includes("_");
}

const numeric =
  /^(financial|location|government-id|identity\.age|contact\.phone|behaviour|health|device|account)/;
/** Data that is one of a few words. */
const enumerated = /^(identity\.gender|identity\.nationality|special|health|family)/;
const dated = /^(identity\.birth-date|health|behaviour|location)/;

/** Whether a value of the declared type can hold this sort of data at all. */
export function canHold(dataType: string, declared: TypeRef): boolean {
  switch (declared.kind) {
    case "keyword":
      if (declared.name === "number" || declared.name === "bigint") return numeric.test(dataType);
      return (
        declared.name !== "boolean" &&
        declared.name !== "never" &&
        declared.name !== "void" &&
        declared.name !== "null"
      );
    case "function":
      return false;
    case "literal":
      return enumerated.test(dataType);
    case "keyof":
      return enumerated.test(dataType);
    case "array":
      return canHold(dataType, declared.of);
    case "intersection":
      return declared.of.every((each) => canHold(dataType, each));
    case "union":
      return declared.of.some((each) => !isNothing(each) && canHold(dataType, each));
    case "name":
      if (declared.name === "Date") return dated.test(dataType);
      return !/^(RegExp|Function|React\.|JSX\.|ReactNode|ReactElement|Column|Dispatch|Ref)/.test(
        declared.name,
      );
    default:
      return true;
  }
}

function isNothing(type: TypeRef): boolean {
  return type.kind === "keyword" && (type.name === "undefined" || type.name === "null");
}
