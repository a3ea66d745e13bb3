import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import {
  lineStartsOf,
  type Position,
  type Problem,
  type ProblemCode,
  positionAt,
  type Range,
} from "../engine/index.ts";
import type { JsonPath, Mistake } from "./mistake.ts";

/** A JSON text with comments, read: what it holds and where each piece of it stands. */
export interface ReadText {
  readonly value: unknown;
  /** One for each place where the text is not JSON. What could be read all the same is in `value`. */
  readonly syntaxProblems: readonly Problem[];
  /** Where the value at a path stands; the nearest thing above it when there is none. */
  readonly rangeAt: (path: JsonPath, atKey?: boolean) => Range;
}

/** Reads JSON with comments and trailing commas. Never throws. */
export function readText(file: string, text: string, syntaxCode: ProblemCode): ReadText {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const lineStarts = lineStartsOf(text);
  const range = (offset: number, length: number): Range => ({
    start: clampedPosition(lineStarts, text, offset),
    end: clampedPosition(lineStarts, text, offset + length),
  });
  return {
    value: tree && jsonOf(tree),
    syntaxProblems: errors.map((error) => ({
      code: syntaxCode,
      message: `This is not valid JSON: ${sayParseError(error)}.`,
      hint: "Correct the text here. Comments and trailing commas are allowed.",
      file,
      range: range(error.offset, error.length),
    })),
    rangeAt: (path, atKey) => {
      const node = tree && nodeAt(tree, path, atKey === true);
      return node ? range(node.offset, node.length) : range(0, 0);
    },
  };
}

/** Turns a mistake into a problem with a place in the text. */
export function problemAt(code: ProblemCode, file: string, text: ReadText, mistake: Mistake): Problem {
  return {
    code,
    message: `${mistake.message}.`,
    hint: mistake.hint,
    file,
    range: text.rangeAt(mistake.path, mistake.atKey),
  };
}

function nodeAt(tree: Node, path: JsonPath, atKey: boolean): Node {
  for (let length = path.length; length > 0; length--) {
    const node = findNodeAtLocation(tree, path.slice(0, length));
    if (!node) continue;
    const key = node.parent?.type === "property" ? node.parent.children?.[0] : undefined;
    return atKey && length === path.length && key ? key : node;
  }
  return tree;
}

/** Of keys written twice the last one counts, as in `JSON.parse`. */
function jsonOf(node: Node): unknown {
  if (node.type === "array") return (node.children ?? []).map(jsonOf);
  if (node.type !== "object") return node.value;
  const entries = (node.children ?? []).flatMap((property): [string, unknown][] => {
    const [key, value] = property.children ?? [];
    return key && value ? [[String(key.value), jsonOf(value)]] : [];
  });
  return Object.fromEntries(entries);
}

function clampedPosition(lineStarts: readonly number[], text: string, offset: number): Position {
  return positionAt(lineStarts, Math.min(offset, text.length));
}

/** `CommaExpected` → `comma expected`. */
function sayParseError(error: ParseError): string {
  return printParseErrorCode(error.error)
    .replace(/(?<=[a-z])(?=[A-Z])/g, " ")
    .toLowerCase();
}
