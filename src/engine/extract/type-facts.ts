import type { FileId, Span } from "../base/location.ts";
import type { DocTag } from "./mark-facts.ts";

/** A type as it is written. */
export type TypeRef =
  /**
   * A named type, as written (`User`, `orm.User`), to be resolved in this file's scope. `from`: a name of another module,
   * as in `import("./user").User`. `scope`: the file to resolve it in when it is not the one at hand; only `link` says so,
   * when it puts the arguments of a generic type into it.
   */
  | {
      readonly kind: "name";
      readonly name: string;
      readonly args: readonly TypeRef[];
      readonly from?: string;
      readonly scope?: FileId;
    }
  | { readonly kind: "keyword"; readonly name: string }
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "array"; readonly of: TypeRef }
  | { readonly kind: "tuple"; readonly of: readonly TypeRef[] }
  /** `label`: what a schema calls its records; `exact`: all that a query asked for, and no more. Neither is ever written. */
  | {
      readonly kind: "object";
      readonly members: readonly TypeMember[];
      readonly label?: string;
      readonly exact?: true;
    }
  | { readonly kind: "union" | "intersection"; readonly of: readonly TypeRef[] }
  | {
      readonly kind: "function";
      readonly params: readonly TypeRef[];
      readonly returns: TypeRef;
      readonly typeParams?: readonly string[];
      readonly predicate?: Predicate;
    }
  /** `T["key"]` */
  | { readonly kind: "indexed"; readonly object: TypeRef; readonly key: TypeRef }
  /** `keyof T` */
  | { readonly kind: "keyof"; readonly of: TypeRef }
  /** `typeof name` */
  | { readonly kind: "typeof"; readonly name: string; readonly scope?: FileId }
  | { readonly kind: "other" };

export interface TypeMember {
  readonly name: string;
  readonly type: TypeRef;
  /** What a query says that it is, where it has another name in the answer. Never written. */
  readonly called?: string;
  readonly optional: boolean;
  readonly span: Span;
  readonly tags?: readonly DocTag[];
}

/** Interfaces, type aliases and enums. Classes are in `classes`, and are types too. */
export interface TypeDeclaration {
  readonly name: string;
  readonly kind: "interface" | "alias" | "enum";
  readonly typeParams: readonly string[];
  readonly extends: readonly TypeRef[];
  /** Of an interface: an `object`. Of an alias: its right side. Of an enum: a union of literals. */
  readonly type: TypeRef;
  readonly span: Span;
  readonly tags?: readonly DocTag[];
}

/** `value is User`, `this is Admin`, `asserts value is User`: of which argument (-1: of the receiver) it speaks. */
export interface Predicate {
  readonly argument: number;
  readonly type: TypeRef;
  /** It holds where the call comes back at all. */
  readonly asserts: boolean;
}
