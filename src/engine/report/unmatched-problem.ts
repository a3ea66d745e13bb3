import { nearestName } from "../base/nearest-name.ts";
import type { Problem } from "../base/problem.ts";
import type { UnmatchedRow } from "../solve/index.ts";
import { joinWords, quote } from "./plain-words.ts";

/** A model that does nothing is worse than none: its author believes that it works. */
export function unmatchedProblem({ at, model, path, known }: UnmatchedRow): Problem {
  const { file, ...range } = at;
  const subject = model.module ?? model.library ?? model.global ?? "";
  const told =
    path === undefined ? wholeModel(model.module !== undefined, subject) : oneRow(path, subject, known);
  return { code: "model-unmatched", ...told, file, range };
}

function wholeModel(isModule: boolean, subject: string): Pick<Problem, "message" | "hint"> {
  return isModule
    ? {
        message: `No file that is analysed matches ${quote(subject)}, so this model does nothing.`,
        hint: "Write a file, or a glob of files, relative to the folder of borderline.jsonc, such as src/privacy/*.ts.",
      }
    : {
        message: `No file imports ${quote(subject)}, so this model does nothing.`,
        hint: "Write the package's name as it is imported, or delete the model.",
      };
}

function oneRow(path: string, subject: string, known: readonly string[]): Pick<Problem, "message" | "hint"> {
  const written = /^Member\[([^\],]+)\]/.exec(path)?.[1] ?? "";
  const meant = nearestName(written, known);
  const hint =
    meant !== undefined && meant !== written
      ? `Did you mean Member[${meant}]?`
      : known.length > 0 && !known.includes(written)
        ? `Exported there: ${joinWords(known, 8)}.`
        : "Compare the path with the code, or delete the row. docs/models.md explains the words.";
  return { message: `Nothing in what is analysed is at ${quote(path)} of ${quote(subject)}.`, hint };
}
