import type { FileId, Span } from "../base/location.ts";
import type { Problem } from "../base/problem.ts";
import type { ConstantTree, DecoratorFacts, Directive, DocTag } from "./mark-facts.ts";
import type { Predicate, TypeDeclaration, TypeMember, TypeRef } from "./type-facts.ts";

export type {
  ConstantTree,
  DecoratorFacts,
  Directive,
  DocTag,
  Predicate,
  TypeDeclaration,
  TypeMember,
  TypeRef,
};

/**
 * Everything the later rooms know about one file, as plain data: it crosses threads and lives in a disk cache.
 *
 * Each function (and the module body, function 0) is a value graph in SSA form. A value is an index into
 * `FunctionFacts.values`; values stand in evaluation order, and only phis of loops refer forwards.
 * Local variables are gone: a use of a variable *is* the value that reaches it. So `const a = b` makes no value, and
 * aliases of one object are one value. A store through a variable makes a new version, to which every variable that
 * held the old version is rebound (they are must-aliases).
 */
export interface FileFacts {
  readonly file: FileId;
  readonly lineStarts: readonly number[];
  /** `functions[0]` is the module body. */
  readonly functions: readonly FunctionFacts[];
  readonly classes: readonly ClassFacts[];
  readonly types: readonly TypeDeclaration[];
  readonly imports: readonly ImportFacts[];
  readonly exports: readonly ExportFacts[];
  readonly directives: readonly Directive[];
  readonly problems: readonly Problem[];
}

/** A value in place of the first parameter, or of its field `at`. */
export interface Accepted {
  readonly value: ValueId;
  readonly at?: string;
}

export type ValueId = number;
export type FunctionIndex = number;
export type ClassIndex = number;

export interface FunctionFacts {
  readonly index: FunctionIndex;
  /** A name for people: the declared name, the variable or property it is assigned to, `constructor`, or "". */
  readonly name: string;
  readonly kind:
    | "module"
    | "function"
    | "arrow"
    | "method"
    | "constructor"
    | "getter"
    | "setter"
    | "static-block";
  /** The function that it stands in; absent for the module body. */
  readonly parent?: FunctionIndex;
  /** The class that it is a member of. */
  readonly class?: ClassIndex;
  readonly span: Span;
  readonly params: readonly ParamFacts[];
  readonly returnType?: TypeRef;
  readonly predicate?: Predicate;
  /** `T` of `function f<T>()`. */
  readonly typeParams?: readonly string[];
  readonly async: boolean;
  readonly generator: boolean;
  readonly values: readonly Value[];
  readonly returns: readonly ValueId[];
  readonly throws: readonly Throw[];
  readonly yields: readonly ValueId[];
  /** Functions and classes that are only put into variables here: nothing else uses them, as far as this function goes. */
  readonly onlyNamed?: readonly ValueId[];
  /** Functions, variables and imports that are only called here, or put into variables. Absent: none. */
  readonly onlyCalled?: readonly ValueId[];
  /** What the first parameter is where the function's answer holds: `([key]) => !hidden.has(key)`. */
  readonly accepted?: Accepted;
  /** What the function leaves `this` as, over all of its exits; absent when it never changes it, and for arrow functions. */
  readonly finalThis?: ValueId;
  /** By parameter: what the function leaves the object as that was passed; `null` when it never changes it. Absent: none. */
  readonly finalParams?: readonly (ValueId | null)[];
  readonly tags?: readonly DocTag[];
}

export interface ParamFacts {
  /** The parameter's name, or "" when it is destructured. */
  readonly name: string;
  readonly type?: TypeRef;
  /** Without a type of its own: what the place where the function stands says of it, if that can be resolved. */
  readonly expected?: TypeRef;
  readonly rest: boolean;
  readonly decorators: readonly DecoratorFacts[];
  readonly span: Span;
  readonly tags?: readonly DocTag[];
}

/**
 * A variable that is used in a function inside the one that declares it, or any variable of the module body.
 * `owner` is the declaring function; `name` is unique within it (shadowed names get `name#2`, …).
 * Cells of function 0 are the file's module variables; the exports object of a CommonJS file is `#exports`, and what
 * `export default` gives when it has no name is `default`. The `this` and `arguments` that arrow functions use are
 * cells of the function around them, named so.
 */
export interface Cell {
  readonly owner: FunctionIndex;
  readonly name: string;
}

interface Base {
  readonly span: Span;
  /** The name of the first variable that this value was bound to, when it was: a hint of its meaning. */
  readonly name?: string;
}

export type Value = Base &
  (
    | { readonly op: "param"; readonly index: number }
    | { readonly op: "this" }
    | { readonly op: "arguments" }
    /** A literal, or an expression of literals that folds. */
    | { readonly op: "const"; readonly value: Constant }
    /** A regular expression. */
    | { readonly op: "pattern"; readonly source: string; readonly flags: string }
    /** Holds no data of its operands, or has none: `typeof x`, `a === b`, `!x`, `a * b`, `x in y`. `missing`: `undefined`. */
    | { readonly op: "opaque"; readonly missing?: true }
    /** A free identifier: `console`, `process`, `fetch`. */
    | { readonly op: "global"; readonly variable: string }
    /** An imported binding: `name` is `default`, `*` (the namespace) or an export's name. Also `require("…")` and `import("…")` as `*`. */
    | { readonly op: "import"; readonly specifier: string; readonly imported: string }
    /** The content of a variable of an enclosing function, or of a variable that inner functions may change. */
    | { readonly op: "cell"; readonly cell: Cell }
    /** Every write to a variable that has a cell. Its own value is `value`. */
    | { readonly op: "cell-write"; readonly cell: Cell; readonly value: ValueId }
    /** What another module's variable holds after a change of its object here: `handlers.mail = send`, `plugins.push(p)`. */
    | {
        readonly op: "import-write";
        readonly specifier: string;
        readonly imported: string;
        readonly value: ValueId;
      }
    | { readonly op: "load"; readonly object: ValueId; readonly key: string; readonly keySpan: Span }
    /** `o[k]` with a key that is not constant. */
    | { readonly op: "load-dynamic"; readonly object: ValueId; readonly key: ValueId }
    /** The new version of `object` after `object.key = value`. */
    | { readonly op: "store"; readonly object: ValueId; readonly key: string; readonly value: ValueId }
    | {
        readonly op: "store-dynamic";
        readonly object: ValueId;
        readonly key: ValueId;
        readonly value: ValueId;
      }
    /** A list after each of its elements has become `value`. */
    | { readonly op: "elements"; readonly object: ValueId; readonly value: ValueId }
    | { readonly op: "delete"; readonly object: ValueId; readonly key: string }
    | { readonly op: "object"; readonly entries: readonly ObjectEntry[] }
    | { readonly op: "array"; readonly items: readonly Item[] }
    /** String building: template literals and `+`. Number-only sums are `opaque` when that is plain from the syntax. */
    | { readonly op: "concat"; readonly parts: readonly ValueId[]; readonly partSpans?: readonly Span[] }
    /** Joins: branches, loops, `?:`, `??`, `||`, `&&` (its right operand only), optional chains. */
    | { readonly op: "phi"; readonly inputs: readonly ValueId[]; readonly fallback?: Fallback }
    | CallValue
    | NewValue
    /** A tagged template: `strings` are not values. Called as `tag(strings, ...args)`. `text`: that of a statement in SQL, or of GraphQL. */
    | {
        readonly op: "tagged";
        readonly tag: ValueId;
        readonly receiver?: ValueId;
        readonly args: readonly ValueId[];
        readonly text?: string;
      }
    | { readonly op: "closure"; readonly function: FunctionIndex; readonly captures: readonly Capture[] }
    /** The class itself, as a value. Static fields are stores onto it. */
    | {
        readonly op: "class";
        readonly class: ClassIndex;
        readonly superclass?: ValueId;
        readonly captures: readonly Capture[];
      }
    /** Runs the decorators of a member: each may put another function into the place of a method or an accessor. */
    | {
        readonly op: "decorated";
        readonly class: ClassIndex;
        readonly member: string;
        readonly static: boolean;
        readonly decorators: readonly ValueId[];
      }
    /** The class that its decorators make of it. */
    | {
        readonly op: "decorated-class";
        readonly class: ClassIndex;
        readonly value: ValueId;
        readonly decorators: readonly ValueId[];
      }
    | { readonly op: "await"; readonly value: ValueId }
    /** What `yield` evaluates to (what the consumer sends in). The yielded value is in `FunctionFacts.yields`. */
    | { readonly op: "yield"; readonly value?: ValueId; readonly delegate: boolean }
    /** The object without some keys: `const { a, ...rest } = o`. */
    | { readonly op: "rest"; readonly object: ValueId; readonly without: readonly string[] }
    /** The array from an index on: `const [a, ...rest] = xs`. */
    | { readonly op: "slice"; readonly array: ValueId; readonly from: number }
    /** One element of an iterable: `for (const x of xs)`. */
    | { readonly op: "element"; readonly iterable: ValueId }
    /** The name of some property of an object: `for (const k in o)`. */
    | { readonly op: "key"; readonly object: ValueId }
    /** The state, after a call, of what was passed as an argument (an index) or as the receiver. */
    | {
        readonly op: "post";
        readonly call: ValueId;
        readonly port: number | "this";
        readonly before: ValueId;
        /** Calls before it in a chain (`o.a().b()`): it is the state of `o` only when each of these returned its receiver. */
        readonly chained?: readonly ValueId[];
        /** What an entry of the receiver has become, where the call gave or took that entry: `map.get(key)`. */
        readonly entry?: ValueId;
      }
    /** What a `catch` clause receives: what is thrown in the `try` block here, or by its calls. */
    | { readonly op: "caught"; readonly calls: readonly ValueId[]; readonly thrown: readonly ValueId[] }
    /** A JSX element: `component` is absent for intrinsic tags (`div`). `props` is an object value; children are its key `children`. */
    | { readonly op: "jsx"; readonly tag: string; readonly component?: ValueId; readonly props: ValueId }
    /** The same value with a declared type: annotation, `as`, `satisfies`. */
    | {
        readonly op: "typed";
        readonly value: ValueId;
        readonly type: TypeRef;
        readonly tags?: readonly DocTag[];
      }
    /** The value where a guard has shown it to be a number, a text, an object, none of these, or to equal `to`: that, where it is constant. */
    | { readonly op: "narrowed"; readonly value: ValueId; readonly to: ValueId | Narrowed }
    /** The value where its key, which may be the value itself, was found in a list, or was not. */
    | {
        readonly op: "listed";
        readonly value: ValueId;
        readonly key: ValueId;
        readonly list: ValueId;
        /** `list.includes(key)`, `key in list`, `list.test(key)`, `key === list`; `field`: `value.key === list`. */
        readonly how: ListedHow;
        readonly holds: boolean;
        readonly ignoreCase: boolean;
      }
    /** The value where a call has judged it: as an argument (-1: as the receiver) of a call whose answer holds, or does not, or that came back. */
    | {
        readonly op: "judged";
        readonly value: ValueId;
        readonly call: ValueId;
        readonly argument: number;
        readonly holds: boolean | "returns";
      }
    /** The value where `instanceof` has shown it to be an object of a class, or not to be one. */
    | {
        readonly op: "instance-of";
        readonly value: ValueId;
        readonly class: ValueId;
        readonly holds: boolean;
      }
    /** `super` as a receiver or callee. */
    | { readonly op: "super" }
  );

/** What `typeof` tells of a value; `primitive`: that it is no object; `no-text`: that it is anything else. */
export type Narrowed = "number" | "string" | "primitive" | "object" | "no-text";

export type ListedHow = "elements" | "keys" | "pattern" | "equal" | "field";

export interface CallValue {
  readonly op: "call";
  readonly callee: ValueId;
  /** The object before the last dot of the callee; then `callee` is a `load` from it. */
  readonly receiver?: ValueId;
  readonly args: readonly Item[];
  /** `User` of `load<User>()`. */
  readonly typeArgs?: readonly TypeRef[];
  readonly when?: readonly Condition[];
}

export type NewValue = { readonly op: "new" } & Pick<CallValue, "callee" | "args" | "typeArgs" | "when">;

/** A call or a `throw` is reached only where a value passes a test: a `case`, an `if`, an early `return`. */
export interface Condition {
  /** A parameter, a variable of a function around, or a part of one. */
  readonly value: ValueId;
  readonly test: Test;
}

/** Each input of a phi stands in for those before it that are `undefined`, `undefined` or `null`, or falsy. */
export type Fallback = "default" | "??" | "||";

export type Constant = string | number | boolean | null;

export type Test =
  | { readonly truthy: boolean }
  /** It is one of some constants (`missing`: or `undefined`); `not`: none of them. */
  | { readonly among: readonly Constant[]; readonly missing?: true; readonly not?: true };

export interface Throw {
  readonly value: ValueId;
  readonly when?: readonly Condition[];
}

/** An argument or array item. */
export interface Item {
  readonly value: ValueId;
  readonly spread: boolean;
  /** Where it is written: its value may have been made elsewhere. */
  readonly span?: Span;
}

/** In source order: later entries override earlier ones. A getter or setter stands under its `accessorKey`. */
export type ObjectEntry =
  | { readonly key: string; readonly value: ValueId; readonly keySpan: Span; readonly span?: Span }
  | { readonly dynamicKey: ValueId; readonly value: ValueId }
  | { readonly spread: ValueId; readonly span?: Span };

/** What a closure remembers of an enclosing function, not of the module. With `value`, the variable changes no more. */
export interface Capture {
  readonly cell: Cell;
  readonly value?: ValueId;
}

export interface ClassFacts {
  readonly index: ClassIndex;
  readonly name: string;
  readonly span: Span;
  /** The class that is named after `extends`; of a call there, the first argument that is a name (see `mixed`). */
  readonly superclass?: TypeRef;
  /** What it extends is made by an expression, such as a call of a mixin. */
  readonly mixed?: true;
  readonly implements: readonly TypeRef[];
  readonly typeParams: readonly string[];
  readonly decorators: readonly DecoratorFacts[];
  /** Always there: a constructor that the source does not write is made up. Field initializers are its stores on `this`. */
  readonly constructorFunction: FunctionIndex;
  readonly members: readonly ClassMember[];
  readonly tags?: readonly DocTag[];
}

export interface ClassMember {
  /** `#name` for private names. */
  readonly name: string;
  readonly kind: "method" | "getter" | "setter" | "field";
  readonly static: boolean;
  readonly function?: FunctionIndex;
  readonly type?: TypeRef;
  readonly decorators: readonly DecoratorFacts[];
  readonly span: Span;
  readonly tags?: readonly DocTag[];
}

export interface ImportFacts {
  readonly specifier: string;
  /** Empty for `import "x"`, `require("x")` and `import("x")`. */
  readonly bindings: readonly {
    readonly local: string;
    readonly imported: string;
    readonly typeOnly: boolean;
  }[];
  readonly span: Span;
}

export type ExportFacts =
  /** `export const x`, `export { x as y }`, `export default …`: `local` names a cell of the module body, a class or a type. */
  | { readonly kind: "local"; readonly exported: string; readonly local: string }
  /** `export { a as b } from "m"` and `import { a } from "m"; export { a as b }`. `imported` may be `*`. */
  | {
      readonly kind: "from";
      readonly exported: string;
      readonly specifier: string;
      readonly imported: string;
    }
  /** `export * from "m"` */
  | { readonly kind: "star"; readonly specifier: string };
