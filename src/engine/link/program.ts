import type { FileId } from "../base/location.ts";
import type {
  ClassFacts,
  ClassMember,
  FileFacts,
  FunctionFacts,
  TypeDeclaration,
  TypeRef,
  ValueId,
} from "../extract/index.ts";
import type { Described, Parsed } from "./schema-types.ts";

/** All facts, joined: what a name in one file stands for in another. Lookups are cached inside. */
export interface Program {
  readonly files: ReadonlyMap<FileId, FileFacts>;
  /** Every function of every file; a function's id is its index here. Files in order, functions in the file's order. */
  readonly functions: readonly FunctionNode[];
  functionId(file: FileId, index: number): number;
  classNode(file: FileId, index: number): ClassNode;
  /** What an import of `imported` (an export's name, `default` or `*`) from `specifier` gives. */
  importTarget(from: FileId, specifier: string, imported: string): ImportTarget;
  /** What `file` exports under `name`; follows re-exports. */
  exportTarget(file: FileId, name: string): ImportTarget | undefined;
  /** The names that `file` exports, as far as its text and that of other files show them. */
  exportedNames(file: FileId): ReadonlySet<string>;
  /** What a named type, as written in `file`, stands for. */
  typeTarget(file: FileId, type: Extract<TypeRef, { kind: "name" }>): TypeTarget;
  /** What an alias is declared as, or an operator makes (`T["key"]`, `typeof x`, `ReturnType<F>`); absent: neither. */
  expandType(file: FileId, type: TypeRef): LocatedType | undefined;
  /** The type with its parameters replaced by arguments that are written in `argsFile`. */
  bindType(type: TypeRef, params: readonly string[], args: readonly TypeRef[], argsFile: FileId): TypeRef;
  /** The string keys that a type lists: `keyof User`, `"a" | "b"`. */
  keysOf(file: FileId, type: TypeRef): ReadonlySet<string> | undefined;
  /** The classes that implement an interface, or extend a class. */
  implementations(of: TypeTarget): readonly ClassNode[];
  /** The functions that a method of a declared type may be: of those classes, and of object literals declared as it. */
  methodsOf(of: TypeTarget, key: string): readonly FunctionNode[];
  /** What containers of dependency injection are told, and by which tokens. */
  readonly bindings: BindingTable;
  readonly tokens: Tokens;
  /** The member of a type, through aliases, `extends`, utility types, unions and intersections. */
  memberType(file: FileId, type: TypeRef, key: string): LocatedType | undefined;
  /** All members of a type that is an object with known members; undefined when it is anything else. */
  membersOf(file: FileId, type: TypeRef): ReadonlyMap<string, LocatedType> | undefined;
  /** What a call of a schema's `parse` gives, as far as the schema's text shows. */
  parsedType(file: FileId, facts: FunctionFacts, call: ValueId): Parsed | undefined;
  /** What the schema that a call makes describes: a table's rows, a collection's documents, what it lets through. */
  described(file: FileId, facts: FunctionFacts, call: ValueId): Described | undefined;
  /** Whether nothing in the workspace leads to a function, and nothing outside is likely to know it. */
  uncalled(file: FileId, index: number): boolean;
  /** Whether all calls of a function are calls of it by its name, in the workspace. */
  calledByName(file: FileId, index: number): boolean;
}

export interface FunctionNode {
  readonly id: number;
  readonly file: FileId;
  readonly facts: FunctionFacts;
}

export interface ClassNode {
  readonly id: number;
  readonly file: FileId;
  readonly facts: ClassFacts;
  /** Found by name in the class and then in its superclasses of the workspace. */
  member(name: string, isStatic: boolean): FoundMember | undefined;
  /** The getter or setter that its objects have under a name. */
  accessor(name: string, kind: "getter" | "setter", isStatic: boolean): FoundMember | undefined;
  /** The superclass, when it is a class of the workspace. */
  superclass(): ClassNode | undefined;
}

export interface FoundMember {
  /** The class itself, or the superclass that it inherits the member from. */
  readonly owner: ClassNode;
  readonly member: ClassMember;
}

export type ImportTarget =
  /** A module variable (also a function or class) of a file of the workspace. */
  | { readonly kind: "cell"; readonly file: FileId; readonly name: string }
  /** The namespace object of a file of the workspace. */
  | { readonly kind: "namespace"; readonly file: FileId }
  /** A member of the exports object of a CommonJS file. */
  | { readonly kind: "export-member"; readonly file: FileId; readonly key: string }
  /** Something of an npm package or of Node: `member` is `default`, `*` or a name. */
  | { readonly kind: "library"; readonly library: string; readonly member: string }
  /** A JSON module: it holds constants, which are not read. */
  | { readonly kind: "constants" }
  | { readonly kind: "unresolved" };

export type TypeTarget =
  | { readonly kind: "declaration"; readonly file: FileId; readonly declaration: TypeDeclaration }
  | { readonly kind: "class"; readonly node: ClassNode }
  | { readonly kind: "library"; readonly library: string; readonly name: string }
  | { readonly kind: "unknown"; readonly name: string };

/** A type as written in a file, whose scope it is to be read in. */
export interface LocatedType {
  readonly file: FileId;
  readonly type: TypeRef;
  /** The `@pii` tag on the member's declaration. */
  readonly tag?: string;
  /** `@residency` on the member or its type. */
  readonly residency?: string;
  /** The name that tells what it is, where a query gave it another one. */
  readonly called?: string;
}

/** Where a type's name leads: through the file's own imports to another file or a library. */
export type TypeScope = (file: FileId, name: string) => ImportTarget;

/** What a container knows a service by, as one text: equal tokens are one service. */
export type Token = string;

/** Tokens of expressions, as far as their text shows them: names of classes and constants, and constant texts. */
export interface Tokens {
  /** Of a name as written in a file: `Notes`, `TYPES.Notes`. */
  ofName(file: FileId, name: string): Token | undefined;
  ofValue(file: FileId, facts: FunctionFacts, id: ValueId): Token | undefined;
  ofText(text: string): Token;
}

/** What a function binds to a token: a class to make, a value, a function that makes it, or another token. */
export interface Binding {
  readonly token: Token;
  readonly how: "class" | "value" | "factory";
  readonly value: ValueId;
}

export type TokenAlias = readonly [token: Token, other: Token];

/** What one function tells containers. */
export interface BindingFacts {
  readonly bindings: readonly Binding[];
  /** Tokens that stand for others. */
  readonly aliases: readonly TokenAlias[];
}

/** Everything that is bound anywhere, by the function that binds it, and by token. */
export interface BindingTable {
  /** Of the function with this id. */
  of(id: number): BindingFacts;
  /** The functions that bind a token, or one that it stands for. */
  binders(token: Token): readonly number[];
  aliases(token: Token): readonly Token[];
}
