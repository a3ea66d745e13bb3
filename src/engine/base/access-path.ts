/**
 * The words of a model's path, after those that CodeQL publishes for its JavaScript models:
 * `Member[a,b]`, `AnyMember`, `Argument[0]`, `Argument[0..]`, `Argument[this]`, `Parameter[0]`, `Parameter[this]`, `ReturnValue`, `Instance`,
 * `Awaited`, `ArrayElement`, `WithStringArgument[0=x]`, `TaggedTemplate`, `JsxProp[a]`, `DecoratedMember`, `DecoratedParameter`;
 * and some of our own: `Assigned`, what is assigned to the property before it; `Emitted`, what a list, stream or promise
 * gives, one by one; `EachMember`, every member of an object or list, each under its own key; `Thrown` and `Rejected`, the
 * error of a call that fails, and of the promise that it gave; `Row`, what the schema there describes, and `RowName`, what it
 * calls that; `Columns`, what a database gives for the SQL or the names of columns there; `Selected`, what a server gives for
 * the GraphQL there; `Template`, the text of a template. `docs/models.md` explains them.
 * Words are joined with dots. `Awaited` never matters: a promise stands for what it will hold.
 */
export type PathToken =
  | { readonly word: "Member"; readonly names: readonly string[] }
  | {
      readonly word:
        | "AnyMember"
        | "ReturnValue"
        | "Instance"
        | "Awaited"
        | "ArrayElement"
        | "TaggedTemplate"
        | "Assigned"
        | "Emitted"
        | "EachMember"
        | "Thrown"
        | "Rejected"
        | "Row"
        | "Columns"
        | "Selected"
        | "Template"
        | "RowName";
    }
  | { readonly word: "Argument" | "Parameter"; readonly from: number; readonly to: number }
  | { readonly word: "Receiver" }
  | { readonly word: "WithStringArgument"; readonly index: number; readonly value: string }
  | { readonly word: "JsxProp"; readonly names: readonly string[] }
  | { readonly word: "DecoratedMember" | "DecoratedParameter" };

/** `Parameter[this]`: what a function is called on. */
export const thisParameter = -1;

export type ParsedPath =
  | { readonly ok: true; readonly tokens: readonly PathToken[] }
  | { readonly ok: false; readonly at: number; readonly message: string };

const bare = new Set([
  "AnyMember",
  "ReturnValue",
  "Instance",
  "Awaited",
  "ArrayElement",
  "TaggedTemplate",
  "Assigned",
  "Emitted",
  "EachMember",
  "Thrown",
  "Rejected",
  "Row",
  "Columns",
  "Selected",
  "Template",
  "RowName",
  "DecoratedMember",
  "DecoratedParameter",
]);

/** Reads a path. An empty text is the root itself. Never throws: a mistake comes back with the offset it stands at. */
export function parsePath(text: string): ParsedPath {
  const tokens: PathToken[] = [];
  let at = 0;
  while (at < text.length) {
    const match = /^([A-Za-z]+)(?:\[([^\]]*)\])?(\.|$)/.exec(text.slice(at));
    if (!match)
      return { ok: false, at, message: `Expected a word such as Member[name] at "${text.slice(at)}"` };
    const token = tokenOf(match[1] as string, match[2]);
    if (typeof token === "string") return { ok: false, at, message: token };
    tokens.push(token);
    at += match[0].length;
    if (match[3] === "." && at === text.length) return { ok: false, at, message: "The path ends with a dot" };
  }
  return { ok: true, tokens };
}

function tokenOf(word: string, inside: string | undefined): PathToken | string {
  if (bare.has(word)) {
    return inside === undefined ? ({ word } as PathToken) : `${word} takes nothing in brackets`;
  }
  if (inside === undefined || inside === "")
    return `${word} is not a path word, or needs something in brackets`;
  if (word === "Member" || word === "JsxProp")
    return { word, names: inside.split(",").map((name) => name.trim()) };
  if (word === "Argument" && inside === "this") return { word: "Receiver" };
  if (word === "Parameter" && inside === "this") return { word, from: thisParameter, to: thisParameter };
  if (word === "Argument" || word === "Parameter") return rangeOf(word, inside);
  if (word === "WithStringArgument") {
    const match = /^(\d+)=(.*)$/.exec(inside);
    return match
      ? { word, index: Number(match[1]), value: match[2] as string }
      : "WithStringArgument is written WithStringArgument[0=text]";
  }
  return `"${word}" is not a path word`;
}

function rangeOf(word: "Argument" | "Parameter", inside: string): PathToken | string {
  const match = /^(\d+)(\.\.(\d+)?)?$/.exec(inside);
  if (!match) return `${word} is written ${word}[0], ${word}[0..] or ${word}[0..2]`;
  const from = Number(match[1]);
  const to =
    match[2] === undefined ? from : match[3] === undefined ? Number.POSITIVE_INFINITY : Number(match[3]);
  return { word, from, to };
}
