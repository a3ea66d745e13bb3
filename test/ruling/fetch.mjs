#!/usr/bin/env node
// Brings the applications at their pinned revisions into .cache/ruling, which git ignores.
//
//   node test/ruling/fetch.mjs [application …]
//
// Environment: BORDERLINE_RULING_MIRROR=<folder> takes them from there, where <folder>/<owner>+<name>/repo is a git
// repository that has the revision; otherwise they come from GitHub.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** @typedef {{ name: string, repository: string, revision: string }} Application */

const here = dirname(fileURLToPath(import.meta.url));
export const repositoryRoot = dirname(dirname(here));

/**
 * The pinned applications, or those of them that are named.
 * @param {readonly string[]} names
 * @returns {readonly Application[]}
 */
export function applicationsNamed(names) {
  /** @type {readonly Application[]} */
  const all = JSON.parse(readFileSync(join(here, "applications.json"), "utf8"));
  const unknown = names.find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined) {
    const known = all.map(({ name }) => name).join(", ");
    throw new Error(`There is no application "${unknown}". They are: ${known}.`);
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

/**
 * @param {Application} application
 * @returns {string} the folder that has it at its revision
 */
export function fetchApplication({ name, repository, revision }) {
  const folder = join(repositoryRoot, ".cache/ruling", name);
  const git = (...args) => execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: "pipe" });
  if (!existsSync(join(folder, ".git"))) {
    mkdirSync(folder, { recursive: true });
    git("init", "--quiet");
  } else if (revisionIn(git) === revision) return folder;
  const mirror = process.env.BORDERLINE_RULING_MIRROR;
  const from = mirror
    ? join(resolve(mirror), repository.replace("/", "+"), "repo")
    : `https://github.com/${repository}`;
  console.error(`Fetching ${name} at ${revision.slice(0, 12)}`);
  git("fetch", "--quiet", "--depth", "1", from, revision);
  git("checkout", "--quiet", "--force", "FETCH_HEAD");
  return folder;
}

/** Absent until the first checkout is whole. */
function revisionIn(git) {
  try {
    return git("rev-parse", "--verify", "--quiet", "HEAD").trim();
  } catch {
    return undefined;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const application of applicationsNamed(process.argv.slice(2)))
    console.log(fetchApplication(application));
}
