import type { FileId, Range } from "./location.ts";

/**
 * Our own trouble, never a finding: a bad policy, a bad model, a file that does not parse.
 * A closed union, so that every reader can switch over it. `hint` says what to do next.
 */
export type Problem =
  | ProblemOf<"file-unreadable">
  | ProblemOf<"file-too-large">
  | ProblemOf<"file-minified">
  | ProblemOf<"syntax-error">
  | ProblemOf<"analysis-failed">
  | ProblemOf<"worker-stopped">
  | ProblemOf<"config-invalid">
  | ProblemOf<"policy-syntax">
  | ProblemOf<"policy-invalid">
  | ProblemOf<"policy-unused">
  | ProblemOf<"policy-missing">
  | ProblemOf<"model-syntax">
  | ProblemOf<"model-invalid">
  | ProblemOf<"model-path-invalid">
  | ProblemOf<"model-unmatched">
  | ProblemOf<"catalog-duplicate">
  | ProblemOf<"catalog-unknown-reference">
  | ProblemOf<"directive-invalid">
  | ProblemOf<"directive-unused">
  | ProblemOf<"directive-expired">;

export type ProblemCode = Problem["code"];

interface ProblemOf<Code extends string> {
  readonly code: Code;
  /** One sentence: what happened. */
  readonly message: string;
  /** What to do next. */
  readonly hint: string;
  readonly file?: FileId;
  readonly range?: Range;
}
