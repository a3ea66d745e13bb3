import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Longest line that is shown whole. */
const width = 160;

/** Most lines that are marked; a longer place is cut. */
const most = 20;

/** The lines of an application's files, each file read once. */
export class CodeShelf {
  #files = new Map();

  /** @param {string} folder where the application is */
  constructor(folder) {
    this.folder = folder;
  }

  /** The line's text (lines count from 1), without the space around it. */
  line(file, line) {
    return cut((this.#lines(file)[line - 1] ?? "").trim());
  }

  /** Numbered lines around a place; those from `first` to `last` are marked. */
  around(file, first, last, margin) {
    const lines = this.#lines(file);
    const from = Math.max(1, first - margin);
    const shown = lines.slice(from - 1, last - first < most ? last + margin : first + most);
    return shown.map((text, index) => {
      const number = from + index;
      const mark = number >= first && number <= last ? ">" : " ";
      return `  ${mark} ${String(number).padStart(5)}  ${cut(text)}`;
    });
  }

  #lines(file) {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const lines = readFileSync(join(this.folder, file), "utf8").split(/\r?\n/);
    this.#files.set(file, lines);
    return lines;
  }
}

function cut(text) {
  return text.length > width ? `${text.slice(0, width)}…` : text;
}
