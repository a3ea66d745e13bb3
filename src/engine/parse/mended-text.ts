/**
 * A text that was changed so that it parses: tokens were inserted, and characters were blanked out (each replaced by a
 * space, line breaks kept). Offsets in it lead back to the original.
 */
export interface MendedText {
  readonly text: string;
  /** What was inserted, as ranges of the mended text, in their order. */
  readonly inserted: readonly { readonly at: number; readonly length: number }[];
}

/** One change, in offsets of the text that it is applied to. */
export type Edit =
  | { readonly insert: string; readonly at: number }
  | { readonly blank: { readonly start: number; readonly end: number } };

export function applyEdit(mended: MendedText, edit: Edit): MendedText {
  const { text, inserted } = mended;
  if ("blank" in edit) {
    const { start, end } = edit.blank;
    const blanked = text.slice(start, end).replace(/[^\r\n]/g, " ");
    return { text: text.slice(0, start) + blanked + text.slice(end), inserted };
  }
  const { at, insert } = edit;
  const before = inserted.filter((range) => range.at < at);
  const after = inserted.filter((range) => range.at >= at);
  return {
    text: text.slice(0, at) + insert + text.slice(at),
    inserted: [
      ...before,
      { at, length: insert.length },
      ...after.map((range) => ({ at: range.at + insert.length, length: range.length })),
    ],
  };
}

/** Whether the edit would change anything at all. */
export function changesText(text: string, edit: Edit): boolean {
  return "insert" in edit ? edit.insert !== "" : /[^\s]/.test(text.slice(edit.blank.start, edit.blank.end));
}

/** The original offset of an offset in the mended text. What was inserted stands, empty, where it was inserted. */
export function originalOffset(mended: MendedText, offset: number): number {
  let original = offset;
  for (const { at, length } of mended.inserted) {
    if (at >= offset) break;
    original -= Math.min(length, offset - at);
  }
  return original;
}
