import ts from "typescript";
import type { Edit } from "./mended-text.ts";
import { endOfTokenBefore } from "./token-before.ts";

interface Opening {
  readonly start: number;
  readonly end: number;
  readonly closer: string;
}

/** More of them means that the text is not indented by its structure. */
const mostPlaces = 8;

/**
 * Missing closing brackets, guessed from the indentation: where a bracket is open and a line starts no deeper than the
 * line that opened it, the bracket was meant to close before. Without this, one missing `}` nests the rest of the file
 * in one function.
 */
export function closeByIndentation(file: ts.SourceFile, offset: number): Edit[] {
  const places = new Map<number, string[]>();
  const openings = openingsOf(file).filter(({ start }) => start <= offset);
  for (const { start, end, closer } of openings.sort((a, b) => b.start - a.start)) {
    const line = dedentedLine(file, start, end, closer);
    if (line === undefined) continue;
    const at = endOfTokenBefore(file.text, line);
    if (at <= start) continue;
    const closers = places.get(at) ?? [];
    closers.push((closers.at(-1) ?? "") + closer);
    places.set(at, closers);
    if (places.size > mostPlaces) break;
  }
  return [...places].flatMap(([at, closers]) => closers.map((insert) => ({ at, insert })));
}

/** The other way round: a `}` in the way, deeper than the line of its `{`, that makes a later one look stray. */
export function dropStrayCloser(file: ts.SourceFile, offset: number): Edit[] {
  const { text } = file;
  const lines = file.getLineStarts();
  const lineOf = (at: number) => lines[file.getLineAndCharacterOfPosition(at).line] ?? 0;
  return openingsOf(file)
    .filter(({ end, closer }) => end <= offset && closer === "}" && text[end - 1] === "}")
    .filter(({ start, end }) => {
      const closing = lineOf(end - 1);
      const depth = indentation(text, closing);
      return closing + depth === end - 1 && depth > indentation(text, lineOf(start));
    })
    .sort((a, b) => b.end - a.end)
    .slice(0, mostPlaces)
    .map(({ end }) => ({ blank: { start: end - 1, end } }));
}

function openingsOf(file: ts.SourceFile): Opening[] {
  const openings: Opening[] = [];
  const visit = (node: ts.Node): void => {
    const opening = openingOf(node, file);
    if (opening) openings.push(opening);
    node.forEachChild(visit);
  };
  file.forEachChild(visit);
  return openings;
}

function openingOf(node: ts.Node, file: ts.SourceFile): Opening | undefined {
  const end = node.end;
  if (
    ts.isBlock(node) ||
    ts.isObjectLiteralExpression(node) ||
    ts.isModuleBlock(node) ||
    ts.isCaseBlock(node) ||
    ts.isTypeLiteralNode(node) ||
    ts.isObjectBindingPattern(node) ||
    ts.isNamedImports(node) ||
    ts.isNamedExports(node) ||
    ts.isJsxExpression(node)
  ) {
    return { start: node.getStart(file), end, closer: isBareTry(node) ? "} finally {}" : "}" };
  }
  if (ts.isClassLike(node) || ts.isInterfaceDeclaration(node) || ts.isEnumDeclaration(node)) {
    return { start: node.members.pos - 1, end, closer: "}" };
  }
  if (ts.isArrayLiteralExpression(node) || ts.isArrayBindingPattern(node)) {
    return { start: node.getStart(file), end, closer: "]" };
  }
  if (ts.isElementAccessExpression(node)) return { start: node.argumentExpression.pos - 1, end, closer: "]" };
  if (ts.isParenthesizedExpression(node)) return { start: node.getStart(file), end, closer: ")" };
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    return node.arguments && { start: node.arguments.pos - 1, end, closer: ")" };
  }
  return undefined;
}

function isBareTry(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isTryStatement(parent) || parent.tryBlock !== node || parent.catchClause) return false;
  return !parent.finallyBlock || parent.finallyBlock.pos === parent.finallyBlock.end;
}

/** The start of the first line that shows that the bracket should have been closed before it. */
function dedentedLine(file: ts.SourceFile, start: number, end: number, closer: string): number | undefined {
  const { text } = file;
  const lines = file.getLineStarts();
  const opening = file.getLineAndCharacterOfPosition(start).line;
  const depth = indentation(text, lines[opening] ?? 0);
  const bracket = closer[0];
  const isOpen = text[end - 1] !== bracket;
  for (let line = opening + 1; line < lines.length; line++) {
    const from = lines[line] ?? 0;
    if (from >= end && !(isOpen && text.slice(end, from).trim() === "")) return undefined;
    const own = indentation(text, from);
    const first = text[from + own];
    if (first === undefined || first === "\n" || first === "\r") continue;
    const closes = first === "}" || first === ")" || first === "]";
    if (own < depth || (own === depth && !closes)) return from;
    if (own === depth && closes && first !== bracket) return from;
  }
  return undefined;
}

function indentation(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === " " || text[at] === "\t") at++;
  return at - lineStart;
}
