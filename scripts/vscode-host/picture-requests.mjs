// Lets tests that run inside VS Code ask for pictures of it.
//
// A test writes <folder>/<name>.request and waits until that file is gone; then <folder>/<name>.png is there, or
// <folder>/<name>.error says why not. The request is JSON: one step or a list of steps, done in order before the
// picture. An empty file is just the picture.
//   {"press": "Control+Shift+M"}   press keys          {"type": "text"}         type text
//   {"hoverText": "user.email"}    rest the mouse on   {"clickText": "Fix"}     click on (in the editor first,
//   {"waitForText": "Problems"}    wait until shown    {"pauseMs": 300}          then anywhere)
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { positionOfText } from "./text-position.mjs";

const pollMs = 100;
const stepLimitMs = 10_000;
/** Hovers, menus and squiggles fade in. */
const settleMs = 700;

/** @typedef {{ press?: string, type?: string, hoverText?: string, clickText?: string, waitForText?: string, pauseMs?: number }} Step */

/**
 * @param {import("playwright-core").Page} page
 * @param {string} folder
 * @returns {() => Promise<void>} stops watching, after the request at hand
 */
export function answerPictureRequests(page, folder) {
  mkdirSync(folder, { recursive: true });
  let watching = true;
  const loop = (async () => {
    while (watching) {
      for (const name of readdirSync(folder).filter((file) => file.endsWith(".request"))) {
        await answer(page, folder, name.slice(0, -".request".length));
      }
      await sleep(pollMs);
    }
  })();
  return async () => {
    watching = false;
    await loop;
  };
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} folder
 * @param {string} name
 */
async function answer(page, folder, name) {
  const file = (/** @type {string} */ ending) => path.join(folder, `${name}.${ending}`);
  rmSync(file("error"), { force: true });
  try {
    for (const step of readSteps(file("request"))) await perform(page, step);
    await sleep(settleMs);
    await page.screenshot({ path: file("png"), timeout: stepLimitMs });
  } catch (error) {
    writeFileSync(file("error"), error instanceof Error ? error.message : String(error));
  }
  // Last, for its absence tells the test that the answer is there.
  rmSync(file("request"), { force: true });
}

/**
 * @param {string} file
 * @returns {Step[]}
 */
function readSteps(file) {
  const text = readFileSync(file, "utf8").trim();
  return text === "" ? [] : [JSON.parse(text)].flat();
}

/**
 * @param {import("playwright-core").Page} page
 * @param {Step} step
 */
async function perform(page, step) {
  if (step.press !== undefined) return page.keyboard.press(step.press);
  if (step.type !== undefined) return page.keyboard.type(step.type);
  if (step.pauseMs !== undefined) return sleep(step.pauseMs);
  if (step.waitForText !== undefined) return void (await shownPosition(page, step.waitForText));
  if (step.hoverText !== undefined) return hover(page, await shownPosition(page, step.hoverText));
  if (step.clickText !== undefined) {
    const { x, y } = await shownPosition(page, step.clickText);
    return page.mouse.click(x, y);
  }
  if (Object.keys(step).length > 0)
    throw new Error(`Unknown step in a picture request: ${JSON.stringify(step)}`);
}

/**
 * @param {import("playwright-core").Page} page
 * @param {{ x: number, y: number }} position
 */
async function hover(page, { x, y }) {
  // Two moves: the editor shows its hover for a mouse that moves over the text, not for one that appears on it.
  await page.mouse.move(x - 3, y);
  await page.mouse.move(x, y);
  await sleep(settleMs);
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} text
 */
async function shownPosition(page, text) {
  const deadline = Date.now() + stepLimitMs;
  for (;;) {
    const position = await page.evaluate(positionOfText, text);
    if (position) return position;
    if (Date.now() > deadline) throw new Error(`VS Code does not show the text ${JSON.stringify(text)}.`);
    await sleep(pollMs);
  }
}
