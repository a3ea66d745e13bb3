import { expect, test } from "vitest";
import { operationsIn } from "../../../src/engine/solve/graphql-document.ts";

/** `a b { c }`, and `alias:name`. */
function outline(texts: string | readonly string[]): string | undefined {
  type Fields = NonNullable<ReturnType<typeof operationsIn>>;
  const write = (fields: Fields): string =>
    fields
      .map(({ key, name, fields: of, on }) => {
        const called = key === name ? key : `${key}:${name}`;
        return `${called}${on ? `@${on}` : ""}${of ? ` { ${write(of)} }` : ""}`;
      })
      .join(" ");
  const asked = operationsIn([texts].flat());
  return asked && write(asked);
}

test.each([
  ["{ me { id email } }", "me { id email }"],
  ['query Q($a: [ID!]! = ["}"], $b: In = {x: 1}) @live { a(b: {c: "("}) @skip(if: $d) { e } }', "a { e }"],
  ['# a comment with {\nmutation { add(text: """a } "b" """) { ok } }', "add { ok }"],
  ["subscription S { who: user { id } }", "who:user { id }"],
  ["{ node { id ... on User { email } ... @include(if: $x) { at } } }", "node { id email@User at }"],
  ["{ me { id } me { name } }", "me { id name }"],
  ["query A { a } query B { b, a }", "a b"],
])("%s", (text, expected) => {
  expect(outline(text)).toBe(expected);
});

test("fragments may stand in any of the texts, and name each other", () => {
  const texts = [
    "? query { me { ...A } }",
    "? fragment A on User { id ...B }",
    "fragment B on User { email }",
  ];
  expect(outline(texts)).toBe("me { id@User email@User }");
});

test.each([
  ["{ me { ...Unknown } }"],
  ["{ me { ? } }"],
  ["fragment A on User { id }"],
  ["type User { id: ID! }"],
  ["{ me { id }"],
  ["{ me { ...A } } fragment A on User { ...A }"],
  ["select * from users"],
  [""],
])("is not read: %s", (text) => {
  expect(outline(text)).toBeUndefined();
});
