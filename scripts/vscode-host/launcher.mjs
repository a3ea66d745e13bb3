#!/usr/bin/env node
// Stands in for the `code` executable: takes the arguments that @vscode/test-electron gives to a desktop VS Code,
// runs the same tests in a VS Code server with Chromium in front, and ends with the suite's exit code.
//
// Environment:
//   BORDERLINE_SCREENSHOTS=<folder>      tests may ask for pictures there (see picture-requests.mjs)
//   BORDERLINE_WORKSPACE_TRUST=on        leave workspace trust switched on, with the workspace not trusted yet
//   BORDERLINE_VSIX=<file>               install this package first
//   BORDERLINE_VSCODE_TIME_LIMIT=<s>     seconds for the whole run; 480 when not set
import { createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { launchBrowser, openWorkbench } from "./browser.mjs";
import { logFolder } from "./host-paths.mjs";
import { installVsix } from "./install-vsix.mjs";
import { parseLaunchArguments, workbenchUrl } from "./launch-arguments.mjs";
import { answerPictureRequests } from "./picture-requests.mjs";
import { HostError } from "./run-command.mjs";
import { startServer } from "./server.mjs";

const timeLimitS = Number(process.env.BORDERLINE_VSCODE_TIME_LIMIT) || 480;

/** @type {(() => unknown)[]} undone in reverse order, however the run ends */
const cleanups = [];

async function main() {
  const launch = parseLaunchArguments(process.argv.slice(2));
  const dataFolder = mkdtempSync(path.join(tmpdir(), "borderline-vscode-"));
  cleanups.push(() => rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  if (process.env.BORDERLINE_VSIX) installVsix(process.env.BORDERLINE_VSIX, dataFolder);

  mkdirSync(logFolder, { recursive: true });
  const logFile = path.join(logFolder, `run-${path.basename(dataFolder)}.log`);
  const log = createWriteStream(logFile);
  try {
    const code = await runSuite(launch, { dataFolder, logFile, log });
    if (code === 0) cleanups.unshift(() => rmSync(logFile, { force: true }));
    else
      console.error(`vscode-host: the tests ended with code ${code}. All that VS Code printed: ${logFile}`);
    return code;
  } catch (error) {
    if (error instanceof HostError) error.message += ` All that VS Code printed: ${logFile}`;
    throw error;
  }
}

/**
 * @param {import("./launch-arguments.mjs").Launch} launch
 * @param {{ dataFolder: string, logFile: string, log: import("node:fs").WriteStream }} run
 */
async function runSuite(launch, { dataFolder, logFile, log }) {
  const workspaceTrust = process.env.BORDERLINE_WORKSPACE_TRUST === "on";
  const server = await startServer({ dataFolder, log, workspaceTrust });
  cleanups.push(server.stop);
  const browser = await launchBrowser();
  cleanups.push(() => browser.close());

  const { page, exitCode } = await openWorkbench(
    browser,
    workbenchUrl(server.port, launch),
    (line, isChatter) => {
      log.write(`${line}\n`);
      if (!isChatter) console.log(line);
    },
  );
  const pictures = process.env.BORDERLINE_SCREENSHOTS;
  if (pictures) cleanups.push(answerPictureRequests(page, path.resolve(pictures)));
  return Promise.race([exitCode, server.ended, timeLimit(page, logFile)]);
}

/**
 * @param {import("playwright-core").Page} page
 * @param {string} logFile
 * @returns {Promise<never>}
 */
function timeLimit(page, logFile) {
  return new Promise((_, reject) => {
    const onLimit = async () => {
      const picture = logFile.replace(/\.log$/, ".png");
      await page.screenshot({ path: picture, timeout: 10_000 }).catch(() => undefined);
      reject(
        new HostError(
          `The tests did not end within ${timeLimitS} s, so they were stopped: the test after the last one named ` +
            `above hung, or an activation before the first. What VS Code showed then: ${picture}.`,
        ),
      );
    };
    setTimeout(() => void onLimit(), timeLimitS * 1000);
  });
}

async function cleanUp() {
  for (const undo of cleanups.splice(0).reverse()) {
    try {
      await undo();
    } catch (error) {
      console.error(`vscode-host: while cleaning up: ${error}`);
    }
  }
}

/** @type {Promise<void> | undefined} */
let leaving;

/**
 * Once only: closing the page makes the run fail too, and that failure must not cut the cleaning short.
 * @param {number} code
 * @param {unknown} [error]
 */
function exitWith(code, error) {
  if (!leaving && error) console.error(error instanceof HostError ? `vscode-host: ${error.message}` : error);
  leaving ??= cleanUp().then(() => process.exit(code));
  return leaving;
}

/** @param {unknown} error */
const failWith = (error) => exitWith(1, error);

for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => void exitWith(1));
}
process.on("uncaughtException", (error) => void failWith(error));

main().then(exitWith, failWith);
