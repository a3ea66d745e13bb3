// Loaded by VS Code's extension host. Runs the tests of one window with mocha and reports how many passed.
// CommonJS, for every supported VS Code can load it.
const { existsSync, readdirSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const Mocha = require("mocha");

const testLimitMs = 60_000;

/** VS Code calls this; the test run has failed when the promise rejects. */
exports.run = async () => {
  const suite = process.env.BORDERLINE_SUITE ?? "folder";
  const mocha = new Mocha({
    ui: "bdd",
    color: false,
    timeout: testLimitMs,
    forbidOnly: true,
    forbidPending: true,
  });
  if (process.env.BORDERLINE_TEST_GREP) mocha.fgrep(process.env.BORDERLINE_TEST_GREP);
  for (const file of [...testFiles("every-run"), ...testFiles(suite)]) mocha.addFile(file);
  const stats = await runMocha(mocha);
  if (process.env.BORDERLINE_RESULTS) {
    writeFileSync(
      process.env.BORDERLINE_RESULTS,
      JSON.stringify({ passed: stats.passes, failed: stats.failures }),
    );
  }
  if (stats.failures > 0) throw new Error(`${stats.failures} of the "${suite}" tests failed`);
};

/** @param {string} folder */
function testFiles(folder) {
  const absolute = path.join(__dirname, folder);
  if (!existsSync(absolute)) return [];
  const names = readdirSync(absolute).filter((name) => name.endsWith(".test.cjs"));
  return names.sort().map((name) => path.join(absolute, name));
}

/**
 * @param {import("mocha")} mocha
 * @returns {Promise<import("mocha").Stats>}
 */
function runMocha(mocha) {
  return new Promise((resolve, reject) => {
    const runner = mocha.run(() =>
      runner.stats ? resolve(runner.stats) : reject(new Error("mocha kept no count")),
    );
  });
}
