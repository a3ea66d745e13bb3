import { type FileId, positionAt, type Range } from "../base/location.ts";
import type { Problem } from "../base/problem.ts";
import type { Comment, ParsedFile } from "../parse/index.ts";
import type { Directive } from "./facts.ts";

const example = "// borderline-ignore-next-line pii-in-log -- why it is fine (until 2027-01-31)";

/** The directive comments of a file, and what is wrong with those that cannot be read. */
export function readDirectives(parsed: ParsedFile): { directives: Directive[]; problems: Problem[] } {
  const directives: Directive[] = [];
  const problems: Problem[] = [];
  for (const comment of parsed.comments) {
    const range = {
      start: positionAt(parsed.lineStarts, comment.start),
      end: positionAt(parsed.lineStarts, comment.end),
    };
    const read = readDirective(comment, range);
    if (!read) continue;
    if (typeof read === "string") problems.push(invalid(read, parsed.file, range));
    else directives.push(read);
  }
  return { directives, problems };
}

function invalid(message: string, file: FileId, range: Range): Problem {
  return { code: "directive-invalid", message, hint: `Write it as: ${example}`, file, range };
}

/** One directive, or what is wrong with it; nothing when the comment is none. */
function readDirective(comment: Comment, range: Range): Directive | string | undefined {
  const text = comment.text.replace(/^\*?\s*/, "").trim();
  const match = /^borderline-([\w-]*)\s*([\s\S]*)$/.exec(text);
  if (!match) return undefined;
  const [, kind, rest = ""] = match;
  if (kind !== "ignore-next-line" && kind !== "ignore-file") {
    return `"borderline-${kind}" is not a directive: there are borderline-ignore-next-line and borderline-ignore-file.`;
  }
  const [list = "", ...reasons] = rest.split(/(?:^|\s)--(?:\s|$)/);
  const rules = list.split(",").map((rule) => rule.trim());
  if (list.trim() === "") return "The directive names no rule.";
  const wrong = rules.find((rule) => !/^[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*$/.test(rule));
  if (wrong !== undefined)
    return `"${wrong}" is not a rule's name; rules are separated by commas, the reason by " -- ".`;
  const reason = readReason(reasons.join(" -- ").trim());
  if (typeof reason === "string") return reason;
  return { kind, rules, ...reason, range, ...(kind === "ignore-next-line" && { line: range.end.line + 1 }) };
}

/** `reason (until 2027-01-31)`; both parts may be missing. */
function readReason(text: string): { reason?: string; until?: string } | string {
  if (text === "") return {};
  const match = /^([\s\S]*?)\s*\(until\b\s*:?\s*([^)]*)\)\s*$/.exec(text);
  if (!match) return { reason: text };
  const [, reason = "", until = ""] = match;
  if (!isDate(until.trim())) return `"${until.trim()}" is not a date such as 2027-01-31.`;
  return { ...(reason !== "" && { reason }), until: until.trim() };
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
