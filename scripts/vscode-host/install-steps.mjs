// The steps that turn an empty folder into a running VS Code server, in order. Each is safe to repeat from its start.
import { existsSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  chromiumPath,
  hostFolder,
  hostPackages,
  nativeModules,
  nodeBinary,
  nodeGyp,
  nodePackage,
  serverScript,
  vscodeFolder,
} from "./host-paths.mjs";
import { HostError, runCommand } from "./run-command.mjs";

const npmHint = "Check that the npm registry can be reached, then run this again: it goes on with this step.";

/** @type {{ name: string, run: () => Promise<void> }[]} */
export const installSteps = [
  { name: "packages (VS Code server, Node 24, playwright-core)", run: installPackages },
  { name: "VS Code's own packages", run: () => installInside(vscodeFolder) },
  { name: "built-in extensions' packages", run: () => installInside(path.join(vscodeFolder, "extensions")) },
  ...nativeModules.map((name) => ({ name: `native module ${name}`, run: () => buildNative(name) })),
];

async function installPackages() {
  // A half-written tree looks complete to npm, so start from nothing.
  rmSync(path.join(hostFolder, "node_modules"), { recursive: true, force: true });
  const manifest = { name: "vscode-host", private: true, dependencies: hostPackages };
  writeFileSync(path.join(hostFolder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
  await npmInstall(hostFolder, []);
  if (!existsSync(serverScript)) {
    throw new HostError(
      `npm installed code-server, but ${serverScript} is not there. Delete ${hostFolder} and run this again.`,
    );
  }
}

/** @param {string} folder a folder with its own package.json and npm-shrinkwrap.json */
async function installInside(folder) {
  rmSync(path.join(folder, "node_modules"), { recursive: true, force: true });
  await npmInstall(folder, ["--omit=dev"]);
}

/**
 * npm runs on this process's Node, not on Node 24: with another Node in front, npm would look for its
 * machine-wide settings (certificates, registry) in that Node's folder.
 * @param {string} folder
 * @param {string[]} flags
 */
function npmInstall(folder, flags) {
  const command = [
    "npm",
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    ...flags,
  ];
  return runCommand(`npm install in ${path.basename(folder)}`, command, { cwd: folder, hint: npmHint });
}

/** @param {string} name */
async function buildNative(name) {
  const folder = path.join(vscodeFolder, "node_modules", name);
  const env = { ...process.env };
  // node-gyp lets `npm_config_nodedir` (set by npm from the person's .npmrc) win over the argument.
  for (const key of Object.keys(env))
    if (/^npm_config_(nodedir|target|runtime|arch)$/i.test(key)) delete env[key];
  env.PATH = `${path.dirname(nodeBinary)}${path.delimiter}${env.PATH}`;
  await runCommand(
    `build ${name}`,
    [nodeBinary, nodeGyp, "rebuild", `--nodedir=${nodePackage}`, "--jobs=2"],
    {
      cwd: folder,
      env,
      hint: "Building needs python3, make and g++ on PATH. Install them, then run this again.",
    },
  );
}

/** Not stamped: the browser belongs to the machine, not to the cache folder. */
export async function installChromium() {
  if (existsSync(chromiumPath)) return;
  if (process.env.BORDERLINE_CHROMIUM) {
    throw new HostError(`BORDERLINE_CHROMIUM says ${chromiumPath}, but there is no such file.`);
  }
  if (!existsSync("/usr/bin/apt-get") || process.getuid?.() !== 0) {
    throw new HostError(
      `No Chromium at ${chromiumPath}, and installing it needs Debian's apt-get as root. ` +
        "Install Chromium and say where it is with BORDERLINE_CHROMIUM=<path>, then run this again.",
    );
  }
  console.log("vscode-host: installing Debian's chromium with apt-get");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const hint = "Check that Debian's package registry can be reached, then run this again.";
  await runCommand("apt-get update", ["apt-get", "update"], { env, hint });
  // Without fonts, pictures show boxes instead of letters.
  const packages = ["chromium", "fonts-liberation", "fonts-dejavu-core"];
  await runCommand("apt-get install", ["apt-get", "install", "-y", "--no-install-recommends", ...packages], {
    env,
    hint,
  });
}
