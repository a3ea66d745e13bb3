// Other analysers on the same files. They are measured where they are installed, and named as absent where they are not.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../test/ruling/fetch.mjs";
import { measured } from "./measured.mjs";

const folder = join(repositoryRoot, ".cache/bench/peers");
const semgrep = join(repositoryRoot, ".cache/bench/semgrep/bin/semgrep");

/** Fetches those that a package registry has. */
export function installPeers() {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }');
  const packages = ["eslint@10", "typescript-eslint@8", "typescript@6.0.3"];
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--silent", ...packages], { cwd: folder });
  const tool = join(repositoryRoot, ".cache/bench/semgrep");
  spawnSync("python3", ["-m", "venv", tool]);
  spawnSync(join(tool, "bin/pip"), ["install", "--quiet", "semgrep"]);
}

/**
 * @param {string} root
 * @param {readonly string[]} files
 * @returns {Promise<{ name: string, wall?: number, cpu?: number, megabytes?: number, absent?: string }[]>}
 */
export async function measurePeers(root, files) {
  return [await eslint(root, files), semgrepOn(root, files), atomOn(root)];
}

async function eslint(root, files) {
  const name = "ESLint + typescript-eslint, one rule, no types";
  const bin = join(folder, "node_modules/eslint/bin/eslint.js");
  if (!existsSync(bin)) return { name, absent: "not installed: `npm run bench -- --install-peers`" };
  const config = join(folder, "eslint.config.mjs");
  writeFileSync(
    config,
    `import { parser } from "typescript-eslint";
export default [{
  files: ["**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}"],
  languageOptions: { parser },
  linterOptions: { reportUnusedDisableDirectives: "off", noInlineConfig: true },
  rules: { "no-console": "warn" },
}];\n`,
  );
  // Its own bound on where files may stand is the folder of its configuration, unless it is run from theirs.
  const list = join(folder, "run-eslint.mjs");
  writeFileSync(
    list,
    `import { readFileSync } from "node:fs";
import { ESLint } from "eslint";
const [cwd, files] = process.argv.slice(2);
const eslint = new ESLint({ cwd, overrideConfigFile: ${JSON.stringify(config)}, ignore: false });
const results = await eslint.lintFiles(JSON.parse(readFileSync(files, "utf8")));
console.log(results.length);\n`,
  );
  const given = join(folder, "files.json");
  writeFileSync(given, JSON.stringify(files));
  const run = await measured([list, root, given]);
  return run.code === 0 ? { name, ...figures(run) } : { name, absent: `failed with code ${run.code}` };
}

const taintRule = `rules:
  - id: pii-in-log
    mode: taint
    languages: [typescript, javascript]
    severity: WARNING
    message: personal data is logged
    pattern-sources: [{ pattern: $X.email }, { pattern: $X.phone }]
    pattern-sinks: [{ pattern: console.$M(...) }, { pattern: logger.$M(...) }]
`;

function semgrepOn(root, files) {
  const name = "Semgrep, one taint rule";
  const version = spawnSync(semgrep, ["--version"], { encoding: "utf8" });
  if (version.status !== 0) return { name, absent: "not installed: `npm run bench -- --install-peers`" };
  mkdirSync(folder, { recursive: true });
  const rule = join(folder, "pii-in-log.yaml");
  writeFileSync(rule, taintRule);
  const started = performance.now();
  const options = [
    "scan",
    "--metrics=off",
    "--disable-version-check",
    "--no-git-ignore",
    "--quiet",
    "--jobs",
    "2",
  ];
  const run = spawnSync(semgrep, [...options, "--config", rule, ...files], { cwd: root, timeout: 900_000 });
  if (run.status !== 0) return { name, absent: `failed with code ${run.status}` };
  return { name: `${name} (${version.stdout.trim()})`, wall: performance.now() - started };
}

function atomOn(root) {
  const name = "atom reachables";
  if (spawnSync("atom", ["--version"]).status !== 0) return { name, absent: "not on the PATH" };
  const started = performance.now();
  const slices = join(folder, "atom.json");
  const args = ["reachables", "-l", "js", "-o", join(folder, "app.atom"), "-s", slices, root];
  const run = spawnSync("atom", args, { cwd: folder, timeout: 900_000 });
  return run.status === 0 ? { name, wall: performance.now() - started } : { name, absent: "failed" };
}

function figures({ wall, cpu, megabytes }) {
  return { wall, cpu, megabytes };
}
