import { type ParseError, parse, printParseErrorCode } from "jsonc-parser";
import { type FileId, lineStartsOf, positionAt } from "../base/location.ts";
import type { Problem } from "../base/problem.ts";

export type JsonObject = { readonly [key: string]: unknown };

/** A configuration file's content, as far as it could be read, and what is wrong with it. */
export interface ReadConfig {
  readonly content: JsonObject;
  readonly problems: readonly Problem[];
}

/** Reads JSON with comments and trailing commas. What comes before and after a mistake still counts. */
export function readConfig(file: FileId, text: string): ReadConfig {
  const errors: ParseError[] = [];
  // A byte order mark is not white space to the parser; a space in its place keeps the offsets.
  const readable = text.replace(/^\uFEFF/, " ");
  const content: unknown = parse(readable, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const [first] = errors;
  const problems = first ? [invalid(file, text, first.offset, first.length, reasonOf(first))] : [];
  if (isObject(content)) return { content, problems };
  if (!first && readable.trim() !== "") problems.push(invalid(file, text, 0, 0, "it is not an object"));
  return { content: {}, problems };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `CloseBraceExpected` → "close brace expected" */
function reasonOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

function invalid(file: FileId, text: string, offset: number, length: number, reason: string): Problem {
  const lineStarts = lineStartsOf(text);
  return {
    code: "config-invalid",
    message: `This is not valid JSON: ${reason}.`,
    hint: "Correct the file; until then only the readable part of it helps to find where imports lead.",
    file,
    range: { start: positionAt(lineStarts, offset), end: positionAt(lineStarts, offset + length) },
  };
}
