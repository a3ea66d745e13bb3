/**
 * The end of the last token before an offset: white space and comments are stepped over. A `//` inside a string looks
 * like a comment here; whoever inserts something there parses again to see whether it helped.
 */
export function endOfTokenBefore(text: string, offset: number): number {
  let end = offset;
  for (;;) {
    while (end > 0 && /\s/.test(text[end - 1] as string)) end--;
    if (text.endsWith("*/", end) && end >= 4) {
      const opening = text.lastIndexOf("/*", end - 4);
      if (opening < 0) return end;
      end = opening;
      continue;
    }
    const lineStart = Math.max(text.lastIndexOf("\n", end - 1), text.lastIndexOf("\r", end - 1)) + 1;
    const comment = /(?:^|\s)\/\//.exec(text.slice(lineStart, end));
    if (!comment) return end;
    end = lineStart + comment.index;
  }
}
