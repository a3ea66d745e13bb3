import type { Problem } from "../engine/index.ts";

/** One problem as editors and terminals link it: `file:line:column message`, and below it what to do next. */
export function wordProblem({ file, range, message, hint }: Problem): string {
  const at = range === undefined ? "" : `:${range.start.line + 1}:${range.start.character + 1}`;
  const place = file === undefined ? "" : `${file}${at}  `;
  return `${place}${message}\n  ${hint}`;
}
