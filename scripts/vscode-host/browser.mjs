// Opens VS Code in Chromium, and tells what its test run prints and how it ends.
import { createRequire } from "node:module";
import path from "node:path";
import { format } from "node:util";
import { chromiumPath, hostFolder } from "./host-paths.mjs";
import { HostError } from "./run-command.mjs";

const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How the lines begin that VS Code itself prints in every run. They go to the log file only. */
const chatterStart =
  /^(Resolv(ing|ed) connection token|Creating a socket|Updating additional builtin|Ignoring fetching additional builtin|\[(reconnection-grace-time|Service Worker|AgentHost|AccountPolicyGate))/;
/** A stack inside VS Code's own page: no test and no extension runs there. */
const pageStack = /\n\s+at .*\/workbench\.js:\d/;

/** @returns {Promise<import("playwright-core").Browser>} */
export async function launchBrowser() {
  const { chromium } = createRequire(path.join(hostFolder, "package.json"))("playwright-core");
  try {
    return await chromium.launch({
      executablePath: chromiumPath,
      args: chromiumFlags,
      // The launcher handles signals; playwright's own handlers would end this process before the server is stopped.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  } catch (error) {
    throw new HostError(`Chromium at ${chromiumPath} did not start: ${error}`);
  }
}

/**
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {(line: string, isChatter: boolean) => void} print
 * @returns {Promise<{ page: import("playwright-core").Page, exitCode: Promise<number> }>}
 */
export async function openWorkbench(browser, url, print) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, deviceScaleFactor: 1 });
  /** @type {(code: number) => void} */
  let finish = () => undefined;
  /** @type {(error: Error) => void} */
  let fail = () => undefined;
  /** @type {Promise<number>} */
  const exitCode = new Promise((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  // Whoever waits for it hears of a failure; a failure before anyone waits must not end the process.
  exitCode.catch(() => undefined);
  await page.exposeFunction(
    "codeAutomationLog",
    (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
      const text = format(...args);
      const line = type === "log" || type === "info" ? text : `[${type}] ${text}`;
      print(line, chatterStart.test(text) || pageStack.test(text));
    },
  );
  await page.exposeFunction("codeAutomationExit", (/** @type {number} */ code) => finish(code));
  page.on("crash", () => fail(new HostError("The VS Code page crashed in Chromium.")));
  page.on("close", () => fail(new HostError("The VS Code page was closed before its tests ended.")));
  // A workbench with unsaved files asks before it goes; nobody is there to answer.
  page.on("dialog", (dialog) => void dialog.accept().catch(() => undefined));
  await page.goto(url);
  return { page, exitCode };
}
