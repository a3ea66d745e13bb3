/** A field that an operation of GraphQL asks for: by the key that it has in the answer. */
export interface AskedField {
  readonly key: string;
  /** Its name in the schema. */
  readonly name: string;
  /** The type that a fragment says that it is a field of. */
  readonly on: string | undefined;
  /** What is asked of it, where that is an object. */
  readonly fields: readonly AskedField[] | undefined;
}

type Selection =
  | { readonly field: string; readonly as: string; readonly of: readonly Selection[] | undefined }
  | { readonly on: string | undefined; readonly of: readonly Selection[] }
  | { readonly spread: string };

interface Definitions {
  readonly operations: (readonly Selection[])[];
  readonly fragments: Map<string, { readonly on: string; readonly of: readonly Selection[] }>;
}

/**
 * What the operations in texts of GraphQL ask for, with the fragments in these texts. Undefined where a text is none, where
 * a fragment or a part of a text is not known, or where nothing is asked.
 */
export function operationsIn(texts: readonly string[]): readonly AskedField[] | undefined {
  const definitions: Definitions = { operations: [], fragments: new Map() };
  try {
    for (const text of texts) readDefinitions(new Tokens(text), definitions);
    const asked = fieldsOf(definitions.operations.flat(), definitions, undefined, []);
    return asked.length > 0 ? asked : undefined;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

class Unreadable extends Error {}

const token =
  /[\s,\uFEFF]+|#[^\n\r]*|("""[\s\S]*?"""|"(?:\\.|[^"\\\n\r])*"|\.\.\.|[A-Za-z_]\w*|-?\d[\w.+-]*|[{}()[\]:!$@=|&?])/y;

/** `?` stands for what is put into the template there. */
class Tokens {
  private at = 0;
  private readonly all: string[] = [];

  constructor(text: string) {
    const pattern = new RegExp(token);
    while (pattern.lastIndex < text.length) {
      const match = pattern.exec(text);
      if (!match) throw new Unreadable();
      if (match[1] !== undefined) this.all.push(match[1]);
    }
  }

  get next(): string | undefined {
    return this.all[this.at];
  }

  take(): string {
    const taken = this.all[this.at++];
    if (taken === undefined) throw new Unreadable();
    return taken;
  }

  takeIf(wanted: string): boolean {
    if (this.next !== wanted) return false;
    this.at++;
    return true;
  }

  name(): string {
    const taken = this.take();
    if (!/^[A-Za-z_]/.test(taken)) throw new Unreadable();
    return taken;
  }

  /** Past what stands in brackets, if something does. */
  skipArguments(): void {
    if (!this.takeIf("(")) return;
    for (let depth = 1; depth > 0; ) {
      const taken = this.take();
      if (taken === "(") depth++;
      if (taken === ")") depth--;
    }
  }

  skipDirectives(): void {
    while (this.takeIf("@")) {
      this.name();
      this.skipArguments();
    }
  }
}

function readDefinitions(tokens: Tokens, { operations, fragments }: Definitions): void {
  while (tokens.next !== undefined) {
    if (tokens.takeIf("?")) continue;
    const word = tokens.next === "{" ? "query" : tokens.take();
    if (word === "fragment") {
      const name = tokens.name();
      if (!tokens.takeIf("on")) throw new Unreadable();
      const on = tokens.name();
      tokens.skipDirectives();
      fragments.set(name, { on, of: readSelections(tokens) });
    } else if (word === "query" || word === "mutation" || word === "subscription") {
      if (tokens.next !== "{" && tokens.next !== "(" && tokens.next !== "@") tokens.name();
      tokens.skipArguments();
      tokens.skipDirectives();
      operations.push(readSelections(tokens));
    } else throw new Unreadable();
  }
}

function readSelections(tokens: Tokens): Selection[] {
  if (!tokens.takeIf("{")) throw new Unreadable();
  const selections: Selection[] = [];
  while (!tokens.takeIf("}"))
    selections.push(tokens.takeIf("...") ? readFragment(tokens) : readField(tokens));
  return selections;
}

function readFragment(tokens: Tokens): Selection {
  const on = tokens.takeIf("on") ? tokens.name() : undefined;
  if (on === undefined && tokens.next !== "{" && tokens.next !== "@") {
    const spread = tokens.name();
    tokens.skipDirectives();
    return { spread };
  }
  tokens.skipDirectives();
  return { on, of: readSelections(tokens) };
}

function readField(tokens: Tokens): Selection {
  const as = tokens.name();
  const field = tokens.takeIf(":") ? tokens.name() : as;
  tokens.skipArguments();
  tokens.skipDirectives();
  return { field, as, of: tokens.next === "{" ? readSelections(tokens) : undefined };
}

/** With fragments put in their places. What is asked for twice is asked for together. */
function fieldsOf(
  selections: readonly Selection[],
  definitions: Definitions,
  on: string | undefined,
  within: readonly string[],
): AskedField[] {
  const byKey = new Map<string, AskedField>();
  const add = (asked: AskedField) => {
    const known = byKey.get(asked.key);
    const fields = known?.fields && asked.fields ? [...known.fields, ...asked.fields] : asked.fields;
    byKey.set(asked.key, { ...asked, fields, on: known?.on ?? asked.on });
  };
  for (const each of selections) {
    if ("field" in each) {
      const fields = each.of && fieldsOf(each.of, definitions, undefined, within);
      add({ key: each.as, name: each.field, on, fields });
    } else if ("spread" in each) {
      const fragment = definitions.fragments.get(each.spread);
      if (!fragment || within.includes(each.spread)) throw new Unreadable();
      fieldsOf(fragment.of, definitions, fragment.on, [...within, each.spread]).forEach(add);
    } else fieldsOf(each.of, definitions, each.on ?? on, within).forEach(add);
  }
  return [...byKey.values()];
}
