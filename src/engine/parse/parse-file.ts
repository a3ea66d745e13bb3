import { limits } from "../base/limits.ts";
import { type FileId, lineStartsOf, positionAt, type Span } from "../base/location.ts";
import type { Problem } from "../base/problem.ts";
import type { Language, ParsedFile } from "./parsed-file.ts";
import { parseText, type SyntaxMistake } from "./parser.ts";

const languages: Readonly<Record<string, Language>> = {
  ts: "ts",
  mts: "ts",
  cts: "ts",
  tsx: "tsx",
  js: "js",
  mjs: "js",
  cjs: "js",
  jsx: "jsx",
};

/** The words that a comment of ours holds; without one of them in the text, its comments are not read at all. */
const directiveWord = /borderline-|@(?:pii|residency|sanitizes|channel)\b/;

/** Below this size, in characters, a file with long lines is just a small file. */
const smallFile = 5_000;

/** The language of a file by its name; absent for files that are not analysed, declaration files (`.d.ts`) among them. */
export function languageOf(file: FileId): Language | undefined {
  if (/\.d\.[mc]?ts$/i.test(file) || /\.d\.[^./]+\.ts$/i.test(file)) return undefined;
  const extension = /\.([mc]?[tj]s|[tj]sx)$/i.exec(file)?.[1]?.toLowerCase();
  return extension === undefined ? undefined : languages[extension];
}

/**
 * Reads one file's text. Never throws: what cannot be read comes back as a problem, with the rest of the file's tree.
 * A file whose name says no language is read as TypeScript.
 */
export function parseFile(file: FileId, text: string): ParsedFile {
  const language = languageOf(file) ?? "ts";
  const lineStarts = lineStartsOf(text);
  const passedOver = reasonToPassOver(file, text, lineStarts.length);
  if (passedOver) return { file, language, lineStarts, comments: [], problems: [passedOver] };
  const { tree, comments, mistakes } = parseText(text, language, directiveWord.test(text));
  const problems = mistakes.map((mistake) => syntaxError(file, lineStarts, mistake, tree !== undefined));
  const common = { file, language, lineStarts, problems };
  const own = comments.filter((comment) => directiveWord.test(comment.text));
  return tree ? { ...common, tree, comments: own } : { ...common, comments: own };
}

function reasonToPassOver(file: FileId, text: string, lines: number): Problem | undefined {
  if (text.length > limits.fileSize) {
    return {
      code: "file-too-large",
      message: `The file has ${text.length} characters, more than the ${limits.fileSize} that are checked.`,
      hint: "If people write this file, split it; if it is generated, exclude it in borderline.jsonc.",
      file,
    };
  }
  if (text.length > smallFile && text.length / lines > limits.minifiedLineLength) {
    return {
      code: "file-minified",
      message: "The file is minified (its lines are very long), so it was not checked.",
      hint: "Check the code it was made from, and exclude this file in borderline.jsonc.",
      file,
    };
  }
  return undefined;
}

function syntaxError(
  file: FileId,
  lineStarts: readonly number[],
  mistake: SyntaxMistake,
  hasTree: boolean,
): Problem {
  return {
    code: "syntax-error",
    message: `The code is incomplete or not valid here: ${mistake.message}`,
    hint: hasTree
      ? "Complete the code; the rest of the file is checked meanwhile."
      : "Complete the code; until then nothing in this file is checked.",
    file,
    range: rangeOf(lineStarts, mistake),
  };
}

function rangeOf(lineStarts: readonly number[], { start, end }: Span) {
  return { start: positionAt(lineStarts, start), end: positionAt(lineStarts, end) };
}
