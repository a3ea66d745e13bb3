/**
 * Runs inside the page, so it may use nothing from outside itself.
 * An editor splits a line into one element per colour; the text is looked for across them.
 * @param {string} text
 * @returns {{ x: number, y: number } | undefined} the middle of the first place that shows the text
 */
export function positionOfText(text) {
  const wanted = text.replaceAll("\u00a0", " ");
  for (const selector of [".monaco-editor .view-line", "body *"]) {
    for (const element of document.querySelectorAll(selector)) {
      // Elsewhere than in a line of code, the innermost element that holds the text is the one to point at.
      if (selector === "body *" && [...element.children].some((child) => child.textContent?.includes(wanted)))
        continue;
      const start = (element.textContent ?? "").replaceAll("\u00a0", " ").indexOf(wanted);
      const box = start < 0 ? undefined : boxOf(element, start, start + wanted.length);
      if (box && box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.left < innerWidth) {
        return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      }
    }
  }
  return undefined;

  /**
   * @param {Element} element
   * @param {number} start
   * @param {number} end
   */
  function boxOf(element, start, end) {
    const range = document.createRange();
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let passed = 0;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (start >= passed && start < passed + length) range.setStart(node, start - passed);
      if (end > passed && end <= passed + length) {
        range.setEnd(node, end - passed);
        return range.getBoundingClientRect();
      }
      passed += length;
    }
    return undefined;
  }
}
