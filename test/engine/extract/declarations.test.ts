import { describe, expect, it } from "vitest";
import { extractFile, type TypeRef } from "../../../src/engine/extract/index.ts";
import { parseFile } from "../../../src/engine/parse/index.ts";
import { printType } from "../../support/print-facts.ts";

function extract(text: string, file = "case.ts") {
  const facts = extractFile(parseFile(file, text));
  expect(facts.problems).toEqual([]);
  return facts;
}

const written = (text: string, { start, end }: { start: number; end: number }) => text.slice(start, end);

describe("types", () => {
  const typeOf = (type: string): TypeRef | undefined => extract(`type T = ${type};`).types[0]?.type;

  it.each([
    ["User"],
    ["orm.User<string>"],
    ["string[]"],
    ["[User, number]"],
    ["{ email?: string; date-of-birth: Date }", '{ email?: string; "date-of-birth": Date }'],
    ['"a" | 1 | true | null'],
    ["A & B"],
    ["(string) => void", "(a: string) => void"],
    ['User["email"]'],
    ["typeof config.user"],
    ["User[]", "readonly User[]"],
    ["[string, User]", "[name: string, user?: User]"],
    ["string", "`a$" + "{string}`"],
    ["keyof User", "keyof User"],
    ["Record<keyof User, string>", "{ [K in keyof User]: string }"],
    [
      "{ getter: string; save: (User) => boolean }",
      "{ get getter(): string; save(user: User): boolean; (): 1 }",
    ],
  ])("%s", (printed, source = printed) => {
    expect(printType(typeOf(source) ?? { kind: "other" })).toBe(printed);
  });

  it("interfaces, aliases and enums are declarations, wherever they stand", () => {
    const facts = extract(
      "export interface User<T> extends Base<T>, Other { email: string }\n" +
        "function f() { type Local = string }\n" +
        "enum Role { Admin = 'admin', Guest = 3, Next }",
    );
    expect(
      facts.types.map(({ name, kind, typeParams, extends: above, type }) => [
        kind,
        name,
        typeParams,
        above.map(printType),
        printType(type),
      ]),
    ).toEqual([
      ["interface", "User", ["T"], ["Base<T>", "Other"], "{ email: string }"],
      ["enum", "Role", [], [], '"admin" | 3 | 4'],
      ["alias", "Local", [], [], "string"],
    ]);
  });

  it("parameters and results have their declared types", () => {
    const [, f] = extract("function f(a: User, { b }: Box = {}, ...c: string[]): Promise<User> {}").functions;
    expect(f?.params.map(({ name, type, rest }) => [name, type && printType(type), rest])).toEqual([
      ["a", "User", false],
      ["", "Box", false],
      ["c", "string[]", true],
    ]);
    expect(f?.returnType && printType(f.returnType)).toBe("Promise<User>");
  });
});

describe("classes", () => {
  const text = `@Entity("users") export class User extends orm.Base<Row> implements Person {
    @Column({ type: "text", length: 10, x: f(), of: () => Role, list: [1, f()] }) email: string;
    static count = 0;
    #secret?: string;
    abstract phone: string;
    constructor(private readonly repo: Repo<User>, @Inject(TOKEN) other: Other) { super(); }
    get name(): string { return ""; }
    set name(value) {}
    static async load(id: string) {}
    ["computed"]() {}
    [key()]() {}
  }`;
  const facts = extract(text);
  const [user] = facts.classes;

  it("have their members, in order, with the functions that they are", () => {
    const members = user?.members.map((member) => {
      const made = member.function === undefined ? undefined : facts.functions[member.function];
      const type = member.type ? printType(member.type) : undefined;
      return [member.kind, member.static, member.name, type, made && `${made.kind} ${made.name}`];
    });
    expect(members).toEqual([
      ["field", false, "repo", "Repo<User>", undefined],
      ["field", false, "email", "string", undefined],
      ["field", true, "count", undefined, undefined],
      ["field", false, "#secret", "string", undefined],
      ["field", false, "phone", "string", undefined],
      ["getter", false, "name", undefined, "getter name"],
      ["setter", false, "name", undefined, "setter name"],
      ["method", true, "load", undefined, "method load"],
      ["method", false, "computed", undefined, "method computed"],
      ["method", false, "[computed]", undefined, "method [computed]"],
    ]);
  });

  it("name what they extend and implement", () => {
    expect(user?.superclass && printType(user.superclass)).toBe("orm.Base<Row>");
    expect(user?.implements.map(printType)).toEqual(["Person"]);
  });

  it("keep the constant parts of decorators", () => {
    expect(user?.decorators).toEqual([{ name: "Entity", args: ["users"] }]);
    expect(user?.members.find((member) => member.name === "email")?.decorators).toEqual([
      {
        name: "Column",
        args: [{ fields: { type: "text", length: 10, of: { name: "Role" }, list: { items: [1, null] } } }],
      },
    ]);
    const made = facts.functions[user?.constructorFunction ?? -1];
    expect(made?.params.map((param) => param.decorators)).toEqual([
      [],
      [{ name: "Inject", args: [{ name: "TOKEN" }] }],
    ]);
  });

  it("have a constructor also when none is written", () => {
    const { classes, functions } = extract("const A = class { x = 1 }");
    expect(classes[0]?.name).toBe("A");
    expect(functions[classes[0]?.constructorFunction ?? -1]?.kind).toBe("constructor");
  });

  it("their members know their class", () => {
    expect(facts.functions.filter((one) => one.class === 0)).toHaveLength(6);
  });
});

describe("imports and exports", () => {
  it("imports", () => {
    const text = `import d, { a as b, type T } from "m"; import * as n from "n"; import "s"; import type { U } from "u";
      import e = require("e"); require("r"); import("i");`;
    expect(extract(text).imports.map(({ specifier, bindings }) => [specifier, bindings])).toEqual([
      [
        "m",
        [
          { local: "d", imported: "default", typeOnly: false },
          { local: "b", imported: "a", typeOnly: false },
          { local: "T", imported: "T", typeOnly: true },
        ],
      ],
      ["n", [{ local: "n", imported: "*", typeOnly: false }]],
      ["s", []],
      ["u", [{ local: "U", imported: "U", typeOnly: true }]],
      ["e", [{ local: "e", imported: "*", typeOnly: false }]],
      ["r", []],
      ["i", []],
    ]);
  });

  it("a `require` of the file's own is none", () => {
    expect(extract('function f(require) { require("r"); }').imports).toEqual([]);
  });

  it("exports", () => {
    const text = `import { a, b as c } from "m"; const x = 1; export { x, x as y, a, c as z };
      export const { p, q: [r] } = o; export function f() {} export class C {} export interface I {} export type T = 1;
      export * from "s"; export * as ns from "n"; export { k as default } from "d"; export enum E {}`;
    expect(extract(text).exports).toEqual([
      { kind: "local", exported: "x", local: "x" },
      { kind: "local", exported: "y", local: "x" },
      { kind: "from", exported: "a", specifier: "m", imported: "a" },
      { kind: "from", exported: "z", specifier: "m", imported: "b" },
      { kind: "local", exported: "p", local: "p" },
      { kind: "local", exported: "r", local: "r" },
      { kind: "local", exported: "f", local: "f" },
      { kind: "local", exported: "C", local: "C" },
      { kind: "local", exported: "I", local: "I" },
      { kind: "local", exported: "T", local: "T" },
      { kind: "star", specifier: "s" },
      { kind: "from", exported: "ns", specifier: "n", imported: "*" },
      { kind: "from", exported: "default", specifier: "d", imported: "k" },
      { kind: "local", exported: "E", local: "E" },
    ]);
  });

  it.each([
    ["export default function f() {}", "f"],
    ["export default function () {}", "default"],
    ["export default class C {}", "C"],
    ["export default { a: 1 };", "default"],
    ["const x = 1; export default x;", "x"],
  ])("%s", (text, local) => {
    expect(extract(text).exports).toEqual([{ kind: "local", exported: "default", local }]);
  });

  it("an inner variable never takes the name of an exported one", () => {
    const { functions } = extract("{ let x = 1; () => x; } export let x = 2;");
    const cells = functions[0]?.values.flatMap((value) =>
      value.op === "cell-write" ? [value.cell.name] : [],
    );
    expect(cells).toEqual(["x#2", "x"]);
  });
});

describe("JSDoc tags", () => {
  const text = `/** @pii contact.email */
export const address = read();
/**
 * Hashes.
 * @sanitizes contact, identity
 */
export function hash(/** @pii contact.phone */ phone, other) {}
/** @channel gateway */
export const share = () => {};
/** @residency EU */
interface Row {
  /** @pii identity.name */ name: string;
  plain: string;
}
/** @residency US */
@Entity()
class Person {
  /** @pii contact.email */
  mail: string;
  /** @sanitizes pii */
  mask() {}
}
`;
  const facts = extract(text);
  const say = (tags: readonly { name: string; text: string }[] | undefined) =>
    tags?.map((tag) => `${tag.name} ${tag.text}`);

  it("stand on variables", () => {
    const typed = facts.functions[0]?.values.find((value) => value.op === "typed");
    expect(typed?.op === "typed" && say(typed.tags)).toEqual(["pii contact.email"]);
  });

  it("stand on functions, also those of a variable, and on parameters", () => {
    const functions = new Map(facts.functions.map((one) => [one.name, one]));
    expect(say(functions.get("hash")?.tags)).toEqual(["sanitizes contact, identity"]);
    expect(say(functions.get("share")?.tags)).toEqual(["channel gateway"]);
    expect(functions.get("hash")?.params.map((param) => say(param.tags))).toEqual([
      ["pii contact.phone"],
      undefined,
    ]);
  });

  it("stand on types, classes and their members", () => {
    const [row] = facts.types;
    expect(say(row?.tags)).toEqual(["residency EU"]);
    expect(row?.type.kind === "object" && row.type.members.map((member) => say(member.tags))).toEqual([
      ["pii identity.name"],
      undefined,
    ]);
    const [person] = facts.classes;
    expect(say(person?.tags)).toEqual(["residency US"]);
    expect(person?.members.map((member) => say(member.tags))).toEqual([
      ["pii contact.email"],
      ["sanitizes pii"],
    ]);
    expect(say(facts.functions[person?.members[1]?.function ?? -1]?.tags)).toEqual(["sanitizes pii"]);
  });

  it("know where they are written", () => {
    const [tag] = facts.types[0]?.tags ?? [];
    expect(tag && written(text, tag.span)).toBe("@residency EU");
  });
});
