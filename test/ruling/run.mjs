#!/usr/bin/env node
// Holds the findings in real applications to those that are committed in expected/.
//
//   npm run ruling -- [application …] [--update] [--sample n | --sinks n] [--seed n]
//
//   --update  accepts what is found now; reviews stay with the findings whose id is the same
//   --sample  prints n random findings, of all the applications together, for a person to judge
//   --sinks   prints n random calls that look like sinks, of each kind as many, and what was found there
//   --seed    draws others; the same seed, the same draw
//
// Exits with 1 when the findings differ. The applications are fetched first when they are missing (fetch.mjs).
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { draw } from "./draw.mjs";
import {
  compareToExpected,
  keepReviews,
  toExpected,
  wordPrecision,
  writeExpected,
} from "./expected-findings.mjs";
import { applicationsNamed, fetchApplication } from "./fetch.mjs";
import { findSinkCalls } from "./find-sink-calls.mjs";
import { printFinding, printSinkCall } from "./print-sample.mjs";
import { scanApplication } from "./scan-application.mjs";
import { CodeShelf } from "./show-code.mjs";

const here = dirname(fileURLToPath(import.meta.url));

try {
  await main();
} catch (error) {
  console.error(`ruling: ${error.message}`);
  process.exitCode = 2;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      update: { type: "boolean", default: false },
      sample: { type: "string" },
      sinks: { type: "string" },
      seed: { type: "string", default: "1" },
    },
  });
  const seed = toNumber("--seed", values.seed);
  const applications = applicationsNamed(positionals);
  const scanned = [];
  for (const application of applications) {
    const folder = fetchApplication(application);
    console.error(`Scanning ${application.name}`);
    const findings = await scanApplication(folder);
    scanned.push({ application, folder, findings, code: new CodeShelf(folder) });
  }
  if (values.sample !== undefined) sampleFindings(scanned, toNumber("--sample", values.sample), seed);
  else if (values.sinks !== undefined) sampleSinks(scanned, toNumber("--sinks", values.sinks), seed);
  else holdToExpected(scanned, values.update);
}

function toNumber(option, text) {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0)
    throw new Error(`${option} takes a number, not "${text}".`);
  return number;
}

function holdToExpected(scanned, update) {
  const reviewed = [];
  for (const { application, findings, code } of scanned) {
    const { name, revision } = application;
    const file = join(here, "expected", `${name}.json`);
    const expected = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).findings : [];
    const found = toExpected(findings);
    const changes = compareToExpected(expected, found);
    const kept = keepReviews(expected, found);
    console.log(`\n${name}: ${found.length} findings, ${changes.length} changes; ${wordPrecision(kept)}`);
    for (const { sign, finding } of changes) printChange(sign, finding, code);
    reviewed.push(...kept);
    if (update) writeFileSync(file, writeExpected({ application: name, revision, findings: kept }));
    else if (changes.length > 0) process.exitCode = 1;
  }
  if (scanned.length > 1) console.log(`\nAll: ${reviewed.length} findings; ${wordPrecision(reviewed)}`);
  if (process.exitCode === 1) console.log("To accept the changes: npm run ruling -- --update");
}

function printChange(sign, finding, code) {
  const { rule, file, line, call, dataTypes, confidence, verdict } = finding;
  const judged = verdict === undefined ? "" : `, reviewed as ${verdict}`;
  console.log(`${sign} ${file}:${line} ${rule} ${dataTypes.join(", ")} -> ${call} (${confidence}${judged})`);
  console.log(`      ${code.line(file, line)}`);
}

function sampleFindings(scanned, count, seed) {
  const all = scanned.flatMap(({ application, findings, code }) =>
    findings
      .filter(({ suppressed }) => suppressed === undefined)
      .map((finding) => ({ application, finding, code })),
  );
  const drawn = draw(all, count, seed);
  console.log(`${drawn.length} of ${all.length} findings, seed ${seed}`);
  drawn.forEach(({ application, finding, code }, index) => {
    console.log(`\n[${index + 1}] ${application.name} ${printFinding(finding, code)}`);
  });
}

/** As many of each kind, for logs would crowd out the rest; how many there are of each is told, to weigh them by. */
function sampleSinks(scanned, count, seed) {
  const all = scanned.flatMap((one) => findSinkCalls(one.folder).map((call) => ({ ...one, call })));
  const kinds = [...new Set(all.map(({ call }) => call.kind))].sort();
  const ofKind = (kind) => all.filter(({ call }) => call.kind === kind);
  const sizes = kinds.map((kind) => `${ofKind(kind).length} ${kind}`).join(", ");
  console.log(`Calls that look like sinks, seed ${seed}, of: ${sizes}`);
  const drawn = kinds.flatMap((kind) => draw(ofKind(kind), Math.ceil(count / kinds.length), seed));
  draw(drawn, count, seed).forEach(({ application, findings, code, call }, index) => {
    console.log(`\n[${index + 1}] ${application.name} ${printSinkCall(call, findings, code)}`);
  });
}
