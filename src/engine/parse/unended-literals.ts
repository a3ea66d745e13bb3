import ts from "typescript";
import type { Edit } from "./mended-text.ts";
import type { Complaint } from "./source-file.ts";

/** TypeScript's numbers for what its parser complains of. */
const code = { string: 1002, comment: 1010, template: 1160, jsxElement: 17008, jsxFragment: 17014 } as const;

/** One missing backtick turns code and text around up to the end of the file; the first odd templates are tried. */
const mostTemplates = 6;

/** Closes strings, templates, comments and JSX elements that were left open, before they swallow what follows. */
export function* closeUnended(file: ts.SourceFile, complaints: readonly Complaint[]): Generator<Edit> {
  const { text } = file;
  for (const { code: kind, start, end } of complaints) {
    if (kind === code.string) yield* closeString(text, start);
    if (kind === code.template) for (const at of oddTemplates(file)) yield* closeOnLine(text, at, "`");
    if (kind === code.comment) yield { at: lineEndOf(text, lastCommentStart(file)), insert: "*/" };
    if (kind === code.jsxFragment) yield { at: end, insert: "</>" };
    if (kind === code.jsxElement) yield* closeElement(file, start);
  }
}

function* closeString(text: string, end: number): Generator<Edit> {
  const line = text.slice(text.lastIndexOf("\n", end - 1) + 1, end);
  const quote = /(["'])(?:\\.|(?!\1).)*$/.exec(line);
  if (quote) yield* closeOnLine(text, end - quote[0].length, quote[1] as string);
}

/** Inside what probably follows on the line (`foo("abc);`), and at the end of the line. */
function* closeOnLine(text: string, start: number, closer: string): Generator<Edit> {
  const end = lineEndOf(text, start);
  const line = text.slice(start, end).trimEnd();
  const tail = /[)\],;\s]+$/.exec(line);
  if (tail && tail.index > 0) yield { at: start + tail.index, insert: closer };
  yield { at: start + line.length, insert: closer };
}

/** Starts of templates of several lines, in the order of the text. */
function oddTemplates(file: ts.SourceFile): number[] {
  const starts: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
      const start = node.getStart(file);
      if (file.text.slice(start, node.end).includes("\n")) starts.push(start);
    }
    node.forEachChild(visit);
  };
  file.forEachChild(visit);
  return starts.sort((a, b) => a - b).slice(0, mostTemplates);
}

function lastCommentStart(file: ts.SourceFile): number {
  const from = file.endOfFileToken.pos;
  const comments = [
    ...(ts.getTrailingCommentRanges(file.text, from) ?? []),
    ...(ts.getLeadingCommentRanges(file.text, from) ?? []),
  ];
  return Math.max(from, ...comments.map(({ pos }) => pos));
}

function* closeElement(file: ts.SourceFile, nameStart: number): Generator<Edit> {
  let opening: ts.JsxOpeningElement | undefined;
  const visit = (node: ts.Node): void => {
    if (ts.isJsxOpeningElement(node) && node.tagName.getStart(file) === nameStart) opening = node;
    node.forEachChild(visit);
  };
  file.forEachChild(visit);
  if (!opening) return;
  const insert = `</${opening.tagName.getText(file)}>`;
  const { end } = opening;
  yield { at: end, insert };
  const lineEnd = file.text.slice(0, lineEndOf(file.text, end)).trimEnd().length;
  if (lineEnd > end) yield { at: lineEnd, insert };
}

function lineEndOf(text: string, from: number): number {
  const end = text.slice(from).search(/[\r\n]/);
  return end < 0 ? text.length : from + end;
}
