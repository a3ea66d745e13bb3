/** A file's name in the program: a POSIX path relative to the workspace root, for example `packages/api/src/user.ts`. */
export type FileId = string;

/** A half-open range of UTF-16 offsets in one file's text. Rooms carry spans; `report` turns them into positions. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A zero-based line and a zero-based UTF-16 character, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** A place in code. ("Location" never means a place on the map: that is a region or a jurisdiction.) */
export interface Location extends Range {
  readonly file: FileId;
}

/** Offsets at which each line of a text begins; the first is always 0. Lines end with LF, CRLF or CR. */
export function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** The position of an offset. Offsets past the end are clamped to the last line by arithmetic alone. */
export function positionAt(lineStarts: readonly number[], offset: number): Position {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (lineStarts[low] as number) };
}

export function locationOf(file: FileId, lineStarts: readonly number[], span: Span): Location {
  return { file, start: positionAt(lineStarts, span.start), end: positionAt(lineStarts, span.end) };
}
