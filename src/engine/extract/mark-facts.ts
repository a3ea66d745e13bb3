import type { Range, Span } from "../base/location.ts";

/** A JSDoc tag of ours on a declaration: `@pii contact.email`, `@residency EU`, `@sanitizes contact`, `@channel name`. */
export interface DocTag {
  readonly name: "pii" | "residency" | "sanitizes" | "channel";
  readonly text: string;
  readonly span: Span;
}

/** `// borderline-ignore-next-line RULE[, RULE] -- reason (until DATE)`. */
export interface Directive {
  readonly kind: "ignore-next-line" | "ignore-file";
  readonly rules: readonly string[];
  readonly reason?: string;
  /** ISO date, the last day on which it holds. */
  readonly until?: string;
  readonly range: Range;
  /** The zero-based line that it speaks of; absent for a whole file. */
  readonly line?: number;
}

/** `@Column({ type: "text" })`: its name and the constant parts of its arguments. */
export interface DecoratorFacts {
  /** As written: `Column`, `orm.Column`. */
  readonly name: string;
  readonly args: readonly ConstantTree[];
}

/**
 * The constant parts of an expression. What is not constant is left out of `fields`, and is `null` in lists, so that the
 * facts stay the same through a cache. Identifiers are `{ name }`.
 */
export type ConstantTree =
  | string
  | number
  | boolean
  | null
  | { readonly name: string }
  | { readonly fields: Readonly<Record<string, ConstantTree>> }
  | { readonly items: readonly ConstantTree[] };
