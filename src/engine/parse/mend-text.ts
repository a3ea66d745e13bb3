import type ts from "typescript";
import { applyEdit, changesText, type Edit, type MendedText, originalOffset } from "./mended-text.ts";
import type { Language } from "./parsed-file.ts";
import { blankings, repairsOf } from "./repairs.ts";
import { type Complaint, complaintsOf, createSourceFile } from "./source-file.ts";

/** A place where the text is not valid, in offsets of the original text. */
export interface SyntaxMistake {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

/** A mended text and its tree. It still has complaints when it could not be mended within bounds. */
export interface Mending {
  readonly mended: MendedText;
  readonly file: ts.SourceFile;
  readonly complaints: readonly Complaint[];
  /** One for each place that was mended, not for each complaint: one mistake makes many. */
  readonly mistakes: readonly SyntaxMistake[];
}

interface State {
  readonly mended: MendedText;
  readonly file: ts.SourceFile;
  readonly complaints: readonly Complaint[];
}

/** Independent mistakes that are mended in one text. */
const mostRounds = 40;

/** Characters that are parsed again, in all, while looking for a mending: about half a second on a slow machine. */
const mostWork = 4_000_000;

/** Leaving out broken pieces can uncover others. */
const mostClearings = 3;

/**
 * Makes a broken text valid with small changes, so that one broken statement does not cost the rest of the file: for
 * the first complaint, the first repair that leaves fewer complaints; else the smallest piece of text whose absence
 * does; else whatever leaves the fewest.
 */
export function mendText(text: string, language: Language, file: ts.SourceFile): Mending {
  let state: State = { mended: { text, inserted: [] }, file, complaints: complaintsOf(file) };
  let work = Math.max(mostWork, 8 * text.length);
  const mistakes: SyntaxMistake[] = [];
  const attempt = (edit: Edit): State | undefined => {
    if (work < 0 || !changesText(state.mended.text, edit)) return undefined;
    work -= text.length;
    return stateOf(applyEdit(state.mended, edit), language);
  };
  for (let round = 0; round < mostRounds; round++) {
    const first = state.complaints[0];
    if (!first) break;
    addMistake(mistakes, state.mended, first);
    const next = nextState(state, first, attempt);
    if (!next) break;
    state = next;
  }
  return { ...withoutBroken(state, language), mistakes };
}

/** When the search was not worth more: leaves out every outermost piece that still has complaints, all at once. */
function withoutBroken(broken: State, language: Language): State {
  let state = broken;
  for (let round = 0; round < mostClearings && state.complaints.length > 0; round++) {
    let { mended } = state;
    for (const complaint of state.complaints) {
      const edit = blankings(state.file, complaint).findLast((piece) =>
        holds(piece, placeOf(complaint, state.file)),
      );
      if (edit) mended = applyEdit(mended, edit);
    }
    state = stateOf(mended, language);
  }
  return state;
}

function holds(edit: Edit, offset: number): boolean {
  return "blank" in edit && edit.blank.start <= offset && offset <= edit.blank.end;
}

/** Complaints of the end of the file are about what stands before it. */
function placeOf({ start }: Complaint, { text }: ts.SourceFile): number {
  return Math.min(start, text.trimEnd().length);
}

/** The text without the piece around an offset, for mistakes that only show when the tree is converted. */
export function mendAt(mending: Mending, language: Language, complaint: Complaint): Mending | undefined {
  const mistakes = [...mending.mistakes];
  addMistake(mistakes, mending.mended, complaint);
  for (const edit of blankings(mending.file, complaint)) {
    if (!changesText(mending.mended.text, edit)) continue;
    const state = stateOf(applyEdit(mending.mended, edit), language);
    if (state.complaints.length === 0) return { ...state, mistakes };
  }
  return undefined;
}

function nextState(
  state: State,
  first: Complaint,
  attempt: (edit: Edit) => State | undefined,
): State | undefined {
  for (const edit of repairsOf(state.file, first, state.complaints)) {
    const next = attempt(edit);
    if (next && next.complaints.length < state.complaints.length) return next;
  }
  let fewest: State | undefined;
  for (const edit of blankings(state.file, first)) {
    const next = attempt(edit);
    if (!next) continue;
    if (next.complaints.length < state.complaints.length) return next;
    if (!fewest || next.complaints.length < fewest.complaints.length) fewest = next;
  }
  return fewest;
}

function stateOf(mended: MendedText, language: Language): State {
  const file = createSourceFile(mended.text, language);
  return { mended, file, complaints: complaintsOf(file) };
}

function addMistake(mistakes: SyntaxMistake[], mended: MendedText, complaint: Complaint): void {
  const start = originalOffset(mended, complaint.start);
  const end = Math.max(start, originalOffset(mended, complaint.end));
  if (!mistakes.some((mistake) => mistake.start === start)) {
    mistakes.push({ start, end, message: complaint.message });
  }
}
