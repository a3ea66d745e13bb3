// One window: copies its fixture, starts VS Code with the suite, and counts what the suite reports.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runTests } from "@vscode/test-electron";

const suiteEntry = fileURLToPath(new URL("./suite/index.cjs", import.meta.url));
const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));

/**
 * @param {import("./runs.mjs").Run} run
 * @param {import("./run.mjs").Options} options
 * @param {import("./hosts.mjs").Host} host
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runOnce(run, options, host) {
  if (run.untrusted && !host.canLeaveUntrusted) {
    console.log(
      `\n== ${run.name}: not run, for a downloaded VS Code is always started with workspace trust off`,
    );
    return { passed: 0, failed: 0 };
  }
  console.log(`\n== ${run.name}`);
  // The real path, for VS Code reports files under it (the temporary folder is a link on some systems).
  const scratch = realpathSync(mkdtempSync(path.join(tmpdir(), `borderline-${run.name}-`)));
  try {
    return await runInScratch(run, options, host, scratch);
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

/**
 * @param {import("./runs.mjs").Run} run
 * @param {import("./run.mjs").Options} options
 * @param {import("./hosts.mjs").Host} host
 * @param {string} scratch
 */
async function runInScratch(run, options, host, scratch) {
  const resultsFile = path.join(scratch, "results.json");
  /** @type {unknown} */
  let trouble;
  await runTests({
    vscodeExecutablePath: host.executable,
    extensionDevelopmentPath: options.vsix ? emptyExtension(scratch) : options.extension,
    extensionTestsPath: suiteEntry,
    launchArgs: run.fixture ? [copyFixture(run, scratch)] : [],
    extensionTestsEnv: {
      BORDERLINE_SUITE: run.name,
      BORDERLINE_TEST_GREP: options.grep,
      BORDERLINE_RESULTS: resultsFile,
      BORDERLINE_WORKSPACE_TRUST: run.untrusted ? "on" : "off",
      ...(options.vsix ? host.usePackage(options.vsix) : {}),
    },
  }).catch((error) => {
    trouble = error;
  });
  return countResults(run, resultsFile, trouble);
}

/**
 * @param {import("./runs.mjs").Run} run
 * @param {string} scratch
 */
function copyFixture(run, scratch) {
  const workspace = path.join(scratch, "workspace");
  cpSync(path.join(fixtures, run.fixture ?? ""), workspace, { recursive: true });
  return path.join(workspace, run.open ?? "");
}

/**
 * VS Code runs tests only next to an extension under development; with a package installed that one must do nothing.
 * @param {string} scratch
 */
function emptyExtension(scratch) {
  const folder = path.join(scratch, "empty-extension");
  mkdirSync(folder);
  const manifest = { name: "empty", publisher: "test", version: "0.0.1", engines: { vscode: "*" } };
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  return folder;
}

/**
 * @param {import("./runs.mjs").Run} run
 * @param {string} resultsFile
 * @param {unknown} trouble what `runTests` threw, if anything
 */
function countResults(run, resultsFile, trouble) {
  if (!existsSync(resultsFile)) {
    console.error(
      `test/vscode: "${run.name}" ended before its tests did (${trouble ?? "no results"}). It counts as one failure.`,
    );
    return { passed: 0, failed: 1 };
  }
  /** @type {{ passed: number, failed: number }} */
  const { passed, failed } = JSON.parse(readFileSync(resultsFile, "utf8"));
  if (trouble && failed === 0) {
    console.error(
      `test/vscode: the tests of "${run.name}" passed, but VS Code then failed: ${trouble}. It counts as one failure.`,
    );
    return { passed, failed: 1 };
  }
  return { passed, failed };
}
