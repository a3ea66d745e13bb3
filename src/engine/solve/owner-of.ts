import type { Owners } from "../base/catalog.ts";
import { singular, splitWords } from "./split-words.ts";

/**
 * Whose a thing is, by the name of what it belongs to. `person`: a person's. `account`: of what belongs to one person's
 * account, such as a session. `conversation`: of a message between people. `stranger`: of something that is no person. `other`: a noun that nothing is known of.
 * `none`: nothing but words for records (`body`, `data`), or no owner at all.
 */
export type Owner = "person" | "account" | "conversation" | "stranger" | "other" | "none";

/** The words by which names tell of people. Pure and cached: names repeat endlessly. */
export interface OwnerWords {
  /** `person`: the name stands for one (`newCustomer`). `role`: for one, or for an id or a list (`owner`, `members`). */
  personhood(name: string): "person" | "role" | undefined;
  /** `path`: the names that lead to the thing, the nearest last: `session.user`. */
  ownerOf(path: string): Owner;
  isPersonWord(word: string): boolean;
  isStranger(word: string): boolean;
  isAbout(word: string): boolean;
  isQualifier(word: string): boolean;
}

export function createOwnerWords(owners: Owners): OwnerWords {
  const person = new Set(owners.person);
  const role = new Set(owners.role);
  const account = new Set(owners.account);
  const conversation = new Set(owners.conversation);
  const record = new Set(owners.record);
  const notPerson = new Set(owners.notPerson);
  const about = new Set(owners.about);
  const qualifier = new Set(owners.qualifier);
  const people = new Map<string, "person" | "role" | undefined>();
  const paths = new Map<string, Owner>();

  const isStranger = (word: string) => notPerson.has(word) || notPerson.has(singular(word));

  /** The words up to the last that says something: `user record 2` → `user`. */
  function telling(words: readonly string[]): readonly string[] {
    let end = words.length;
    while (end > 0 && (record.has(words[end - 1] as string) || /^\d+$/.test(words[end - 1] as string))) end--;
    return words.slice(0, end);
  }

  function endsIn(nouns: ReadonlySet<string>, words: readonly string[]): boolean {
    const last = words.at(-1) as string;
    return nouns.has(last) || nouns.has(singular(last)) || nouns.has(`${words.at(-2) ?? ""} ${last}`);
  }

  function findPersonhood(name: string): "person" | "role" | undefined {
    const words = headOf(splitWords(name));
    const nouns = telling(words);
    if (nouns.length === 0 || words.some((word) => about.has(word))) return undefined;
    if (endsIn(person, nouns)) return "person";
    return endsIn(role, nouns) ? "role" : undefined;
  }

  function personhood(name: string): "person" | "role" | undefined {
    if (people.has(name)) return people.get(name);
    const found = findPersonhood(name);
    people.set(name, found);
    return found;
  }

  /** The nearest name that says something decides; an account inside of a stranger is the stranger's own. */
  function findOwner(path: string): Owner {
    let nearest: Owner = "none";
    for (const name of path.split(".").reverse()) {
      const words = headOf(splitWords(name));
      const nouns = telling(words);
      if (nouns.length === 0) continue;
      if (nearest === "none" && endsIn(conversation, nouns)) return "conversation";
      if (personhood(name)) return nearest === "account" ? nearest : "person";
      if (words.some(isStranger)) return "stranger";
      if (nearest !== "none" || !endsIn(account, nouns)) return nearest === "none" ? "other" : nearest;
      nearest = "account";
    }
    return nearest;
  }

  return {
    personhood,
    isStranger,
    isPersonWord: (word) => person.has(word) || role.has(word),
    isAbout: (word) => about.has(word),
    isQualifier: (word) => qualifier.has(word) || record.has(word),
    ownerOf(path) {
      const owner = paths.get(path) ?? findOwner(path);
      paths.set(path, owner);
      return owner;
    },
  };
}

/** `user with settings` is a user. */
function headOf(words: readonly string[]): readonly string[] {
  const end = words.findIndex((word, index) => index > 0 && additions.has(word));
  return end < 0 ? words : words.slice(0, end);
}

const additions = new Set(["with", "without", "including", "plus"]);
